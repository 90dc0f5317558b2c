#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <utility>

#include "common/base/bytes.h"
#include "common/base/error.h"
#include "common/base/random.h"
#include "crypto/core/secret_memory.h"

namespace valv::crypto {

// Octets that must not outlive their use: keys, passphrases, opened plaintext. Wiped
// (OPENSSL_cleanse) when they die or are moved away. Small ones, and so all keys, lie on OpenSSL's
// secure heap: locked into memory and left out of core dumps as far as the system allows
// (secret_memory.h). Copying is `clone()`, reading is `reveal()`; there is no == and no <<. Not
// thread-safe, like a vector.
class SecretBytes {
public:
    SecretBytes() noexcept = default;
    explicit SecretBytes(std::size_t size);  // zeros
    [[nodiscard]] static SecretBytes from(ByteView octets);
    // Fills `size` octets from `random`.
    [[nodiscard]] static SecretBytes random(std::size_t size, RandomSource& random);
    [[nodiscard]] static SecretBytes concat(std::initializer_list<ByteView> parts);

    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    [[nodiscard]] SecretBytes clone() const { return from(reveal()); }
    [[nodiscard]] ByteView reveal() const noexcept { return {octets_.get(), size_}; }
    [[nodiscard]] std::span<std::uint8_t> reveal_for_writing() noexcept {
        return {octets_.get(), size_};
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    // Wipes what lies beyond `size` and forgets it. `size` is at most size().
    void shrink(std::size_t size) noexcept;

    friend void PrintTo(const SecretBytes& /*secret*/, std::ostream* out) { *out << "<secret>"; }

private:
    void wipe() noexcept;
    SecretMemory octets_;  // not a vector, which could leave copies when it grows
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;  // what is wiped
};

// Grows like a vector and wipes each buffer that it leaves. For plaintext whose size is not known
// beforehand.
class SecretBuilder {
public:
    void append(ByteView octets);
    void append(std::string_view text) { append(as_bytes(text)); }
    [[nodiscard]] SecretBytes take();

private:
    SecretBytes octets_;
    std::size_t used_ = 0;
};

// A secret of N octets of one kind. A CaseKey does not convert into a FileKey.
template <typename Tag, std::size_t N = 32>
class Key {
public:
    static constexpr std::size_t kBytes = N;

    // Throws kMalformed unless there are N octets.
    explicit Key(SecretBytes octets) : octets_(std::move(octets)) {
        if (octets_.size() != N) {
            throw Error(ErrorCode::kMalformed, "key: wrong length");
        }
    }
    [[nodiscard]] static Key from(ByteView octets) { return Key(SecretBytes::from(octets)); }
    [[nodiscard]] static Key random(RandomSource& random) {
        return Key(SecretBytes::random(N, random));
    }

    [[nodiscard]] Key clone() const { return Key(octets_.clone()); }
    [[nodiscard]] ByteView reveal() const noexcept { return octets_.reveal(); }

    friend void PrintTo(const Key& /*key*/, std::ostream* out) { *out << "<secret>"; }

private:
    SecretBytes octets_;
};

// Time does not depend on the octets, only on the lengths. Different lengths are unequal.
[[nodiscard]] bool constant_time_equal(ByteView left, ByteView right) noexcept;

}  // namespace valv::crypto
