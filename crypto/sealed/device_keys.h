#pragma once

#include <string>

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "common/base/random.h"
#include "crypto/core/device_id.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/x25519.h"

namespace valv::sealed {

using crypto::device_id;
using crypto::DevicePublicKeys;

// The three secret keys of a device, kept in the profile as `device.age`.
struct DeviceKeys {
    VaultId vault;
    X25519Identity identity;
    crypto::SigningKey signing_key;
    crypto::SecretBytes tls_key_pem;  // PKCS #8, P-256
    std::string tls_certificate_pem;  // self-signed, CN = device id

    [[nodiscard]] static DeviceKeys random(const VaultId& vault, RandomSource& random);
    [[nodiscard]] DevicePublicKeys public_keys() const;
    [[nodiscard]] DeviceId id() const { return device_id(public_keys()); }
};

// The plaintext of device.age (docs/formats.md section 4): an age identity file whose comments
// carry the other keys.
[[nodiscard]] crypto::SecretBytes encode_device_keys(const DeviceKeys& keys);
// Strict; the device id must be the one of the keys. Throws kMalformed.
[[nodiscard]] DeviceKeys decode_device_keys(ByteView plaintext);

[[nodiscard]] Bytes seal_device_keys(const DeviceKeys& keys, crypto::SecretBytes passphrase,
                                     WorkFactor work, RandomSource& random);
// Throws kWrongPassphrase.
[[nodiscard]] DeviceKeys open_device_keys(ByteView file, crypto::SecretBytes passphrase);

}  // namespace valv::sealed
