#include "crypto/core/merkle.h"

#include <algorithm>
#include <array>
#include <bit>

#include "common/base/error.h"

namespace valv::crypto {
namespace {

constexpr std::array<std::uint8_t, 1> kLeafPrefix{0};
constexpr std::uint8_t kNodePrefix = 1;

// RFC 6962 section 2.1: the largest power of two below `count`; count ≥ 2.
std::uint64_t split_of(std::uint64_t count) {
    return std::bit_floor(count - 1);
}

// The flag b of RFC 9162 section 2.1.4.1: does the verifier know the root of this subtree already?
enum class OldRoot { kKnown, kUnknown };

// SUBPROOF of that section.
MerkleProof subproof(const NodeHashes& nodes, std::uint64_t first, std::uint64_t begin,
                     std::uint64_t end, OldRoot old_root) {
    const std::uint64_t count = end - begin;
    if (first == count) {
        return old_root == OldRoot::kKnown ? MerkleProof{}
                                           : MerkleProof{subtree_root(nodes, begin, end)};
    }
    const std::uint64_t split = split_of(count);
    if (first <= split) {
        MerkleProof proof = subproof(nodes, first, begin, begin + split, old_root);
        proof.push_back(subtree_root(nodes, begin + split, end));
        return proof;
    }
    MerkleProof proof = subproof(nodes, first - split, begin + split, end, OldRoot::kUnknown);
    proof.push_back(subtree_root(nodes, begin, begin + split));
    return proof;
}

MerkleProof path(const NodeHashes& nodes, std::uint64_t index, std::uint64_t begin,
                 std::uint64_t end) {
    if (end - begin == 1) {
        return {};
    }
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool is_left = index < middle;
    MerkleProof proof =
        is_left ? path(nodes, index, begin, middle) : path(nodes, index, middle, end);
    proof.push_back(is_left ? subtree_root(nodes, middle, end)
                            : subtree_root(nodes, begin, middle));
    return proof;
}

}  // namespace

Hash leaf_hash(ByteView entry) {
    return sha256({kLeafPrefix, entry});
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 1 + 2 * kHashBytes> node{kNodePrefix};
    std::ranges::copy(left, node.begin() + 1);
    std::ranges::copy(right, node.begin() + 1 + kHashBytes);
    return sha256(ByteView(node));
}

Hash empty_root() {
    return sha256(ByteView{});
}

Hash root_of(std::span<const Hash> leaf_hashes) {
    MerkleFrontier tree;
    for (const Hash& leaf : leaf_hashes) {
        tree.append(leaf);
    }
    return tree.root();
}

MerkleFrontier::MerkleFrontier(std::uint64_t size, std::vector<Hash> peaks)
    : size_(size), peaks_(std::move(peaks)) {
    if (peaks_.size() != static_cast<std::size_t>(std::popcount(size))) {
        throw Error(ErrorCode::kMalformed, "merkle: the number of peaks does not fit the size");
    }
}

void MerkleFrontier::append(const Hash& leaf_hash) {
    Hash hash = leaf_hash;
    for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
        hash = node_hash(peaks_.back(), hash);
        peaks_.pop_back();
    }
    peaks_.push_back(hash);
    ++size_;
}

Hash MerkleFrontier::root() const {
    if (peaks_.empty()) {
        return empty_root();
    }
    Hash hash = peaks_.back();
    for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) {
        hash = node_hash(*peak, hash);
    }
    return hash;
}

NodeHashes nodes_of_tiles(TileHashes tiles) {
    return [tiles = std::move(tiles)](unsigned height, std::uint64_t index) {
        const unsigned above = height % kTileHeight;
        return root_of(tiles(height / kTileHeight, index << above, std::uint64_t{1} << above));
    };
}

Hash subtree_root(const NodeHashes& nodes, std::uint64_t begin, std::uint64_t end) {
    VALV_CHECK(begin < end);
    const std::uint64_t first = std::bit_floor(end - begin);
    const auto height = static_cast<unsigned>(std::countr_zero(first));
    const Hash left = nodes(height, begin >> height);
    return begin + first == end ? left : node_hash(left, subtree_root(nodes, begin + first, end));
}

MerkleProof inclusion_proof(const NodeHashes& nodes, std::uint64_t index, std::uint64_t size) {
    VALV_CHECK(index < size);
    return path(nodes, index, 0, size);
}

MerkleProof consistency_proof(const NodeHashes& nodes, std::uint64_t first, std::uint64_t second) {
    VALV_CHECK(first <= second);
    if (first == 0 || first == second) {
        return {};
    }
    return subproof(nodes, first, 0, second, OldRoot::kKnown);
}

bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> proof, const Hash& root) {
    if (index >= size) {
        return false;
    }
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    Hash hash = leaf_hash;
    for (const Hash& sibling : proof) {
        if (sn == 0) {
            return false;
        }
        if ((fn & 1U) != 0 || fn == sn) {
            hash = node_hash(sibling, hash);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && hash == root;
}

namespace {

// RFC 9162 section 2.1.4.2 for 0 < first < second, `proof` with the first root put in front when
// first is a power of 2.
bool verify_between(const TreeHead& first, const TreeHead& second, std::span<const Hash> proof) {
    std::uint64_t fn = first.size - 1;
    std::uint64_t sn = second.size - 1;
    while ((fn & 1U) != 0) {
        fn >>= 1U;
        sn >>= 1U;
    }
    Hash fr = proof.front();
    Hash sr = proof.front();
    for (const Hash& hash : proof.subspan(1)) {
        if (sn == 0) {
            return false;
        }
        if ((fn & 1U) != 0 || fn == sn) {
            fr = node_hash(hash, fr);
            sr = node_hash(hash, sr);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            sr = node_hash(sr, hash);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && fr == first.root && sr == second.root;
}

}  // namespace

bool verify_consistency(const TreeHead& first, const TreeHead& second,
                        std::span<const Hash> proof) {
    if (first.size > second.size) {
        return false;
    }
    if (first.size == second.size) {
        return proof.empty() && first.root == second.root;
    }
    if (first.size == 0) {
        return proof.empty() && first.root == empty_root();
    }
    if (proof.empty()) {
        return false;
    }
    MerkleProof whole;
    if (std::has_single_bit(first.size)) {
        whole.push_back(first.root);
    }
    whole.insert(whole.end(), proof.begin(), proof.end());
    return verify_between(first, second, whole);
}

}  // namespace valv::crypto
