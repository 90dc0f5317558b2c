#include "server/service/body_reader.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"

namespace valv::service {

BodyReader::BodyReader(store::BlobStore& blobs, std::vector<store::Piece> pieces,
                       const crypto::Hash& root)
    : blobs_(blobs), pieces_(std::move(pieces)), root_(root) {
    for (const store::Piece& piece : pieces_) {
        size_ += piece.size;
    }
}

std::size_t BodyReader::read_at(std::uint64_t offset, std::span<std::uint8_t> out) {
    std::uint64_t start = 0;
    for (std::size_t index = 0; index < pieces_.size(); ++index) {
        const store::Piece& piece = pieces_[index];
        if (offset >= start + piece.size) {
            start += piece.size;
            continue;
        }
        if (!open_blob_ || open_piece_ != index) {
            open_blob_ = blobs_.open(piece.blob);
            open_piece_ = index;
        }
        const std::uint64_t left = start + piece.size - offset;
        const std::size_t count = open_blob_->read_at(
            offset - start, out.first(std::min<std::uint64_t>(left, out.size())));
        if (count == 0 && !out.empty()) {
            throw Error(ErrorCode::kStore, "body: a blob is shorter than its row says");
        }
        return count;
    }
    return 0;
}

}  // namespace valv::service
