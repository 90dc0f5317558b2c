#pragma once

#include <cstddef>
#include <string_view>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

// HKDF with SHA-256 (RFC 5869), built from HMAC so that the server needs no EVP_PKEY_derive. Mind
// the order of the arguments: salt first, as in the RFC and in docs/formats.md.
namespace valv::crypto {

// RFC 5869 section 2.2. 32 octets. An empty salt is the RFC's default salt (32 zero octets give the
// same).
[[nodiscard]] SecretBytes hkdf_extract(ByteView salt, ByteView ikm);

// RFC 5869 section 2.3. `size` ≤ 255 · 32, checked.
[[nodiscard]] SecretBytes hkdf_expand(ByteView prk, ByteView info, std::size_t size);

// X(prk, label, ctx, n) of docs/formats.md section 1: HKDF-Expand(prk, label ‖ 0x00 ‖ ctx, n).
[[nodiscard]] SecretBytes expand_label(ByteView prk, std::string_view label, ByteView context,
                                       std::size_t size);

}  // namespace valv::crypto
