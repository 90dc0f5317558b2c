#pragma once

// Inside crypto/sealed: X25519 (RFC 7748 section 5), with the secret clamped by OpenSSL.

#include <optional>

#include "crypto/core/device_id.h"
#include "crypto/core/openssl.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

using crypto::X25519Point;

// A secret with its point. Const calls are thread-safe.
class X25519Key {
public:
    // 32 secret octets, checked; the point is computed, which costs as much as an agreement.
    explicit X25519Key(const crypto::SecretBytes& secret);
    // With the point that belongs to it, as it was computed before.
    X25519Key(const crypto::SecretBytes& secret, const X25519Point& point);

    [[nodiscard]] const X25519Point& point() const noexcept { return point_; }
    // Nothing when the result is all zero: OpenSSL refuses points of small order (RFC 7748
    // section 6.1).
    [[nodiscard]] std::optional<crypto::SecretBytes> try_agree(const X25519Point& theirs) const;

private:
    crypto::PrivateOrPublicKey key_;
    X25519Point point_{};
};

}  // namespace valv::sealed
