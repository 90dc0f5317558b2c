#include "server/store/sqlite/writer.h"

#include <algorithm>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "server/store/sqlite/schema.h"
#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class WriterTest : public ::testing::Test {
protected:
    TemporaryFolder folder_;
    std::filesystem::path database_ = folder_.path() / "store.db";
};

TEST_F(WriterTest, AJobThatFailsInAGroupTakesNoOtherWithIt) {
    SqliteStore store(database_);
    constexpr int kJobs = 64;
    std::latch start(kJobs);
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < kJobs; ++number) {
        threads.emplace_back([&, number] {
            start.arrive_and_wait();
            const auto code = code_thrown_by([&] {
                store.transact(TxKind::kWrite, [&](Tx& tx) {
                    tx.log().append(id_of<VaultId>("vault"), an_entry(std::to_string(number)));
                    if (number % 2 == 1) {
                        throw Error(ErrorCode::kConflict, "planned");
                    }
                });
            });
            failed += code == ErrorCode::kConflict ? 1 : 0;
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(failed, kJobs / 2);
    const auto head = store.transact(TxKind::kRead,
                                     [](Tx& tx) { return tx.log().head(id_of<VaultId>("vault")); });
    EXPECT_EQ(head.size, std::uint64_t{kJobs / 2});
}

TEST_F(WriterTest, WhatWasAnsweredIsThereAfterAReopen) {
    {
        SqliteStore store(database_);
        store.transact(TxKind::kWrite, [](Tx& tx) { tx.raise_time(kNow); });
    }
    SqliteStore again(database_);
    EXPECT_EQ(again.transact(TxKind::kRead, [](Tx& tx) { return tx.time_high_water(); }), kNow);
}

TEST_F(WriterTest, AReaderKeepsItsSnapshotWhileOthersWrite) {
    SqliteStore store(database_);
    const auto [before, after] = store.transact(TxKind::kRead, [&](Tx& tx) {
        const Instant first = tx.time_high_water();
        store.transact(TxKind::kWrite, [](Tx& writing) { writing.raise_time(kNow); });
        return std::pair(first, tx.time_high_water());
    });
    EXPECT_EQ(before, after);
}

TEST_F(WriterTest, MigratesOnceAndKnowsItsVersion) {
    Connection connection(database_, Connection::Access::kWrite);
    migrate(connection);
    migrate(connection);
    Statement version = connection.query("PRAGMA user_version");
    ASSERT_TRUE(version.step());
    EXPECT_EQ(version.integer(0), newest_schema());
}

TEST_F(WriterTest, ADatabaseOfANewerProgramIsRefused) {
    {
        Connection connection(database_, Connection::Access::kWrite);
        migrate(connection);
        connection.execute("PRAGMA user_version = 999");
    }
    EXPECT_EQ(code_thrown_by([&] { const SqliteStore store(database_); }), ErrorCode::kStore);
}

TEST_F(WriterTest, AnEmptyBlobIsNotNull) {
    Connection connection(database_, Connection::Access::kWrite);
    Statement row = connection.query("SELECT ?, ?", Bytes{}, std::string_view{});
    ASSERT_TRUE(row.step());
    EXPECT_FALSE(row.is_null(0));
    EXPECT_FALSE(row.is_null(1));
}

TEST_F(WriterTest, AnIntegerPastTheRangeIsRefusedNotWrapped) {
    Connection connection(database_, Connection::Access::kWrite);
    EXPECT_EQ(
        code_thrown_by([&] { static_cast<void>(connection.query("SELECT ?", ~std::uint64_t{0})); }),
        ErrorCode::kInvalidArgument);
}

}  // namespace valv::store::testing
