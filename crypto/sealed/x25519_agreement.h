#pragma once

// Inside crypto/sealed: X25519 (RFC 7748 section 5), with the secret clamped by OpenSSL.

#include <optional>

#include "crypto/core/device_id.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

using crypto::X25519Point;

// Of 32 secret octets.
[[nodiscard]] X25519Point x25519_point(const crypto::SecretBytes& secret);
// Nothing when the result is all zero: OpenSSL refuses points of small order (RFC 7748
// section 6.1).
[[nodiscard]] std::optional<crypto::SecretBytes> try_x25519(const crypto::SecretBytes& secret,
                                                            const X25519Point& point);

}  // namespace valv::sealed
