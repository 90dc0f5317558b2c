#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/base/bytes.h"
#include "crypto/core/hash.h"

// RFC 6962 section 2.1 Merkle trees over SHA-256, proofs as in RFC 9162 sections 2.1.3 and 2.1.4,
// and the tiles of c2sp.org/tlog-tiles.
namespace valv::crypto {

[[nodiscard]] Hash leaf_hash(ByteView entry);                       // SHA-256(00 ‖ entry)
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(01 ‖ left ‖ right)
[[nodiscard]] Hash empty_root();                                    // SHA-256("")
[[nodiscard]] Hash root_of(std::span<const Hash> leaf_hashes);

// The right edge of a tree: enough to append and to know the root. At most 64 hashes.
class MerkleFrontier {
public:
    MerkleFrontier() = default;
    // `peaks`: the roots of the perfect subtrees from left to right, one per 1-bit of size. Throws
    // kMalformed.
    MerkleFrontier(std::uint64_t size, std::vector<Hash> peaks);

    void append(const Hash& leaf_hash);
    [[nodiscard]] Hash root() const;
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] const std::vector<Hash>& peaks() const noexcept { return peaks_; }

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;
};

// The root of the perfect subtree over the leaves [index · 2^height, (index + 1) · 2^height). Asked
// for whole subtrees only; height 0 is a leaf hash.
using NodeHashes = std::function<Hash(unsigned height, std::uint64_t index)>;
// Hashes `first` … `first + count − 1` of a level of tiles; level 0: leaf hashes.
using TileHashes =
    std::function<std::vector<Hash>(unsigned level, std::uint64_t first, std::uint64_t count)>;
// The nodes between the levels of tiles. Keeps `tiles`.
[[nodiscard]] NodeHashes nodes_of_tiles(TileHashes tiles);
using MerkleProof = std::vector<Hash>;

// RFC 9162 section 2.1.1: root of the leaves [begin, end), begin < end, where `begin` is a multiple
// of a power of 2 ≥ end − begin (so is 0, and every range of a proof).
[[nodiscard]] Hash subtree_root(const NodeHashes& nodes, std::uint64_t begin, std::uint64_t end);
// Section 2.1.3.1. index < size, checked. Some 2 · log2(size) nodes are asked for.
[[nodiscard]] MerkleProof inclusion_proof(const NodeHashes& nodes, std::uint64_t index,
                                          std::uint64_t size);
// Section 2.1.4.1. first ≤ second, checked; empty for first = 0 and for equal sizes.
[[nodiscard]] MerkleProof consistency_proof(const NodeHashes& nodes, std::uint64_t first,
                                            std::uint64_t second);

// Section 2.1.3.2.
[[nodiscard]] bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                                    std::span<const Hash> proof, const Hash& root);

struct TreeHead {
    std::uint64_t size = 0;
    Hash root{};
    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

// Section 2.1.4.2. Equal sizes: empty proof and equal roots. First size 0: empty proof, and its
// root the empty root.
[[nodiscard]] bool verify_consistency(const TreeHead& first, const TreeHead& second,
                                      std::span<const Hash> proof);

// ---- tiles (c2sp.org/tlog-tiles): 256 hashes a tile, height 8 ----
constexpr unsigned kTileHeight = 8;
constexpr std::uint64_t kTileWidth = 256;

struct TileId {
    unsigned level = 0;  // 0 = leaf hashes
    std::uint64_t index = 0;
    std::uint64_t width = kTileWidth;  // < 256: partial
    friend bool operator==(const TileId&, const TileId&) = default;
};

// `tile/L/N` or `tile/L/N.p/W`; N in groups of three digits: 1234067 is `x001/x234/067`.
[[nodiscard]] std::string tile_path(const TileId& tile);
// `tile/entries/N[.p/W]`
[[nodiscard]] std::string entries_path(const TileId& tile);
// Strict; nothing when the path is not the canonical one of a tile. `level` of entries is 0.
[[nodiscard]] std::optional<TileId> parse_tile_path(std::string_view path);
// Hashes that stand at `level` in a tree of `size` leaves: size / 256^level.
[[nodiscard]] std::uint64_t tile_level_size(std::uint64_t size, unsigned level);
// Width of tile (level, index) in a tree of `size`; 0 when there is no such tile yet.
[[nodiscard]] std::uint64_t tile_width_at(std::uint64_t size, unsigned level, std::uint64_t index);
// The tiles that are new in a tree of `second` against one of `first` (full ones once, the partial
// ones at the edge).
[[nodiscard]] std::vector<TileId> new_tiles(std::uint64_t first, std::uint64_t second);

}  // namespace valv::crypto
