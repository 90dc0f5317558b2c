#pragma once

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "common/base/random.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age_identity.h"

namespace valv::sealed {

struct DevicePublicKeys {
    X25519Point recipient{};
    crypto::VerifyKey signing_key{};
    crypto::Hash tls_key{};  // SHA-256 of the SubjectPublicKeyInfo
    friend bool operator==(const DevicePublicKeys&, const DevicePublicKeys&) = default;
};

// First 16 octets of SHA-256("resvalv/v1/device" ‖ 00 ‖ the three public keys) (docs/formats.md).
[[nodiscard]] DeviceId device_id(const DevicePublicKeys& keys);

// The three secret keys of a device, kept in the profile as `device.age`.
struct DeviceKeys {
    X25519Identity identity;
    crypto::SigningKey signing_key;
    crypto::SecretBytes tls_key_pem;  // PKCS #8, P-256

    [[nodiscard]] static DeviceKeys random(RandomSource& random);
    [[nodiscard]] DevicePublicKeys public_keys() const;
    [[nodiscard]] DeviceId id() const { return device_id(public_keys()); }
};

// The plaintext of device.age (docs/formats.md): an age identity file whose comments carry the
// other two keys.
[[nodiscard]] crypto::SecretBytes encode_device_keys(const DeviceKeys& keys);
// Strict. Throws kMalformed.
[[nodiscard]] DeviceKeys decode_device_keys(ByteView plaintext);

[[nodiscard]] Bytes seal_device_keys(const DeviceKeys& keys, crypto::SecretBytes passphrase,
                                     WorkFactor work, RandomSource& random);
// Throws kWrongPassphrase.
[[nodiscard]] DeviceKeys open_device_keys(ByteView file, crypto::SecretBytes passphrase);

}  // namespace valv::sealed
