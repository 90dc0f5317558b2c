#include "crypto/core/merkle.h"

#include <map>

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

// The reference leaves of RFC 6962 implementations.
std::vector<Hash> reference_leaves(std::size_t count) {
    const std::vector<const char*> entries{"",
                                           "00",
                                           "10",
                                           "2021",
                                           "3031",
                                           "40414243",
                                           "5051525354555657",
                                           "606162636465666768696a6b6c6d6e6f"};
    std::vector<Hash> leaves;
    for (std::size_t index = 0; index < count; ++index) {
        leaves.push_back(leaf_hash(from_hex(entries[index])));
    }
    return leaves;
}

TEST(MerkleTest, KnowsTheReferenceRoots) {
    const std::vector<std::pair<const char*, const char*>> roots{
        {"e3b0c442", "b855"}, {"6e340b9c", "a01d"}, {"fac54203", "c125"},
        {"aeb6bcfe", "6e77"}, {"d37ee418", "14b7"}, {"4e3bbb1f", "64d4"},
        {"76e67dad", "87ef"}, {"ddb89be4", "4c8c"}, {"5dc9da79", "4328"}};
    for (std::size_t count = 0; count < roots.size(); ++count) {
        const std::string root = to_hex(root_of(reference_leaves(count)));
        EXPECT_TRUE(root.starts_with(roots[count].first) && root.ends_with(roots[count].second))
            << count;
    }
    EXPECT_EQ(to_hex(root_of(reference_leaves(8))),
              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

// A tree straight from the definition of RFC 6962 section 2.1, to compare the frontier with.
Hash defined_root(std::span<const Hash> leaves) {
    if (leaves.empty()) {
        return empty_root();
    }
    if (leaves.size() == 1) {
        return leaves.front();
    }
    std::size_t split = 1;
    while (split * 2 < leaves.size()) {
        split *= 2;
    }
    return node_hash(defined_root(leaves.first(split)), defined_root(leaves.subspan(split)));
}

class TreeTest : public testing::Test {
protected:
    static constexpr std::uint64_t kLeaves = 70;
    TreeTest() {
        for (std::uint64_t index = 0; index < kLeaves; ++index) {
            leaves_.push_back(leaf_hash(be64(index)));
        }
    }
    [[nodiscard]] Hash root(std::uint64_t size) const {
        return defined_root(std::span(leaves_).first(size));
    }
    [[nodiscard]] TreeHead head(std::uint64_t size) const {
        return {.size = size, .root = root(size)};
    }

    std::vector<Hash> leaves_;
    NodeHashes accessor_ = [this](unsigned height, std::uint64_t index) {
        const std::uint64_t width = std::uint64_t{1} << height;
        return defined_root(std::span(leaves_).subspan(index * width, width));
    };
};

TEST_F(TreeTest, TheFrontierHasTheDefinedRootAtEverySize) {
    MerkleFrontier tree;
    for (std::uint64_t size = 0; size < kLeaves; ++size) {
        EXPECT_EQ(tree.root(), root(size)) << size;
        EXPECT_EQ(MerkleFrontier(tree.size(), tree.peaks()).root(), tree.root());
        tree.append(leaves_[size]);
    }
}

TEST_F(TreeTest, PeaksThatDoNotFitTheSizeAreMalformed) {
    EXPECT_EQ(test::error_of([] { static_cast<void>(MerkleFrontier(3, std::vector<Hash>(1))); }),
              "malformed");
}

TEST_F(TreeTest, EveryInclusionProofHolds) {
    for (std::uint64_t size = 1; size <= kLeaves; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const MerkleProof proof = inclusion_proof(accessor_, index, size);
            EXPECT_TRUE(verify_inclusion(leaves_[index], index, size, proof, root(size)))
                << index << " " << size;
        }
    }
}

// Three levels of tiles, the last ones partial.
TEST(TileProofTest, ProofsMadeFromTilesHold) {
    constexpr std::uint64_t kSize = 66'000;
    std::vector<std::vector<Hash>> levels(1);
    MerkleFrontier tree;
    std::map<std::uint64_t, Hash> roots;
    for (std::uint64_t index = 0; index < kSize; ++index) {
        levels[0].push_back(leaf_hash(be64(index)));
        tree.append(levels[0].back());
        roots[tree.size()] = tree.root();
    }
    for (unsigned level = 1; level < 3; ++level) {
        levels.emplace_back();
        for (std::uint64_t index = 0; index < tile_level_size(kSize, level); ++index) {
            levels[level].push_back(
                root_of(std::span(levels[level - 1]).subspan(index * kTileWidth, kTileWidth)));
        }
    }
    const NodeHashes nodes =
        nodes_of_tiles([&](unsigned level, std::uint64_t first, std::uint64_t count) {
            const auto part = std::span(levels.at(level)).subspan(first, count);
            return std::vector<Hash>(part.begin(), part.end());
        });
    for (const std::uint64_t index : {0U, 255U, 256U, 40'000U, 65'535U, 65'536U, 65'999U}) {
        const MerkleProof proof = inclusion_proof(nodes, index, kSize);
        EXPECT_TRUE(verify_inclusion(levels[0][index], index, kSize, proof, roots[kSize])) << index;
    }
    for (const std::uint64_t first : {1U, 256U, 257U, 65'536U, 65'999U}) {
        EXPECT_TRUE(verify_consistency({.size = first, .root = roots[first]},
                                       {.size = kSize, .root = roots[kSize]},
                                       consistency_proof(nodes, first, kSize)))
            << first;
    }
}

TEST_F(TreeTest, EveryConsistencyProofHolds) {
    for (std::uint64_t second = 0; second <= kLeaves; ++second) {
        for (std::uint64_t first = 0; first <= second; ++first) {
            const MerkleProof proof = consistency_proof(accessor_, first, second);
            EXPECT_TRUE(verify_consistency(head(first), head(second), proof))
                << first << " " << second;
        }
    }
}

// Every change of a proof: a hash flipped, dropped, added, swapped; another index, size, root,
// leaf.
TEST_F(TreeTest, DamagedInclusionProofsAreRefused) {
    for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 33U}) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const MerkleProof proof = inclusion_proof(accessor_, index, size);
            const auto holds = [&](std::uint64_t at, std::uint64_t of, const MerkleProof& hashes,
                                   const Hash& top) {
                return verify_inclusion(leaves_[index], at, of, hashes, top);
            };
            for (std::size_t at = 0; at < proof.size(); ++at) {
                MerkleProof damaged = proof;
                damaged[at][0] ^= 1U;
                EXPECT_FALSE(holds(index, size, damaged, root(size)));
                damaged = proof;
                damaged.erase(damaged.begin() + static_cast<std::ptrdiff_t>(at));
                EXPECT_FALSE(holds(index, size, damaged, root(size)));
                damaged = proof;
                damaged.insert(damaged.begin() + static_cast<std::ptrdiff_t>(at), Hash{});
                EXPECT_FALSE(holds(index, size, damaged, root(size)));
            }
            MerkleProof longer = proof;
            longer.push_back(root(size));
            EXPECT_FALSE(holds(index, size, longer, root(size)));
            EXPECT_FALSE(holds(index + 1, size, proof, root(size)));
            EXPECT_FALSE(holds(size, size, proof, root(size)));
            EXPECT_FALSE(holds(index, size, proof, root(size + 1)));
            EXPECT_FALSE(verify_inclusion(leaves_[index + 1], index, size, proof, root(size)));
        }
    }
}

