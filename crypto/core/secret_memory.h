#pragma once

// Inside crypto/core: where SecretBytes lie.

#include <cstddef>
#include <cstdint>
#include <memory>

namespace valv::crypto {

// Frees without wiping: SecretBytes has wiped before.
struct SecretMemoryDeleter {
    void operator()(std::uint8_t* octets) const noexcept;
};
using SecretMemory = std::unique_ptr<std::uint8_t, SecretMemoryDeleter>;

// Zeros; null for 0 octets. Up to kMaxLockedBytes on OpenSSL's secure heap
// (OPENSSL_secure_malloc(3): one arena between guard pages, locked, MADV_DONTDUMP), and on the
// ordinary one when that is full or the system gives none. Larger ones, whole opened papers, are
// never locked: they would pass RLIMIT_MEMLOCK at once. Thread-safe.
constexpr std::size_t kMaxLockedBytes = 4096;
[[nodiscard]] SecretMemory allocate_secret(std::size_t size);

}  // namespace valv::crypto
