#pragma once

// Inside crypto/sealed: the one HPKE message that a hybrid stanza is (RFC 9180 section 5.1, base
// mode, one seal): KEM MLKEM768-X25519 (0x647a), KDF HKDF-SHA256 (0x0001), AEAD ChaCha20Poly1305
// (0x0003). OpenSSL's own HPKE (3.2) does not know this KEM.

#include <string_view>

#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/aead.h"

namespace valv::sealed {

struct HpkeKey {
    crypto::SecretBytes key;  // kAeadKeyBytes
    AeadNonce nonce{};        // base nonce: the nonce of message 0
};

// KeySchedule of RFC 9180 section 5.1, mode base.
[[nodiscard]] HpkeKey hpke_key(const crypto::SecretBytes& shared_secret, std::string_view info);

}  // namespace valv::sealed
