#include "server/store/files/file_blob_store.h"
#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

// For every BlobStore.
class BlobContract : public ::testing::TestWithParam<std::string> {
protected:
    BlobStore& blobs() { return *blobs_; }
    void SetUp() override {
        if (GetParam() == "Memory") {
            blobs_ = std::make_unique<MemoryBlobStore>(clock_);
        } else {
            blobs_ = std::make_unique<FileBlobStore>(folder_.path());
        }
    }
    void put(std::string_view text) {
        const auto writer = blobs().create(blob_);
        writer->append(as_bytes(text.substr(0, 3)));
        writer->append(as_bytes(text.substr(3)));
        writer->commit();
    }
    std::string read(std::uint64_t offset, std::size_t count) {
        Bytes out(count);
        const std::size_t got = blobs().open(blob_)->read_at(offset, out);
        return std::string(as_text(ByteView(out).first(got)));
    }
    BlobId blob_ = id_of<BlobId>("blob");

private:
    StandingClock clock_{kNow};
    TemporaryFolder folder_;
    std::unique_ptr<BlobStore> blobs_;
};
INSTANTIATE_TEST_SUITE_P(Every, BlobContract, ::testing::Values("Memory", "File"),
                         [](const auto& tested) { return tested.param; });

TEST_P(BlobContract, GivesBackWhatWasWritten) {
    put("ciphertext");
    EXPECT_EQ(blobs().open(blob_)->size(), 10U);
    EXPECT_EQ(read(0, 100), "ciphertext");
}

TEST_P(BlobContract, ReadsRanges) {
    put("ciphertext");
    EXPECT_EQ(read(6, 2), "te");
    EXPECT_EQ(read(6, 100), "text");
    EXPECT_EQ(read(10, 1), "");
    EXPECT_EQ(read(1000, 1), "");
}

TEST_P(BlobContract, AnEmptyBlobIsABlob) {
    blobs().create(blob_)->commit();
    EXPECT_EQ(blobs().open(blob_)->size(), 0U);
}

TEST_P(BlobContract, AnAbsentBlobIsNotFound) {
    EXPECT_EQ(code_thrown_by([&] { static_cast<void>(blobs().open(blob_)); }),
              ErrorCode::kNotFound);
}

TEST_P(BlobContract, ABlobIsWrittenOnce) {
    put("ciphertext");
    EXPECT_EQ(code_thrown_by([&] { put("other"); }), ErrorCode::kConflict);
    EXPECT_EQ(read(0, 100), "ciphertext");
}

TEST_P(BlobContract, ADroppedWriterLeavesNothing) {
    blobs().create(blob_)->append(as_bytes("half"));
    EXPECT_TRUE(blobs().list().empty());
    put("ciphertext");
    EXPECT_EQ(read(0, 100), "ciphertext");
}

TEST_P(BlobContract, RemovesAndIsFineWithAbsent) {
    put("ciphertext");
    blobs().remove(blob_);
    blobs().remove(blob_);
    EXPECT_EQ(code_thrown_by([&] { static_cast<void>(blobs().open(blob_)); }),
              ErrorCode::kNotFound);
    EXPECT_TRUE(blobs().list().empty());
}

TEST_P(BlobContract, ABlobRemovedWhileItIsReadIsReadToItsEnd) {
    put("ciphertext");
    const auto reader = blobs().open(blob_);
    blobs().remove(blob_);
    Bytes out(10);
    EXPECT_EQ(reader->read_at(0, out), 10U);
}

TEST_P(BlobContract, ListsWhatStands) {
    put("ciphertext");
    const auto listed = blobs().list();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].blob, blob_);
    EXPECT_GT(listed[0].modified_at, kNow - std::chrono::years(10));
}

}  // namespace valv::store::testing
