#pragma once

#include <optional>

#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/secret_bytes.h"

namespace valv::service {

// The signing keys of the logs, one for each vault, kept apart from the database. Callable from any
// thread.
class LogKeys {
public:
    virtual ~LogKeys() = default;
    // Keeps the key made from `seed` durably, or gives the one back that the vault already has.
    virtual crypto::SigningKey make(const VaultId& vault, crypto::SecretBytes seed) = 0;
    [[nodiscard]] virtual std::optional<crypto::SigningKey> find(const VaultId& vault) = 0;
};

}  // namespace valv::service
