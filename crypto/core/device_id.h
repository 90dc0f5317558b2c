#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"

namespace valv::crypto {

constexpr std::size_t kX25519Bytes = 32;
using X25519Point = std::array<std::uint8_t, kX25519Bytes>;

// The point of an `age1…` recipient text. Only what the directory needs: core never uses it as a
// key. Throws kMalformed.
[[nodiscard]] X25519Point recipient_point(std::string_view text);

struct DevicePublicKeys {
    X25519Point recipient{};
    VerifyKey signing_key{};
    Hash tls_key{};  // SHA-256 of the SubjectPublicKeyInfo
    friend bool operator==(const DevicePublicKeys&, const DevicePublicKeys&) = default;
};

// docs/formats.md section 4: the first 16 octets of SHA-256("resvalv/v1/device" ‖ 00 ‖ X25519 ‖
// Ed25519 ‖ TLS key hash).
[[nodiscard]] DeviceId device_id(const DevicePublicKeys& keys);

}  // namespace valv::crypto
