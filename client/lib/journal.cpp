#include "client/lib/journal.h"

#include <algorithm>

#include "client/lib/errors.h"
#include "common/base/encoding.h"
#include "common/protocol/json.h"
#include "crypto/local/files.h"

namespace valv::client {
namespace {

constexpr std::string_view kFilePrefix = "journal-";
constexpr std::size_t kMaxMonthBytes = std::size_t{256} << 20U;  // a million writes

// The keys of a line; the file is ours and read by nobody else.
constexpr std::string_view kAt = "at";
constexpr std::string_view kKind = "kind";
constexpr std::string_view kKey = "key";
constexpr std::string_view kValue = "value";
constexpr std::string_view kCase = "case";

std::string line_of(const OwnWrite& write) {
    protocol::JsonWriter json;
    json.instant(kAt, write.at).text(kKind, write.kind);
    json.text(kKey, write.key).text(kValue, write.value);
    if (write.case_id) {
        json.id(kCase, *write.case_id);
    }
    return json.take() + "\n";
}

OwnWrite write_of(std::string_view line) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(line);
    protocol::JsonObject object = document.object();
    OwnWrite write{.at = object.instant(kAt),
                   .kind = object.text(kKind),
                   .key = object.text(kKey),
                   .value = object.text(kValue),
                   .case_id = {}};
    if (object.has(kCase)) {
        write.case_id = object.id<CaseId>(kCase);
    }
    object.finish();
    return write;
}

// 2026-11 of 2026-11-25T10:00:00Z: months are in order as texts too.
std::string month_of(Instant at) {
    constexpr std::size_t kMonthCharacters = 7;
    return to_text(at).substr(0, kMonthCharacters);
}

JournalMonth& month_for(Instant at, std::vector<JournalMonth>& months) {
    const std::string month = month_of(at);
    const auto found = std::ranges::find(months, month, &JournalMonth::month);
    if (found != months.end()) {
        return *found;
    }
    const auto place = std::ranges::upper_bound(months, month, {}, &JournalMonth::month);
    return *months.insert(place, {.month = month, .octets = 0, .mac = {}});
}

[[noreturn]] void fail_damaged(const char* why) {
    throw Tampered(tamper::kProfile, why, {.object = "profile journal"});
}

}  // namespace

OwnWrite note_write(std::string_view kind, const crypto::Hash& note,
                    const std::optional<CaseId>& case_id) {
    return {.at = {},
            .kind = std::string(kind),
            .key = "note_sha256",
            .value = to_base64(note),
            .case_id = case_id};
}

std::filesystem::path Journal::file(const JournalMonth& month) const {
    return folder_ / std::string(kFilePrefix).append(month.month);
}

crypto::Hash Journal::next_mac(const crypto::Hash& mac, ByteView line) const {
    return crypto::hmac_sha256(key_.reveal(), {mac, line});
}

void Journal::append_line(std::string_view line, JournalMonth& month) const {
    if (!local::write_end(file(month), month.octets, as_bytes(line))) {
        fail_damaged("it is shorter than this device made it");
    }
    month.octets += line.size();
    month.mac = next_mac(month.mac, as_bytes(line));
}

void Journal::append(std::span<const OwnWrite> writes, std::vector<JournalMonth>& months) const {
    for (const OwnWrite& write : writes) {
        const std::string oldest = month_of(write.at - kJournalLength);
        std::erase_if(months, [&](const JournalMonth& kept) { return kept.month < oldest; });
        append_line(line_of(write), month_for(write.at, months));
    }
}

void Journal::read_month(const JournalMonth& month, std::vector<OwnWrite>& writes) const {
    const Bytes octets = local::read_file_if(file(month), kMaxMonthBytes).value_or(Bytes());
    if (octets.size() < month.octets) {
        fail_damaged("it is shorter than this device made it");
    }
    std::string_view rest = as_text(octets).substr(0, static_cast<std::size_t>(month.octets));
    std::vector<std::string_view> lines;
    crypto::Hash mac{};
    while (!rest.empty()) {
        const std::size_t line_bytes = std::min(rest.find('\n'), rest.size() - 1) + 1;
        lines.push_back(rest.substr(0, line_bytes));
        mac = next_mac(mac, as_bytes(lines.back()));
        rest.remove_prefix(line_bytes);
    }
    if (!crypto::constant_time_equal(mac, month.mac)) {
        fail_damaged("not written by this device");
    }
    std::ranges::transform(lines, std::back_inserter(writes), write_of);
}

std::vector<OwnWrite> Journal::read(std::span<const JournalMonth> months) const {
    std::vector<OwnWrite> writes;
    for (const JournalMonth& month : months) {
        read_month(month, writes);
    }
    return writes;
}

void Journal::remove_all_but(std::span<const JournalMonth> months) const {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        const std::string name = entry.path().filename();
        const auto is_told = [&](const JournalMonth& kept) { return file(kept) == entry.path(); };
        if (name.starts_with(kFilePrefix) && std::ranges::none_of(months, is_told)) {
            local::remove_file(entry.path());
        }
    }
}

}  // namespace valv::client
