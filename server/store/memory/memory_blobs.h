#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "common/base/clock.h"
#include "server/store/blobs.h"

namespace valv::store {

// BlobStore for tests. Callable from any thread.
class MemoryBlobStore final : public BlobStore {
public:
    // `clock` dates the blobs and outlives the store.
    explicit MemoryBlobStore(Clock& clock) : clock_(clock) {}
    [[nodiscard]] std::unique_ptr<BlobWriter> create(const BlobId& blob) override;
    [[nodiscard]] std::unique_ptr<BlobReader> open(const BlobId& blob) override;
    void remove(const BlobId& blob) override;
    [[nodiscard]] std::vector<ListedBlob> list() override;

    // For writers: makes the blob visible.
    void put(const BlobId& blob, Bytes octets);

private:
    struct Entry {
        std::shared_ptr<const Bytes>
            octets;  // shared with its readers: a removed blob can be read to its end, as a file
        Instant modified_at;
    };
    Clock& clock_;
    std::mutex mutex_;  // guards blobs_
    std::map<BlobId, Entry> blobs_;
};

// ErasureKeys for tests. Callable from any thread.
class MemoryErasureKeys final : public ErasureKeys {
public:
    MemoryErasureKeys() = default;
    void put(const ErasureKeyId& id, const crypto::SecretBytes& key) override;
    [[nodiscard]] std::optional<crypto::SecretBytes> find(const ErasureKeyId& id) override;
    void destroy(const ErasureKeyId& id) override;
    [[nodiscard]] std::vector<ErasureKeyId> list() override;

private:
    std::mutex mutex_;  // guards keys_
    std::map<ErasureKeyId, crypto::SecretBytes> keys_;
};

}  // namespace valv::store
