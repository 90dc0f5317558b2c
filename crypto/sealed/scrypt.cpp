#include "crypto/sealed/scrypt.h"

#include <cstdint>

#include <openssl/evp.h>

#include "crypto/core/openssl.h"

namespace valv::sealed {

crypto::SecretBytes scrypt(ByteView passphrase, ByteView salt, unsigned log2_n, std::size_t size) {
    constexpr std::uint64_t kParallel = 1;
    // OpenSSL's own limit is 32 MiB and fails from N = 2^15 on; it needs 128·r·N and a little.
    constexpr std::uint64_t kBlockBytes = 128;
    constexpr std::uint64_t kOverheadBytes = 1U << 16U;
    const std::uint64_t n = std::uint64_t{1} << log2_n;
    const std::uint64_t memory = kBlockBytes * kScryptBlockSize * n + kOverheadBytes;
    crypto::SecretBytes key(size);
    crypto::require(
        ::EVP_PBE_scrypt(reinterpret_cast<const char*>(passphrase.data()), passphrase.size(),
                         salt.data(), salt.size(), n, kScryptBlockSize, kParallel, memory,
                         key.reveal_for_writing().data(), key.size()) == 1,
        "EVP_PBE_scrypt");
    return key;
}

}  // namespace valv::sealed
