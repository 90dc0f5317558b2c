#include "crypto/sealed/age/body_reader.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"

namespace valv::sealed {
BodyFront read_body_front(const PositionedReader& body, const FileKey& file_key) {
    if (body.size() < kBodyNonceBytes) {
        fail(AgeFailure::kHeader, "the payload's nonce is missing");  // the class of the test kit
    }
    BodyNonce nonce{};
    body.read_at(0, nonce);
    try {
        return {.key = payload_key(file_key, nonce),
                .plain_bytes = crypto::plain_size(body.size())};
    } catch (const Error& error) {
        if (error.code() != ErrorCode::kMalformed) {
            throw;
        }
        fail(AgeFailure::kPayload, "no payload has this length");
    }
}

BodyReader::BodyReader(const PositionedReader& body, const FileKey& file_key)
    : body_(&body),
      size_(0),
      cipher_([&] {
          const BodyFront front = read_body_front(body, file_key);
          size_ = front.plain_bytes;
          return ChunkCipher(front.key);
      }()),
      sealed_(kBodyChunkBytes),
      plain_(kPlainChunkBytes) {
    open_chunk(crypto::chunk_count(size_) - 1);
}

void BodyReader::open_chunk(std::uint64_t chunk) {
    if (open_chunk_ == chunk) {
        return;
    }
    open_chunk_.reset();
    const std::uint64_t offset = kBodyNonceBytes + chunk * kBodyChunkBytes;
    const std::span<std::uint8_t> sealed = std::span(sealed_).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(kBodyChunkBytes, body_->size() - offset)));
    body_->read_at(offset, sealed);
    const ChunkPlace place =
        chunk == crypto::chunk_count(size_) - 1 ? ChunkPlace::kLast : ChunkPlace::kInner;
    if (!cipher_.open_chunk(chunk, place, sealed, plain_.reveal_for_writing())) {
        fail(AgeFailure::kPayload, "a chunk does not open");
    }
    open_chunk_ = chunk;
}

void BodyReader::read(std::uint64_t offset, std::span<std::uint8_t> out) {
    if (offset > size_ || out.size() > size_ - offset) {
        throw Error(ErrorCode::kInvalidArgument, "age: reading past the end of a body");
    }
    while (!out.empty()) {
        open_chunk(offset / kPlainChunkBytes);
        const auto in_chunk = static_cast<std::size_t>(offset % kPlainChunkBytes);
        const std::size_t taken = std::min(out.size(), kPlainChunkBytes - in_chunk);
        std::ranges::copy(plain_.reveal().subspan(in_chunk, taken), out.begin());
        offset += taken;
        out = out.subspan(taken);
    }
}

}  // namespace valv::sealed
