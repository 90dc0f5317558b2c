#pragma once

#include <filesystem>

#include "server/store/blobs.h"

namespace valv::store {

// Erasure keys as files `xx/ID` (0600) below one folder. A key that a crash cut short counts as
// absent: put() had not returned. Callable from any thread; calls for the same id must not overlap
// (the services' transaction order sees to it).
class FileErasureKeys final : public ErasureKeys {
public:
    // `folder` is there and its own name durable.
    explicit FileErasureKeys(std::filesystem::path folder);
    void put(const ErasureKeyId& id, const crypto::SecretBytes& key) override;
    [[nodiscard]] std::optional<crypto::SecretBytes> find(const ErasureKeyId& id) override;
    void destroy(const ErasureKeyId& id) override;
    [[nodiscard]] std::vector<ErasureKeyId> list() override;

private:
    [[nodiscard]] std::filesystem::path path_of(const ErasureKeyId& id) const;
    std::filesystem::path folder_;
};

}  // namespace valv::store
