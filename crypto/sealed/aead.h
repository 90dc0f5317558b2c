#pragma once

// Inside crypto/sealed: ChaCha20-Poly1305 (RFC 8439) without associated data, as age uses it.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

constexpr std::size_t kAeadNonceBytes = 12;
constexpr std::size_t kAeadTagBytes = 16;
constexpr std::size_t kAeadKeyBytes = 32;
using AeadNonce = std::array<std::uint8_t, kAeadNonceBytes>;

// One cipher context, the key set once (measured: a new context per chunk costs 17 %). Not
// thread-safe.
class Aead {
public:
    explicit Aead(ByteView key);  // 32 octets, checked
    Aead(Aead&&) noexcept;
    Aead& operator=(Aead&&) noexcept;
    ~Aead();

    // `out` takes plaintext.size() + 16 octets, checked; it may begin where the plaintext does.
    void seal(const AeadNonce& nonce, ByteView plaintext, std::span<std::uint8_t> out);
    // False when the tag does not hold; `out` (ciphertext.size() - 16 octets, checked) is wiped
    // then. It may begin where the ciphertext does.
    [[nodiscard]] bool try_open(const AeadNonce& nonce, ByteView ciphertext,
                                std::span<std::uint8_t> out);

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace valv::sealed
