#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/pins.h"
#include "client/lib/transport.h"
#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/device_keys.h"

// The profile folder (docs/formats.md sections 4 and 10): device.age, pins, journal-…, cache/,
// lock. One vault, one device. Nothing is secret outside device.age; nothing outside it is believed
// without the HMAC of pins or a check against it.
namespace valv::client {

class Profile {
public:
    // Is there a device.age?
    [[nodiscard]] static bool exists(const std::filesystem::path& folder);
    // Makes the folder (0700) and all in it; kConflict when there is one already. `facts` are
    // pinned.
    [[nodiscard]] static Profile create(const std::filesystem::path& folder,
                                        sealed::DeviceKeys keys, VaultFacts facts,
                                        crypto::SecretBytes passphrase, sealed::WorkFactor work,
                                        RandomSource& random);
    // kNotFound without a profile, kWrongPassphrase, kTampered `profile_damaged` when the HMAC of
    // pins does not hold.
    [[nodiscard]] static Profile open(const std::filesystem::path& folder,
                                      crypto::SecretBytes passphrase);

    [[nodiscard]] const DeviceId& device() const noexcept { return device_; }
    [[nodiscard]] const sealed::DeviceKeys& keys() const noexcept { return keys_; }
    [[nodiscard]] const Pins& pins() const noexcept { return kept_.pins; }
    [[nodiscard]] const VaultFacts& facts() const noexcept { return kept_.pins.facts; }
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
    [[nodiscard]] std::filesystem::path cache() const { return folder_ / "cache"; }

    [[nodiscard]] DeviceCredentials credentials() const;
    [[nodiscard]] StaffAddress address() const;

    // Under the lock: reads the pins anew, lets `change` move them, replaces the file (rename,
    // fsync). Another process may have moved them meanwhile, so `change` only moves forward (pins.h
    // has the verbs).
    void update_pins(const std::function<void(Pins&)>& change);
    // All own writes that were acknowledged in the last 90 days, and perhaps older ones. Throws
    // kTampered `profile_damaged`.
    [[nodiscard]] std::vector<OwnWrite> read_journal();

private:
    Profile(std::filesystem::path folder, sealed::DeviceKeys keys);
    // Pins and the octets of their file. Those that were verified once are not decoded again.
    struct KeptPins {
        Pins pins;
        std::string text;
    };
    [[nodiscard]] KeptPins read_pins() const;
    [[nodiscard]] KeptPins write_pins(Pins pins) const;
    [[nodiscard]] KeptPins write_change(const KeptPins& before, Pins pins) const;
    [[nodiscard]] std::string pins_mac(std::string_view text) const;
    [[nodiscard]] crypto::SecretBytes mac_key(std::string_view label) const;
    [[nodiscard]] Journal journal() const;
    [[nodiscard]] std::filesystem::path lock_file() const { return folder_ / "lock"; }
    std::filesystem::path folder_;
    sealed::DeviceKeys keys_;
    DeviceId device_;
    KeptPins kept_;
};

}  // namespace valv::client
