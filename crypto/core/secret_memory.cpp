#include "crypto/core/secret_memory.h"

#include <openssl/crypto.h>

#include "crypto/core/openssl.h"

namespace valv::crypto {
namespace {

// Room for some ten thousand keys; within the 8 MiB that systemd lets a process lock.
constexpr std::size_t kArenaBytes = 1U << 20U;
constexpr std::size_t kSmallestBytes = 32;
// OpenSSL keeps its own private keys in the same arena and fails when it is full: we leave it a
// quarter.
constexpr std::size_t kOurBytes = kArenaBytes / 4 * 3;

bool has_arena() {
    // Immutable after its one thread-safe initialisation. 2 means: there, but the system would not
    // lock it.
    static const bool is_there = ::CRYPTO_secure_malloc_init(kArenaBytes, kSmallestBytes) != 0;
    return is_there;
}

std::uint8_t* allocate_locked(std::size_t size) {
    if (size > kMaxLockedBytes || !has_arena() || ::CRYPTO_secure_used() + size > kOurBytes) {
        return nullptr;
    }
    auto* const octets = static_cast<std::uint8_t*>(::OPENSSL_secure_zalloc(size));
    if (octets == nullptr) {
        forget_errors();  // full: the ordinary heap will do
    }
    return octets;
}

}  // namespace

void SecretMemoryDeleter::operator()(std::uint8_t* octets) const noexcept {
    if (::CRYPTO_secure_allocated(octets) == 1) {
        ::OPENSSL_secure_free(octets);
    } else {
        delete[] octets;  // NOLINT(*-owning-memory): from allocate_secret
    }
}

SecretMemory allocate_secret(std::size_t size) {
    if (size == 0) {
        return nullptr;
    }
    if (std::uint8_t* const locked = allocate_locked(size)) {
        return SecretMemory(locked);
    }
    return SecretMemory(new std::uint8_t[size]());  // NOLINT(*-owning-memory): owned at once
}

}  // namespace valv::crypto
