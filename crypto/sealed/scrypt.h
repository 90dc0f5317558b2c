#pragma once

#include <cstddef>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

constexpr unsigned kScryptBlockSize = 8;  // r; p is 1

// RFC 7914 with N = 2^log2_n, r = 8, p = 1. Needs 128·r·N octets of memory (2^18: 256 MiB).
[[nodiscard]] crypto::SecretBytes scrypt(ByteView passphrase, ByteView salt, unsigned log2_n,
                                         std::size_t size);

}  // namespace valv::sealed
