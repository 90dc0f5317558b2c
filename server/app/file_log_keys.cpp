#include "server/app/file_log_keys.h"

#include "server/app/secret_files.h"

namespace valv::app {

std::filesystem::path FileLogKeys::path_of(const VaultId& vault) const {
    return folder_ / (vault.text() + ".key");
}

std::optional<crypto::SigningKey> FileLogKeys::find(const VaultId& vault) {
    std::optional<crypto::SecretBytes> seed = read_secret(path_of(vault));
    return seed ? std::optional(crypto::SigningKey::from_seed(std::move(*seed))) : std::nullopt;
}

crypto::SigningKey FileLogKeys::make(const VaultId& vault, crypto::SecretBytes seed) {
    const std::lock_guard lock(mutex_);  // held over the write: vaults are made once in a while
    if (std::optional<crypto::SigningKey> existing = find(vault)) {
        return std::move(*existing);
    }
    crypto::SigningKey key = crypto::SigningKey::from_seed(std::move(seed));
    write_durably(path_of(vault), key.seed().reveal());
    return key;
}

}  // namespace valv::app
