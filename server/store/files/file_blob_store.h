#pragma once

#include <filesystem>
#include <functional>

#include "server/store/blobs.h"

namespace valv::store {

struct FileBlobOptions {
    // True when there is room for uploads: DataFolder::has_room. Empty: always.
    std::function<bool()> has_room{};
};

// Blobs as files `xx/ID` below one folder, xx = the id's first two characters; the name is final
// and random, so nothing is renamed. Callable from any thread.
class FileBlobStore final : public BlobStore {
public:
    // `folder` is there and its own name durable.
    explicit FileBlobStore(std::filesystem::path folder, FileBlobOptions options = {});
    // Throws kStorageFull when there is no room, kConflict when the id is taken.
    [[nodiscard]] std::unique_ptr<BlobWriter> create(const BlobId& blob) override;
    [[nodiscard]] std::unique_ptr<BlobReader> open(const BlobId& blob) override;
    void remove(const BlobId& blob) override;
    [[nodiscard]] std::vector<ListedBlob> list() override;

private:
    [[nodiscard]] std::filesystem::path fan_of(const BlobId& blob) const;
    std::filesystem::path folder_;
    FileBlobOptions options_;
};

}  // namespace valv::store
