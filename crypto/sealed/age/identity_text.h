#pragma once

// Inside crypto/sealed: how a secret stands in an identity's text, `AGE-SECRET-KEY-…1` in Bech32,
// upper case (c2sp.org/age "X25519", "mlkem768x25519").

#include <cstddef>
#include <string_view>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

// `prefix` in upper case with its last hyphen, as `AGE-SECRET-KEY-`.
[[nodiscard]] crypto::SecretBytes encode_identity(std::string_view prefix,
                                                  const crypto::SecretBytes& secret);
// `size` octets. Throws kMalformed.
[[nodiscard]] crypto::SecretBytes decode_identity(std::string_view prefix, ByteView text,
                                                  std::size_t size);

}  // namespace valv::sealed
