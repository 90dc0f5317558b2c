#pragma once

#include "common/base/bech32.h"
#include "common/base/ids.h"
#include "crypto/core/device_id.h"
#include "crypto/core/directory.h"
#include "crypto/core/object_note.h"

namespace valv::test {

template <typename Id>
[[nodiscard]] Id id(std::uint8_t octet) {
    return Id::from_bytes(Bytes(kIdBytes, octet));
}

[[nodiscard]] inline crypto::Hash hash(std::uint8_t octet) {
    return crypto::sha256(Bytes(1, octet));
}

// A device with keys that follow from `number`.
struct TestDevice {
    explicit TestDevice(std::uint8_t number, crypto::Role role = crypto::Role::kAdmin)
        : signing_key(crypto::SigningKey::from_seed(crypto::SecretBytes::from(Bytes(32, number)))) {
        crypto::DevicePublicKeys keys{.recipient = hash(number),
                                      .signing_key = signing_key.public_key(),
                                      .tls_key = hash(static_cast<std::uint8_t>(number + 100))};
        line = {.person = test::id<PersonId>(number),
                .device = crypto::device_id(keys),
                .role = role,
                .recipient = bech32_encode("age", keys.recipient),
                .signing_key = keys.signing_key,
                .tls_key = keys.tls_key,
                .status = crypto::DeviceStatus::kActive};
    }
    crypto::SigningKey signing_key;
    crypto::DeviceLine line;
};

}  // namespace valv::test
