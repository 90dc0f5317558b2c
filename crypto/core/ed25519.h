#pragma once

#include <array>
#include <cstdint>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::crypto {

constexpr std::size_t kEd25519KeyBytes = 32;
constexpr std::size_t kEd25519SignatureBytes = 64;

using VerifyKey = std::array<std::uint8_t, kEd25519KeyBytes>;
using Signature = std::array<std::uint8_t, kEd25519SignatureBytes>;

// Throws kMalformed unless there are 32 (64) octets.
[[nodiscard]] VerifyKey verify_key_from(ByteView octets);
[[nodiscard]] Signature signature_from(ByteView octets);

// Ed25519 (RFC 8032 section 5.1, pure). Holds the 32-octet seed; deterministic. Thread-safe when
// const.
class SigningKey {
public:
    // `seed` has 32 octets, else kMalformed.
    [[nodiscard]] static SigningKey from_seed(SecretBytes seed);
    [[nodiscard]] static SigningKey random(RandomSource& random);

    [[nodiscard]] const VerifyKey& public_key() const noexcept { return public_key_; }
    [[nodiscard]] Signature sign(ByteView message) const;
    [[nodiscard]] SigningKey clone() const { return from_seed(seed_.clone()); }
    [[nodiscard]] const SecretBytes& seed() const noexcept { return seed_; }

    friend void PrintTo(const SigningKey& /*key*/, std::ostream* out) { *out << "<secret>"; }

private:
    SigningKey(SecretBytes seed, const VerifyKey& public_key)
        : seed_(std::move(seed)), public_key_(public_key) {}
    SecretBytes seed_;
    VerifyKey public_key_;
};

// Strict: 64 octets, S < L (RFC 8032 section 5.1.7), and the key no point of small order (under
// such a key anybody can make signatures). False on anything else; never throws for what came from
// outside.
[[nodiscard]] bool verify(const VerifyKey& key, ByteView message, ByteView signature);

}  // namespace valv::crypto
