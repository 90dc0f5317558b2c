#pragma once

#include "common/base/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/merkle.h"

namespace valv::crypto {

constexpr std::size_t kBodyNonceBytes = 16;
constexpr std::size_t kPlainChunkBytes = 65'536;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kBodyChunkBytes = kPlainChunkBytes + kTagBytes;  // 65 552

// The body root of docs/formats.md section 2: RFC 6962 tree over leaf 0 = the 16-octet nonce and
// then one leaf per ciphertext chunk of 65 552 octets (the last may be shorter). Takes the body in
// any split; constant memory. Not thread-safe.
class BodyRoot {
public:
    void push(ByteView body);
    // The root of all that was pushed. An empty body has the empty root; a short one has what is
    // there as its leaf, so the caller checks sizes.
    [[nodiscard]] Hash finish();
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

private:
    void begin_leaf();
    void end_leaf();
    Sha256 leaf_;
    MerkleFrontier tree_;
    std::size_t in_leaf_ = 0;  // octets in the open leaf
    std::uint64_t size_ = 0;
};

[[nodiscard]] Hash body_root(ByteView body);

// Chunks of a plaintext: at least one.
[[nodiscard]] std::uint64_t chunk_count(std::uint64_t plain_size) noexcept;
// Octets of a body of `plain_size` octets: nonce and 16 octets for each chunk, at least one
// (c2sp.org/age "Payload").
[[nodiscard]] std::uint64_t body_size(std::uint64_t plain_size);
// The inverse; throws kMalformed for a size that no body has.
[[nodiscard]] std::uint64_t plain_size(std::uint64_t body_size);

}  // namespace valv::crypto
