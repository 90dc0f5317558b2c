#pragma once

#include <cstdint>
#include <vector>

#include "common/base/ids.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/x25519.h"

namespace valv::sealed {

// K: 32 random octets per case and epoch.
using CaseKey = crypto::Key<struct CaseKeyTag>;

// What follows from K (docs/formats.md section 5): prk = HKDF-Extract("resvalv/v1/case", K).
class CaseKeys {
public:
    CaseKeys(const CaseId& case_id, std::uint32_t epoch, const CaseKey& key);

    [[nodiscard]] const CaseId& case_id() const noexcept { return case_id_; }
    [[nodiscard]] std::uint32_t epoch() const noexcept { return epoch_; }
    // Opens the record and the case's document headers of this epoch.
    [[nodiscard]] X25519Identity case_identity() const;
    // Opens what the recipient of a link sends back.
    [[nodiscard]] X25519Identity reply_identity(const LinkId& link) const;
    // What keyring (epoch, number) after this one must hold: HMAC(X(prk, ".../next", case ‖ epoch ‖
    // number), SHA-256(K of the new one) ‖ SHA-256(its device list)). `epoch`, `number`, `key`,
    // `devices` are those of the NEW keyring.
    [[nodiscard]] crypto::Hash next_keyring_mac(std::uint32_t epoch, std::uint32_t number,
                                                const CaseKey& key,
                                                const std::vector<DeviceId>& devices) const;

private:
    CaseId case_id_;
    std::uint32_t epoch_;
    crypto::SecretBytes prk_;
};

// docs/formats.md section 5: SHA-256 of the device ids, 16 octets each, ascending.
[[nodiscard]] crypto::Hash device_list_hash(const std::vector<DeviceId>& devices);

}  // namespace valv::sealed
