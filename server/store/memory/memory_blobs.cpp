#include "server/store/memory/memory_blobs.h"

#include <algorithm>

#include "common/base/error.h"

namespace valv::store {
namespace {

class MemoryBlobWriter final : public BlobWriter {
public:
    MemoryBlobWriter(MemoryBlobStore& blobs, const BlobId& blob) : blobs_(blobs), blob_(blob) {}
    void append(ByteView octets) override { valv::append(octets_, octets); }
    void commit() override { blobs_.put(blob_, std::move(octets_)); }

private:
    MemoryBlobStore& blobs_;
    BlobId blob_;
    Bytes octets_;
};

class MemoryBlobReader final : public BlobReader {
public:
    explicit MemoryBlobReader(std::shared_ptr<const Bytes> octets) : octets_(std::move(octets)) {}
    [[nodiscard]] std::uint64_t size() const override { return octets_->size(); }
    [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
        if (offset >= octets_->size()) {
            return 0;
        }
        const auto rest = ByteView(*octets_).subspan(static_cast<std::size_t>(offset));
        const std::size_t count = std::min(rest.size(), out.size());
        std::ranges::copy(rest.first(count), out.begin());
        return count;
    }

private:
    std::shared_ptr<const Bytes> octets_;
};

}  // namespace

std::unique_ptr<BlobWriter> MemoryBlobStore::create(const BlobId& blob) {
    const std::lock_guard lock(mutex_);
    if (blobs_.contains(blob)) {
        throw Error(ErrorCode::kConflict, "blobs: the name is taken");
    }
    return std::make_unique<MemoryBlobWriter>(*this, blob);
}

std::unique_ptr<BlobReader> MemoryBlobStore::open(const BlobId& blob) {
    const std::lock_guard lock(mutex_);
    const auto found = blobs_.find(blob);
    if (found == blobs_.end()) {
        throw Error(ErrorCode::kNotFound, "blobs: no blob " + blob.text());
    }
    return std::make_unique<MemoryBlobReader>(found->second.octets);
}

void MemoryBlobStore::remove(const BlobId& blob) {
    const std::lock_guard lock(mutex_);
    blobs_.erase(blob);
}

std::vector<ListedBlob> MemoryBlobStore::list() {
    const std::lock_guard lock(mutex_);
    std::vector<ListedBlob> listed;
    for (const auto& [blob, entry] : blobs_) {
        listed.push_back({.blob = blob, .modified_at = entry.modified_at});
    }
    return listed;
}

void MemoryBlobStore::put(const BlobId& blob, Bytes octets) {
    const std::lock_guard lock(mutex_);
    blobs_[blob] = {.octets = std::make_shared<const Bytes>(std::move(octets)),
                    .modified_at = clock_.now()};
}

void MemoryErasureKeys::put(const ErasureKeyId& id, const crypto::SecretBytes& key) {
    VALV_CHECK(key.size() == kErasureKeyBytes);
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(id);
    if (found != keys_.end() &&
        !crypto::constant_time_equal(found->second.reveal(), key.reveal())) {
        throw Error(ErrorCode::kConflict, "erasure keys: another key stands for " + id.text());
    }
    keys_.insert_or_assign(id, key.clone());
}

std::optional<crypto::SecretBytes> MemoryErasureKeys::find(const ErasureKeyId& id) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(id);
    return found == keys_.end() ? std::nullopt : std::optional(found->second.clone());
}

void MemoryErasureKeys::destroy(const ErasureKeyId& id) {
    const std::lock_guard lock(mutex_);
    keys_.erase(id);
}

std::vector<ErasureKeyId> MemoryErasureKeys::list() {
    const std::lock_guard lock(mutex_);
    std::vector<ErasureKeyId> ids;
    for (const auto& [id, key] : keys_) {
        ids.push_back(id);
    }
    return ids;
}

}  // namespace valv::store
