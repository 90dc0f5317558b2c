#include "client/lib/profile.h"

#include <utility>

#include "client/lib/errors.h"
#include "common/base/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/kdf.h"
#include "crypto/local/files.h"

namespace valv::client {
namespace {

constexpr const char* kDeviceFile = "device.age";
constexpr const char* kPinsFile = "pins";
constexpr std::size_t kMaxDeviceFileBytes = 64 * 1024;
constexpr std::size_t kMaxPinsBytes = 64U * 1024 * 1024;

}  // namespace

Profile::Profile(std::filesystem::path folder, sealed::DeviceKeys keys)
    : folder_(std::move(folder)), keys_(std::move(keys)), device_(keys_.id()) {}

bool Profile::exists(const std::filesystem::path& folder) {
    return std::filesystem::exists(folder / kDeviceFile);
}

Profile Profile::create(const std::filesystem::path& folder, sealed::DeviceKeys keys,
                        VaultFacts facts, crypto::SecretBytes passphrase, sealed::WorkFactor work,
                        RandomSource& random) {
    local::make_private_folder(folder);
    const local::FileLock lock(folder / "lock");
    if (exists(folder)) {
        throw Error(ErrorCode::kConflict, "profile: there is one in this folder");
    }
    local::make_private_folder(folder / "cache");
    Profile profile(folder, std::move(keys));
    profile.kept_ = profile.write_pins({.facts = std::move(facts)});
    // Last, so that a cut run leaves no profile.
    local::create_file(
        folder / kDeviceFile,
        sealed::seal_device_keys(profile.keys_, std::move(passphrase), work, random));
    return profile;
}

Profile Profile::open(const std::filesystem::path& folder, crypto::SecretBytes passphrase) {
    const std::optional<Bytes> file =
        local::read_file_if(folder / kDeviceFile, kMaxDeviceFileBytes);
    if (!file) {
        throw Error(ErrorCode::kNotFound, "profile: there is none in this folder");
    }
    Profile profile(folder, sealed::open_device_keys(*file, std::move(passphrase)));
    profile.kept_ = profile.read_pins();
    return profile;
}

DeviceCredentials Profile::credentials() const {
    return {.tls_key_pem = keys_.tls_key_pem.clone(), .certificate_pem = keys_.tls_certificate_pem};
}

StaffAddress Profile::address() const {
    return {.server = facts().server,
            .server_ca = facts().server_ca,
            .server_ca_next = facts().server_ca_next};
}

// docs/formats.md section 4.
crypto::SecretBytes Profile::mac_key(std::string_view label) const {
    const crypto::SecretBytes prk =
        crypto::hkdf_extract(as_bytes("resvalv/v1/profile"), keys_.identity.secret().reveal());
    return crypto::expand_label(prk.reveal(), label, device_.bytes(), crypto::kHashBytes);
}

std::string Profile::pins_mac(std::string_view text) const {
    const crypto::SecretBytes key = mac_key("resvalv/v1/profile/pins");
    return to_base64url(crypto::hmac_sha256(key.reveal(), {as_bytes(text)}));
}

Journal Profile::journal() const {
    return {folder_, mac_key("resvalv/v1/profile/journal")};
}

Profile::KeptPins Profile::read_pins() const {
    const Subject subject{.object = "profile pins"};
    const std::optional<Bytes> file = local::read_file_if(folder_ / kPinsFile, kMaxPinsBytes);
    const std::string_view text = file ? as_text(*file) : std::string_view();
    if (!text.empty() && text == kept_.text) {
        return kept_;
    }
    const std::size_t line_end = text.find('\n');
    if (line_end == std::string_view::npos ||
        !crypto::constant_time_equal(as_bytes(text.substr(line_end + 1)),
                                     as_bytes(pins_mac(text.substr(0, line_end))))) {
        throw Tampered(tamper::kProfile, "not written by this device", subject);
    }
    Pins pins = about(subject, [&] { return decode_pins(text.substr(0, line_end)); });
    if (pins.facts.vault != keys_.vault) {
        throw Tampered(tamper::kProfile, "of another vault than the device's keys", subject);
    }
    return {.pins = std::move(pins), .text = std::string(text)};
}

Profile::KeptPins Profile::write_pins(Pins pins) const {
    std::string text = encode_pins(pins);
    text += "\n" + pins_mac(text);
    local::replace_file(folder_ / kPinsFile, as_bytes(text));
    return {.pins = std::move(pins), .text = std::move(text)};
}

// The journal first: what it holds beyond what the pins tell was never written.
Profile::KeptPins Profile::write_change(const KeptPins& before, Pins pins) const {
    const Journal kept = journal();
    kept.append(std::exchange(pins.new_writes, {}), pins.journal);
    const std::vector<JournalMonth>& old = before.pins.journal;
    const bool is_month_gone = !old.empty() && old.front().month != pins.journal.front().month;
    KeptPins written = write_pins(std::move(pins));
    if (is_month_gone) {
        kept.remove_all_but(written.pins.journal);
    }
    return written;
}

void Profile::update_pins(const std::function<void(Pins&)>& change) {
    const local::FileLock lock(lock_file());
    KeptPins before = read_pins();
    Pins pins = before.pins;
    change(pins);
    kept_ = pins == before.pins ? std::move(before) : write_change(before, std::move(pins));
}

std::vector<OwnWrite> Profile::read_journal() {
    const local::FileLock lock(lock_file());
    kept_ = read_pins();
    return journal().read(kept_.pins.journal);
}

}  // namespace valv::client
