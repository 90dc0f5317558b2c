#include "crypto/core/secret_bytes.h"

#include <algorithm>

#include <openssl/crypto.h>

namespace valv::crypto {

SecretBytes::SecretBytes(std::size_t size)
    : octets_(allocate_secret(size)), size_(size), capacity_(size) {}

SecretBytes SecretBytes::from(ByteView octets) {
    SecretBytes secret(octets.size());
    std::ranges::copy(octets, secret.octets_.get());
    return secret;
}

SecretBytes SecretBytes::random(std::size_t size, RandomSource& random) {
    SecretBytes secret(size);
    random.fill(secret.reveal_for_writing());
    return secret;
}

SecretBytes SecretBytes::concat(std::initializer_list<ByteView> parts) {
    std::size_t size = 0;
    for (const ByteView part : parts) {
        size += part.size();
    }
    SecretBytes secret(size);
    std::uint8_t* at = secret.octets_.get();
    for (const ByteView part : parts) {
        at = std::ranges::copy(part, at).out;
    }
    return secret;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : octets_(std::move(other.octets_)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        octets_ = std::move(other.octets_);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    wipe();
}

void SecretBytes::wipe() noexcept {
    if (octets_ != nullptr) {
        ::OPENSSL_cleanse(octets_.get(), capacity_);
    }
}

void SecretBytes::shrink(std::size_t size) noexcept {
    VALV_CHECK(size <= size_);
    if (size < size_) {
        ::OPENSSL_cleanse(octets_.get() + size, size_ - size);
        size_ = size;
    }
}

void SecretBuilder::append(ByteView octets) {
    constexpr std::size_t kSmallest = 256;
    const std::size_t needed = used_ + octets.size();
    if (needed > octets_.size()) {
        SecretBytes larger(std::max({needed, octets_.size() * 2, kSmallest}));
        std::ranges::copy(octets_.reveal().first(used_), larger.reveal_for_writing().begin());
        octets_ = std::move(larger);
    }
    std::ranges::copy(octets,
                      octets_.reveal_for_writing().begin() + static_cast<std::ptrdiff_t>(used_));
    used_ = needed;
}

SecretBytes SecretBuilder::take() {
    octets_.shrink(used_);
    used_ = 0;
    return std::move(octets_);
}

bool constant_time_equal(ByteView left, ByteView right) noexcept {
    return left.size() == right.size() &&
           ::CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace valv::crypto
