#include "crypto/core/directory.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/device_id.h"
#include "crypto/core/note_head.h"
#include "crypto/core/signed_note.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {
namespace {

constexpr std::string_view kAbsent = "-";

constexpr std::array<std::pair<Role, std::string_view>, 3> kRoles{
    {{Role::kAdmin, "admin"}, {Role::kCoordinator, "coordinator"}, {Role::kAuditor, "auditor"}}};
constexpr std::array<std::pair<DeviceStatus, std::string_view>, 2> kStatuses{
    {{DeviceStatus::kActive, "active"}, {DeviceStatus::kRevoked, "revoked"}}};

template <typename Table>
auto find_named(const Table& table, std::string_view text) noexcept
    -> std::optional<typename Table::value_type::first_type> {
    const auto* const found = std::ranges::find(table, text, &Table::value_type::second);
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

std::string_view or_dash(std::string_view text) {
    return text.empty() ? kAbsent : text;
}

std::string parse_recipient_or_dash(std::string_view text) {
    if (text == kAbsent) {
        return {};
    }
    static_cast<void>(recipient_point(text));  // strict
    return std::string(text);
}

std::string encode_device_line(const DeviceLine& line) {
    std::string text = line.person.text();
    text.append(" ").append(line.device.text()).append(" ").append(to_string(line.role));
    text.append(" ").append(line.recipient).append(" ").append(to_base64(line.signing_key));
    text.append(" ").append(to_base64(line.tls_key)).append(" ").append(to_string(line.status));
    return text;
}

DeviceLine decode_device_line(std::string_view text) {
    constexpr std::size_t kWords = 7;
    const std::vector<std::string_view> words = split_words(text, kWords);
    const std::optional<Role> role = parse_role(words[2]);
    const std::optional<DeviceStatus> status = parse_device_status(words[6]);
    if (!role || !status) {
        throw Error(ErrorCode::kMalformed, "directory: unknown role or status");
    }
    return {.person = PersonId::parse(words[0]),
            .device = DeviceId::parse(words[1]),
            .role = *role,
            .recipient = parse_recipient_or_dash(words[3]),
            .signing_key = verify_key_from(from_base64(words[4])),
            .tls_key = hash_from(from_base64(words[5])),
            .status = *status};
}

void decode_devices(TextLines& lines, Directory& directory) {
    while (lines.is_next("device")) {
        DeviceLine line = decode_device_line(lines.value("device"));
        if (line.recipient.empty()) {
            lines.complain("a device without a recipient");
        }
        if (!directory.devices.empty() && directory.devices.back().device >= line.device) {
            lines.complain("devices are not ascending");
        }
        directory.devices.push_back(std::move(line));
    }
}

bool is_host(std::string_view text) noexcept {
    const auto is_host_character = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return !text.empty() && text.front() != '.' && text.front() != '-' &&
           std::ranges::all_of(text, is_host_character);
}

bool is_port(std::string_view text) noexcept {
    constexpr std::size_t kMaxDigits = 5;
    return !text.empty() && text.size() <= kMaxDigits && text.front() != '0' &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view to_string(Role role) noexcept {
    return std::ranges::find(kRoles, role, &std::pair<Role, std::string_view>::first)->second;
}
std::string_view to_string(DeviceStatus status) noexcept {
    return std::ranges::find(kStatuses, status, &std::pair<DeviceStatus, std::string_view>::first)
        ->second;
}
std::optional<Role> parse_role(std::string_view text) noexcept {
    return find_named(kRoles, text);
}
std::optional<DeviceStatus> parse_device_status(std::string_view text) noexcept {
    return find_named(kStatuses, text);
}

const DeviceLine* Directory::find_device(const DeviceId& device) const noexcept {
    const auto found = std::ranges::find(devices, device, &DeviceLine::device);
    return found == devices.end() ? nullptr : &*found;
}

const DeviceLine* Directory::find_active(const DeviceId& device) const noexcept {
    const DeviceLine* const line = find_device(device);
    return line != nullptr && line->is_active() ? line : nullptr;
}

const DeviceLine* Directory::find_active_tls(const Hash& tls_key) const noexcept {
    const auto found = std::ranges::find(devices, tls_key, &DeviceLine::tls_key);
    return found != devices.end() && found->is_active() ? &*found : nullptr;
}

std::size_t Directory::active_admin_count() const noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(devices, [](const DeviceLine& line) {
        return line.is_active() && line.role == Role::kAdmin;
    }));
}

bool is_link_origin(std::string_view text) noexcept {
    constexpr std::string_view kHttps = "https://";
    constexpr std::string_view kHttp = "http://";
    const bool is_https = text.starts_with(kHttps);
    if (!is_https && !text.starts_with(kHttp)) {
        return false;
    }
    const std::string_view place = text.substr(is_https ? kHttps.size() : kHttp.size());
    const std::size_t colon = place.find(':');
    const std::string_view host = place.substr(0, colon);
    const bool has_port = colon != std::string_view::npos;
    if (!is_host(host) || (has_port && !is_port(place.substr(colon + 1)))) {
        return false;
    }
    return is_https || (has_port && (host == "127.0.0.1" || host == "localhost"));
}

std::string encode_directory(const Directory& directory) {
    VALV_CHECK(directory.number > 0 && (directory.number == 1) != directory.previous.has_value());
    VALV_CHECK(is_link_origin(directory.origin));
    std::string text = encode_common_lines({
        .kind = NoteKind::kDirectory,
        .vault = directory.vault,
        .case_id = std::nullopt,
        .object_id = directory.vault.text(),
        .epoch = 0,
        .number = directory.number,
        .object = directory.object,
        .previous = directory.previous,
        .directory_number = directory.number - 1,
        .directory_hash = directory.previous,  // note n is made under note n-1
        .checkpoint = directory.checkpoint,
    });
    append_line(text, "server_ca", to_base64(directory.server_ca));
    append_line(text, "server_ca_next", hash_or_dash(directory.server_ca_next));
    append_line(text, "log_key", to_base64(directory.log_key));
    append_line(text, "recovery", or_dash(directory.recovery));
    append_line(text, "recovery_proposed", or_dash(directory.recovery_proposed));
    append_line(text, "origin", directory.origin);
    std::vector<DeviceLine> devices = directory.devices;
    std::ranges::sort(devices, {}, &DeviceLine::device);
    for (const DeviceLine& line : devices) {
        append_line(text, "device", encode_device_line(line));
    }
    return text;
}

Directory decode_directory(std::string_view text) {
    TextLines lines(text, "directory");
    const CommonLines common = decode_common_lines(lines);
    if (common.kind != NoteKind::kDirectory || common.case_id ||
        common.object_id != common.vault.text() || common.epoch != 0 ||
        common.directory_number != common.number - 1 || common.directory_hash != common.previous) {
        lines.complain("not the head of a directory note");
    }
    Directory directory;
    directory.vault = common.vault;
    directory.number = common.number;
    directory.object = common.object;
    directory.previous = common.previous;
    directory.checkpoint = common.checkpoint;
    directory.server_ca = hash_from(from_base64(lines.value("server_ca")));
    directory.server_ca_next = parse_hash_or_dash(lines.value("server_ca_next"));
    directory.log_key = verify_key_from(from_base64(lines.value("log_key")));
    directory.recovery = parse_recipient_or_dash(lines.value("recovery"));
    directory.recovery_proposed = parse_recipient_or_dash(lines.value("recovery_proposed"));
    directory.origin = lines.value("origin");
    if (!is_link_origin(directory.origin)) {
        lines.complain("not an origin of links");
    }
    decode_devices(lines, directory);
    lines.expect_end();
    return directory;
}

Bytes sign_directory(const Directory& directory, const DeviceId& signer, const SigningKey& key) {
    return sign_note(encode_directory(directory), signer.text(), key);
}

Directory verify_directory_note(ByteView note, const DeviceId& signer, const VerifyKey& key) {
    return decode_directory(verify_note(note, signer.text(), key));
}

}  // namespace valv::crypto
