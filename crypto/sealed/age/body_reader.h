#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/positioned.h"
#include "crypto/sealed/age/stream.h"
#include "crypto/sealed/file_key.h"

namespace valv::sealed {

// The key and the size that a body begins and ends with.
struct BodyFront {
    PayloadKey key;
    std::uint64_t plain_bytes = 0;
};
// Reads the nonce; the size follows from the file's and is not authenticated. Throws
// AgeFailure::kPayload for a size that no body has, kHeader when the nonce is cut.
[[nodiscard]] BodyFront read_body_front(const PositionedReader& body, const FileKey& file_key);

// A body opened at any place, chunk by chunk. The last chunk is authenticated first, because only
// it says where the body ends (c2sp.org/age "Payload"). Keeps one open chunk. Not thread-safe: one
// reader a thread, over the same file.
class BodyReader {
public:
    // `body` outlives the reader. Throws AgeFailure::kPayload, kHeader when the nonce is cut.
    BodyReader(const PositionedReader& body, const FileKey& file_key);

    // Octets of the plaintext, authenticated.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    // Fills `out` from `offset`. Throws kInvalidArgument when that passes the end, and
    // AgeFailure::kPayload; then `out` holds only octets that were authenticated, or is as it was.
    void read(std::uint64_t offset, std::span<std::uint8_t> out);

private:
    void open_chunk(std::uint64_t chunk);
    const PositionedReader* body_;
    std::uint64_t size_;
    ChunkCipher cipher_;
    Bytes sealed_;
    crypto::SecretBytes plain_;
    std::optional<std::uint64_t> open_chunk_;  // the chunk in plain_
};

}  // namespace valv::sealed
