#pragma once

// Inside crypto/sealed: ML-KEM-768 (FIPS 203), OpenSSL's own (3.5 and newer).

#include <cstddef>
#include <optional>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

constexpr std::size_t kMlKemSeedBytes = 64;  // d ‖ z
constexpr std::size_t kMlKemPublicBytes = 1184;
constexpr std::size_t kMlKemCiphertextBytes = 1088;
constexpr std::size_t kMlKemSharedBytes = 32;

// Throws kUnsupported, with what is missing.
void require_ml_kem();

struct MlKemEncapsulation {
    Bytes ciphertext;
    crypto::SecretBytes shared;
};
// Draws 32 octets from `random` (FIPS 203 algorithm 20). Throws kInvalidArgument for a public key
// that fails the modulus check (section 7.2).
[[nodiscard]] MlKemEncapsulation ml_kem_encapsulate(ByteView public_key, RandomSource& random);
// Never fails for a ciphertext of the right length: a damaged one gives another secret (implicit
// rejection).
[[nodiscard]] crypto::SecretBytes ml_kem_decapsulate(const crypto::SecretBytes& seed,
                                                     ByteView ciphertext);
[[nodiscard]] Bytes ml_kem_public_key(const crypto::SecretBytes& seed);

}  // namespace valv::sealed