TEST_F(TreeTest, DamagedConsistencyProofsAreRefused) {
    for (std::uint64_t second = 2; second <= 20; ++second) {
        for (std::uint64_t first = 1; first < second; ++first) {
            const MerkleProof proof = consistency_proof(accessor_, first, second);
            for (std::size_t at = 0; at < proof.size(); ++at) {
                MerkleProof damaged = proof;
                damaged[at][31] ^= 1U;
                EXPECT_FALSE(verify_consistency(head(first), head(second), damaged));
                damaged = proof;
                damaged.erase(damaged.begin() + static_cast<std::ptrdiff_t>(at));
                EXPECT_FALSE(verify_consistency(head(first), head(second), damaged));
            }
            MerkleProof longer = proof;
            longer.push_back(Hash{});
            EXPECT_FALSE(verify_consistency(head(first), head(second), longer));
            EXPECT_FALSE(
                verify_consistency({.size = first, .root = root(first + 1)}, head(second), proof));
            EXPECT_FALSE(
                verify_consistency(head(first), {.size = second, .root = root(second + 1)}, proof));
            EXPECT_FALSE(verify_consistency(head(second), head(first), proof));
        }
    }
}

TEST_F(TreeTest, EqualSizesTakeAnEmptyProofAndEqualRootsOnly) {
    EXPECT_TRUE(verify_consistency(head(5), head(5), {}));
    EXPECT_FALSE(verify_consistency(head(5), head(5), MerkleProof(1)));
    EXPECT_FALSE(verify_consistency(head(5), {.size = 5, .root = root(6)}, {}));
}

TEST_F(TreeTest, TheEmptyTreeComesBeforeEveryTree) {
    EXPECT_TRUE(verify_consistency(head(0), head(9), {}));
    EXPECT_FALSE(verify_consistency({.size = 0, .root = Hash{}}, head(9), {}));
    EXPECT_FALSE(verify_consistency(head(0), head(9), MerkleProof(1)));
}

}  // namespace
}  // namespace valv::crypto
