#include "crypto/core/body_root.h"

#include <algorithm>
#include <array>
#include <limits>

#include "common/base/error.h"

namespace valv::crypto {

void BodyRoot::begin_leaf() {
    constexpr std::array<std::uint8_t, 1> kLeafPrefix{0};  // RFC 6962 section 2.1
    leaf_.update(kLeafPrefix);
}

void BodyRoot::end_leaf() {
    tree_.append(leaf_.finish());
    in_leaf_ = 0;
}

void BodyRoot::push(ByteView body) {
    while (!body.empty()) {
        if (in_leaf_ == 0) {
            begin_leaf();
        }
        const std::size_t leaf_bytes = tree_.size() == 0 ? kBodyNonceBytes : kBodyChunkBytes;
        const std::size_t taken = std::min(body.size(), leaf_bytes - in_leaf_);
        leaf_.update(body.first(taken));
        in_leaf_ += taken;
        size_ += taken;
        body = body.subspan(taken);
        if (in_leaf_ == leaf_bytes) {
            end_leaf();
        }
    }
}

Hash BodyRoot::finish() {
    if (in_leaf_ > 0) {
        end_leaf();
    }
    return tree_.root();
}

Hash body_root(ByteView body) {
    BodyRoot root;
    root.push(body);
    return root.finish();
}

std::uint64_t chunk_count(std::uint64_t plain_size) noexcept {
    return plain_size == 0 ? 1 : (plain_size - 1) / kPlainChunkBytes + 1;
}

std::uint64_t body_size(std::uint64_t plain_size) {
    constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max() / 2;
    VALV_CHECK(plain_size < kLargest);
    return kBodyNonceBytes + plain_size + chunk_count(plain_size) * kTagBytes;
}

std::uint64_t plain_size(std::uint64_t body_size) {
    if (body_size < kBodyNonceBytes + kTagBytes) {
        throw Error(ErrorCode::kMalformed, "body: too short");
    }
    const std::uint64_t chunks_size = body_size - kBodyNonceBytes;
    const std::uint64_t last = chunks_size % kBodyChunkBytes;
    const std::uint64_t full = chunks_size / kBodyChunkBytes;
    // An empty last chunk stands only alone (c2sp.org/age "Payload").
    if ((last != 0 && last < kTagBytes) || (last == kTagBytes && full > 0)) {
        throw Error(ErrorCode::kMalformed, "body: a size that no body has");
    }
    return chunks_size - (full + (last != 0 ? 1 : 0)) * kTagBytes;
}

}  // namespace valv::crypto
