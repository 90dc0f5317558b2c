#include "client/lib/log_mirror.h"

#include <gtest/gtest.h>

#include "crypto/core/checkpoint.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

std::vector<crypto::Hash> leaves(std::size_t count, std::string_view seed = "leaf") {
    std::vector<crypto::Hash> hashes;
    for (std::size_t index = 0; index < count; ++index) {
        hashes.push_back(crypto::leaf_hash(as_bytes(std::string(seed) + std::to_string(index))));
    }
    return hashes;
}

crypto::Hash root_of_first(const std::vector<crypto::Hash>& all, std::size_t size) {
    return crypto::root_of(std::span(all).first(size));
}

TEST(LogTreeTest, KnowsTheRootOfEverySize) {
    const auto all = leaves(70);
    LogTree tree;
    for (const crypto::Hash& leaf : all) {
        tree.append(leaf);
    }
    for (std::size_t size = 0; size <= all.size(); ++size) {
        EXPECT_EQ(tree.root_at(size), root_of_first(all, size)) << size;
    }
}

TEST(LogTreeTest, ProvesInclusionAndConsistencyAtEverySize) {
    const auto all = leaves(70);
    LogTree tree;
    for (const crypto::Hash& leaf : all) {
        tree.append(leaf);
    }
    for (std::uint64_t size = 1; size <= all.size(); ++size) {
        const crypto::TreeHead head{.size = size, .root = tree.root_at(size)};
        for (std::uint64_t index = 0; index < size; ++index) {
            EXPECT_TRUE(crypto::verify_inclusion(all[static_cast<std::size_t>(index)], index, size,
                                                 tree.inclusion_proof(index, size), head.root));
            EXPECT_TRUE(crypto::verify_consistency({.size = index, .root = tree.root_at(index)},
                                                   head, tree.consistency_proof(index, size)));
        }
    }
}

TEST(LogTreeTest, GrowsOnAfterTruncation) {
    const auto all = leaves(40);
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        LogTree tree;
        for (const crypto::Hash& leaf : leaves(40, "other")) {
            tree.append(leaf);
        }
        tree.truncate(0);
        for (std::size_t index = 0; index < all.size(); ++index) {
            tree.append(all[index]);
        }
        tree.truncate(cut);
        for (std::size_t index = cut; index < all.size(); ++index) {
            tree.append(all[index]);
        }
        EXPECT_EQ(tree.root_at(all.size()), root_of_first(all, all.size())) << cut;
    }
}

// A log of its own: leaves, key, and what goes wrong.
struct FakeLog final : Transport {
    Response call(const Call& call) override {
        ++calls;
        if (call.route == protocol::RouteName::kGetCheckpoint) {
            return {.status = 200, .headers = {}, .body = checkpoint()};
        }
        const auto tile = crypto::parse_tile_path(call.path.substr(call.path.find("tile/")));
        VALV_CHECK(tile && tile->level == 0);
        Bytes body;
        for (std::uint64_t index = tile->index * crypto::kTileWidth;
             index < tile->index * crypto::kTileWidth + tile->width; ++index) {
            append(body, tiles.at(static_cast<std::size_t>(index)));
        }
        return {.status = 200, .headers = {}, .body = body};
    }
    [[nodiscard]] Bytes checkpoint() const {
        const crypto::TreeHead head{.size = signed_leaves.size(),
                                    .root = crypto::root_of(signed_leaves)};
        return crypto::sign_checkpoint({.origin = crypto::log_origin(vault), .head = head}, key);
    }
    void set(std::vector<crypto::Hash> all) {
        tiles = all;
        signed_leaves = std::move(all);
    }
    VaultId vault;
    valv::test::SeededRandom random{"log"};
    crypto::SigningKey key = crypto::SigningKey::random(random);
    std::vector<crypto::Hash> tiles;
    std::vector<crypto::Hash> signed_leaves;
    std::size_t calls = 0;
};

struct LogMirrorTest : testing::Test {
    crypto::TreeHead sync() {
        mirror.emplace(folder / "log");
        pinned = mirror->sync(log, log.vault, log.key.public_key(), pinned);
        return pinned;
    }
    std::string failure() {
        return failure_of([&] { return sync(); });
    }
    TempFolder folder;
    FakeLog log;
    crypto::TreeHead pinned{.size = 0, .root = crypto::empty_root()};
    std::optional<LogMirror> mirror;
};

TEST_F(LogMirrorTest, FollowsALogOverTileEdges) {
    const auto all = leaves(1100);
    for (const int size : {0, 1, 255, 256, 257, 700, 1100}) {
        log.set({all.begin(), all.begin() + size});
        const auto count = static_cast<std::size_t>(size);
        EXPECT_EQ(sync().root, root_of_first(all, count)) << size;
        EXPECT_EQ(mirror->root_at(count / 2), root_of_first(all, count / 2));
    }
}

TEST_F(LogMirrorTest, UnchangedLogCostsOneCall) {
    log.set(leaves(300));
    (void)sync();
    log.calls = 0;
    (void)sync();
    EXPECT_EQ(log.calls, 1U);
}

TEST_F(LogMirrorTest, ShorterLogIsRolledBack) {
    log.set(leaves(300));
    (void)sync();
    log.set(leaves(299));
    EXPECT_EQ(failure(), "state_rolled_back");
}

TEST_F(LogMirrorTest, OtherRootOfTheSameSizeIsForked) {
    log.set(leaves(300));
    (void)sync();
    log.set(leaves(300, "other"));
    EXPECT_EQ(failure(), "state_forked");
}

TEST_F(LogMirrorTest, LongerLogOfAnotherHistoryIsForked) {
    log.set(leaves(300));
    (void)sync();
    log.set(leaves(310, "other"));
    EXPECT_EQ(failure(), "state_forked");
}

TEST_F(LogMirrorTest, WrongTileIsInconsistent) {
    log.set(leaves(300));
    (void)sync();
    log.set(leaves(310));
    log.tiles[305][0] ^= 1U;
    EXPECT_EQ(failure(), "log_inconsistent");
}

TEST_F(LogMirrorTest, OtherKeyIsNoSignature) {
    log.set(leaves(3));
    log.key = crypto::SigningKey::random(log.random);
    const crypto::VerifyKey pinned_key = crypto::SigningKey::random(log.random).public_key();
    mirror.emplace(folder / "log");
    EXPECT_EQ(failure_of([&] { return mirror->sync(log, log.vault, pinned_key, pinned); }),
              "log_signature_invalid");
}

TEST_F(LogMirrorTest, LostOrDamagedCopyIsFetchedAgain) {
    log.set(leaves(300));
    (void)sync();
    std::filesystem::remove(folder / "log");
    log.set(leaves(301));
    EXPECT_EQ(sync().size, 301U);
    write_file(folder / "log", as_bytes("rubbish"));
    log.set(leaves(302));
    EXPECT_EQ(sync().size, 302U);
}

// What an approval pins before anything was read.
TEST_F(LogMirrorTest, PinWithoutACopyIsCheckedAgainstTheTiles) {
    log.set(leaves(300));
    pinned = {.size = 200, .root = crypto::root_of(leaves(200))};
    EXPECT_EQ(sync().size, 300U);
    pinned = {.size = 200, .root = crypto::root_of(leaves(200, "other"))};
    std::filesystem::remove(folder / "log");
    EXPECT_EQ(failure(), "state_forked");
}

}  // namespace
}  // namespace valv::client::test
