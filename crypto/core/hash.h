#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>

#include "common/base/bytes.h"

namespace valv::crypto {

constexpr std::size_t kHashBytes = 32;
using Hash = std::array<std::uint8_t, kHashBytes>;

// Throws kMalformed unless there are 32 octets.
[[nodiscard]] Hash hash_from(ByteView octets);

[[nodiscard]] Hash sha256(ByteView octets);
// Of the parts as one text, without a separator.
[[nodiscard]] Hash sha256(std::initializer_list<ByteView> parts);

// SHA-256 over a stream. Not thread-safe; reusable after `finish()`.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void update(ByteView octets);
    [[nodiscard]] Hash finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

// RFC 2104 with SHA-256, over the parts as one text. The result may be a key: wipe it when it is
// (kdf.h does).
[[nodiscard]] Hash hmac_sha256(ByteView key, std::initializer_list<ByteView> parts);

// HMAC-SHA-256 under one key, many times: the key is set once.
class Hmac {
public:
    explicit Hmac(ByteView key);
    Hmac(Hmac&&) noexcept;
    Hmac& operator=(Hmac&&) noexcept;
    ~Hmac();
    [[nodiscard]] Hash operator()(std::initializer_list<ByteView> parts);

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace valv::crypto
