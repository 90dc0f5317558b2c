#pragma once

#include <filesystem>
#include <mutex>

#include "server/service/log_keys.h"

namespace valv::app {

// Seeds of the logs' keys as files `ID.key` (0600, 32 octets) in one folder, which stays out of the
// database and its backups: who has one can sign a second history. Callable from any thread.
class FileLogKeys final : public service::LogKeys {
public:
    // `folder` is there and its own name durable.
    explicit FileLogKeys(std::filesystem::path folder) : folder_(std::move(folder)) {}
    crypto::SigningKey make(const VaultId& vault, crypto::SecretBytes seed) override;
    [[nodiscard]] std::optional<crypto::SigningKey> find(const VaultId& vault) override;

private:
    [[nodiscard]] std::filesystem::path path_of(const VaultId& vault) const;
    std::filesystem::path folder_;
    std::mutex mutex_;  // one make() at a time, so that two of them for one vault give one key
};

}  // namespace valv::app
