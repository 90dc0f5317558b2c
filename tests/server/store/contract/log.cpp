#include "crypto/core/merkle.h"
#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class LogContract : public StoreContract {
protected:
    void append(const VaultId& vault, std::string_view event) {
        write([&](Tx& tx) { tx.log().append(vault, an_entry(event)); });
    }
    LogHead head(const VaultId& vault) {
        return read([&](Tx& tx) { return tx.log().head(vault); });
    }
};
VALV_FOR_EVERY_STORE(LogContract);

TEST_P(LogContract, AnEmptyLogHasTheEmptyRoot) {
    EXPECT_EQ(head(vault_).size, 0U);
    EXPECT_EQ(head(vault_).root, crypto::empty_root());
}

TEST_P(LogContract, TheRootIsThatOfTheLeavesAtEverySize) {
    std::vector<Hash> leaves;
    for (int number = 0; number < 20; ++number) {
        const std::string event = "event " + std::to_string(number);
        append(vault_, event);
        leaves.push_back(an_entry(event).leaf_hash);
        EXPECT_EQ(head(vault_).size, leaves.size());
        EXPECT_EQ(head(vault_).root, crypto::root_of(leaves));
    }
}

TEST_P(LogContract, SeveralLeavesOfOneTransactionKeepTheirOrder) {
    write([&](Tx& tx) {
        tx.log().append(vault_, an_entry("one"));
        tx.log().append(vault_, an_entry("two"));
    });
    const std::vector<Hash> expected{an_entry("one").leaf_hash, an_entry("two").leaf_hash};
    EXPECT_EQ(read([&](Tx& tx) { return tx.log().leaf_hashes(vault_, 0, 10); }), expected);
}

TEST_P(LogContract, ARolledBackLeafLeavesNoGap) {
    append(vault_, "one");
    write_and_throw([&](Tx& tx) { tx.log().append(vault_, an_entry("lost")); });
    append(vault_, "two");
    const std::vector<Hash> expected{an_entry("one").leaf_hash, an_entry("two").leaf_hash};
    EXPECT_EQ(read([&](Tx& tx) { return tx.log().leaf_hashes(vault_, 0, 10); }), expected);
    EXPECT_EQ(head(vault_).root, crypto::root_of(expected));
}

TEST_P(LogContract, VaultsHaveTheirOwnLogs) {
    append(vault_, "one");
    append(other_vault_, "other");
    append(vault_, "two");
    EXPECT_EQ(head(vault_).size, 2U);
    EXPECT_EQ(head(other_vault_).size, 1U);
    EXPECT_EQ(head(other_vault_).root, an_entry("other").leaf_hash);
}

TEST_P(LogContract, GivesRangesOfLeafHashes) {
    for (const auto* const event : {"a", "b", "c", "d"}) {
        append(vault_, event);
    }
    const auto range = [&](std::uint64_t first, std::uint64_t count) {
        return read([&](Tx& tx) { return tx.log().leaf_hashes(vault_, first, count); });
    };
    EXPECT_EQ(range(1, 2), (std::vector<Hash>{an_entry("b").leaf_hash, an_entry("c").leaf_hash}));
    EXPECT_EQ(range(3, 5), (std::vector<Hash>{an_entry("d").leaf_hash}));
    EXPECT_EQ(range(0, ~std::uint64_t{0}).size(), 4U);
    EXPECT_TRUE(range(4, 1).empty());
    EXPECT_TRUE(range(0, 0).empty());
}

TEST_P(LogContract, GivesTheEntriesBack) {
    append(vault_, "one");
    append(vault_, "two");
    const auto entries = read([&](Tx& tx) { return tx.log().entries(vault_, 1, 5); });
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].event, "two");
    EXPECT_EQ(entries[0].nonce, an_entry("two").nonce);
    EXPECT_EQ(entries[0].leaf_hash, an_entry("two").leaf_hash);
}

TEST_P(LogContract, KeepsTheHashesOfFullTiles) {
    std::vector<Hash> leaves;
    write([&](Tx& tx) {
        for (int number = 0; number < 600; ++number) {
            const LogEntry entry = an_entry("event " + std::to_string(number));
            tx.log().append(vault_, entry);
            tx.log().append(other_vault_, an_entry("other"));
            leaves.push_back(entry.leaf_hash);
        }
    });
    const auto tiles = [&](unsigned level, std::uint64_t first, std::uint64_t count) {
        return read([&](Tx& tx) { return tx.log().tile_hashes(vault_, level, first, count); });
    };
    const std::vector<Hash> full{crypto::root_of(std::span(leaves).first(256)),
                                 crypto::root_of(std::span(leaves).subspan(256, 256))};
    EXPECT_EQ(tiles(1, 0, 256), full);
    EXPECT_EQ(tiles(1, 1, 1), std::vector<Hash>{full[1]});
    EXPECT_EQ(tiles(0, 598, 256), (std::vector<Hash>{leaves[598], leaves[599]}));
    EXPECT_TRUE(tiles(2, 0, 256).empty());
}

TEST_P(LogContract, FindsALeafByItsHash) {
    append(other_vault_, "two");
    append(vault_, "one");
    append(vault_, "two");
    const auto find = [&](std::string_view event) {
        return read(
            [&](Tx& tx) { return tx.log().find_leaf(vault_, an_entry(event).leaf_hash, 0); });
    };
    EXPECT_EQ(find("two"), std::optional<std::uint64_t>(1));
    EXPECT_FALSE(find("three"));
}

TEST_P(LogContract, OneCheckpointForEachSize) {
    const auto put = [&](const VaultId& vault, std::string_view text) {
        write([&](Tx& tx) { tx.log().put_checkpoint(vault, 1, text); });
    };
    EXPECT_FALSE(read([&](Tx& tx) { return tx.log().find_checkpoint(vault_, 1); }));
    put(vault_, "first");
    put(vault_, "first");
    EXPECT_EQ(code_thrown_by([&] { put(vault_, "second"); }), ErrorCode::kConflict);
    EXPECT_EQ(read([&](Tx& tx) { return tx.log().find_checkpoint(vault_, 1); }), "first");
    put(other_vault_, "second");
    EXPECT_EQ(read([&](Tx& tx) { return tx.log().find_checkpoint(other_vault_, 1); }), "second");
    EXPECT_FALSE(read([&](Tx& tx) { return tx.log().find_checkpoint(vault_, 2); }));
}

}  // namespace valv::store::testing
