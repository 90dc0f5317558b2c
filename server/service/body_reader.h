#pragma once

#include <memory>
#include <vector>

#include "server/store/blobs.h"
#include "server/store/rows.h"

namespace valv::service {

// A body that lies in pieces, read as one. Opens one blob at a time. Not thread-safe.
class BodyReader {
public:
    BodyReader(store::BlobStore& blobs, std::vector<store::Piece> pieces, const crypto::Hash& root);
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    // The body root, for an ETag: a body never changes under it. Zeros for an upload that has none
    // yet.
    [[nodiscard]] const crypto::Hash& root() const noexcept { return root_; }
    // Up to out.size() octets from `offset`; 0 at the end. Throws kStore when a blob is shorter
    // than its row says.
    [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out);

private:
    store::BlobStore& blobs_;
    std::vector<store::Piece> pieces_;
    crypto::Hash root_;
    std::uint64_t size_ = 0;
    std::unique_ptr<store::BlobReader> open_blob_;
    std::size_t open_piece_ = 0;  // of open_blob_
};

}  // namespace valv::service
