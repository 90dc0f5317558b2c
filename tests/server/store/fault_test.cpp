#include <algorithm>
#include <cerrno>

#include <gtest/gtest.h>

#include "server/store/files/file_blob_store.h"
#include "server/store/files/file_erasure_keys.h"
#include "tests/server/store/contract/contract.h"
#include "tests/server/store/disk_faults.h"

namespace valv::store::testing {

class DiskFaultTest : public ::testing::Test {
protected:
    std::optional<ErrorCode> raise(SqliteStore& store, Instant now) {
        return code_thrown_by(
            [&] { store.transact(TxKind::kWrite, [&](Tx& tx) { tx.raise_time(now); }); });
    }
    Instant time(SqliteStore& store) {
        return store.transact(TxKind::kRead, [](Tx& tx) { return tx.time_high_water(); });
    }
    std::filesystem::path database() { return folder_.path() / "store.db"; }
    TemporaryFolder folder_;
};

TEST_F(DiskFaultTest, AFailedFsyncOfACommitMakesTheStoreReadOnlyUntilARestart) {
    {
        SqliteStore store(database());
        EXPECT_FALSE(raise(store, kNow));
        {
            const DiskFault fault(DiskCall::kSync, EIO, "store.db");
            EXPECT_EQ(raise(store, kNow + std::chrono::hours(1)), ErrorCode::kUnavailable);
            EXPECT_EQ(DiskFault::failed_calls(), 1);  // never tried again
        }
        EXPECT_FALSE(store.is_writable());
        EXPECT_EQ(raise(store, kNow + std::chrono::hours(2)), ErrorCode::kUnavailable);
        EXPECT_EQ(time(store), kNow);
    }
    SqliteStore again(database());
    EXPECT_TRUE(again.is_writable());
    EXPECT_GE(time(again), kNow);  // which of the two happened is unknown
    EXPECT_TRUE(again.integrity_faults().empty());
}

TEST_F(DiskFaultTest, AFailedWriteMakesTheStoreReadOnly) {
    SqliteStore store(database());
    const DiskFault fault(DiskCall::kWrite, EIO, "store.db-wal");
    EXPECT_EQ(raise(store, kNow), ErrorCode::kUnavailable);
    EXPECT_FALSE(store.is_writable());
}

TEST_F(DiskFaultTest, AFailedCheckpointMakesTheStoreReadOnlyButKeepsWhatWasCommitted) {
    {
        SqliteStore store(database(), {.checkpoint_pages = 1});
        const DiskFault fault(DiskCall::kWrite, EIO, "store.db$");  // commits write only the WAL
        EXPECT_FALSE(raise(store, kNow));  // answered before the checkpoint
        EXPECT_EQ(raise(store, kNow + std::chrono::hours(1)), ErrorCode::kUnavailable);
        EXPECT_FALSE(store.is_writable());
        EXPECT_EQ(time(store), kNow);
    }
    SqliteStore reopened(database());
    EXPECT_EQ(time(reopened), kNow);
    EXPECT_TRUE(reopened.integrity_faults().empty());
}

TEST_F(DiskFaultTest, AFullDiskRefusesAndTheStoreGoesOn) {
    SqliteStore store(database());
    {
        const DiskFault fault(DiskCall::kWrite, ENOSPC, "store.db");
        EXPECT_EQ(raise(store, kNow), ErrorCode::kStorageFull);
    }
    EXPECT_TRUE(store.is_writable());
    EXPECT_EQ(time(store), Instant{});
    EXPECT_FALSE(raise(store, kNow));
    EXPECT_EQ(time(store), kNow);
}

TEST_F(DiskFaultTest, TheReserveIsFreedAndTheWriteRunsAgain) {
    std::optional<DiskFault> fault;
    SqliteStore store(database(), {.free_reserve = [&] { fault.reset(); }});
    int runs = 0;
    fault.emplace(DiskCall::kWrite, ENOSPC, "store.db");
    store.transact(TxKind::kWrite, [&](Tx& tx) {
        ++runs;
        tx.raise_time(kNow);
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(time(store), kNow);
}

class BlobFaultTest : public ::testing::Test {
protected:
    // Writes one blob and gives what that threw.
    std::optional<ErrorCode> put() {
        return code_thrown_by([&] {
            const auto writer = blobs_.create(id_of<BlobId>("blob"));
            writer->append(as_bytes("ciphertext"));
            writer->commit();
        });
    }
    TemporaryFolder folder_;
    FileBlobStore blobs_{folder_.path()};
};

TEST_F(BlobFaultTest, AFailedFsyncIsNotRetriedAndTheFileGoes) {
    {
        const DiskFault fault(DiskCall::kSync, EIO, id_of<BlobId>("blob").text());
        EXPECT_EQ(put(), ErrorCode::kIo);
        EXPECT_EQ(DiskFault::failed_calls(), 1);
    }
    EXPECT_TRUE(blobs_.list().empty());
    EXPECT_FALSE(put());
}

TEST_F(BlobFaultTest, AFailedFsyncOfTheFolderFailsTheBlob) {
    const DiskFault fault(DiskCall::kSync, EIO, folder_.path().string(),
                          2);  // after the new folder's and the file's
    EXPECT_EQ(put(), ErrorCode::kIo);
    EXPECT_TRUE(blobs_.list().empty());
}

TEST_F(BlobFaultTest, AFullDiskFailsTheBlobAndTheFileGoes) {
    const DiskFault fault(DiskCall::kWrite, ENOSPC, folder_.path().string());
    EXPECT_EQ(put(), ErrorCode::kStorageFull);
    EXPECT_TRUE(blobs_.list().empty());
}

TEST(ErasureFaultTest, AKeyWhoseOverwriteFailedIsNotReportedAsDestroyed) {
    const TemporaryFolder folder;
    FileErasureKeys keys(folder.path());
    const auto id = id_of<ErasureKeyId>("case");
    keys.put(id, crypto::SecretBytes::from(hash_of("key")));
    const DiskFault fault(DiskCall::kSync, EIO, id.text());
    EXPECT_EQ(code_thrown_by([&] { keys.destroy(id); }), ErrorCode::kIo);
    EXPECT_EQ(keys.list().size(), 1U);
}

}  // namespace valv::store::testing
