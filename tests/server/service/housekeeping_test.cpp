#include "server/service/housekeeping.h"

#include <gtest/gtest.h>

#include "tests/server/service/bench.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

class HousekeepingTest : public testing::Test {
protected:
    BlobId write_blob() {
        const BlobId blob = BlobId::random(bench_.random);
        const auto writer = bench_.blobs.create(blob);
        writer->append(as_bytes("ciphertext"));
        writer->commit();
        return blob;
    }
    store::UploadRow upload_with(const BlobId& blob) {
        store::UploadRow row{.vault = VaultId::random(bench_.random),
                             .case_id = CaseId::random(bench_.random),
                             .document = DocumentId::random(bench_.random),
                             .upload = UploadId::random(bench_.random),
                             .device = DeviceId::random(bench_.random),
                             .size = 10,
                             .created_at = bench_.clock.now()};
        bench_.store.transact(TxKind::kWrite, [&](Tx& tx) {
            VALV_CHECK(tx.documents().insert_upload(row));
            VALV_CHECK(tx.documents().append_piece(row.upload, 0, {.blob = blob, .size = 10}));
        });
        return row;
    }
    std::size_t blob_count() { return bench_.blobs.list().size(); }
    bool has_key(const LinkId& link) {
        return bench_.erasure_keys.find(erasure_key_id(link)).has_value();
    }

    test::Bench bench_;
    Housekeeping housekeeping_{bench_.environment, bench_.logger};
};

TEST_F(HousekeepingTest, AnEndedLinkLosesItsErasureKeyAndItsPapers) {
    const test::TestLink link = test::publish_link(bench_);
    const LinkId id = link.rows.link.link;
    housekeeping_.run_once();
    EXPECT_TRUE(has_key(id));
    bench_.clock.advance(std::chrono::hours(24));
    housekeeping_.run_once();
    EXPECT_FALSE(has_key(id));
    bench_.store.transact(TxKind::kRead, [&](Tx& tx) {
        EXPECT_FALSE(tx.links().find_part(id, 0).has_value());
        EXPECT_TRUE(tx.links().find(id).value().is_emptied);
    });
}

TEST_F(HousekeepingTest, SweepsOnlyOldBlobsThatNoRowNames) {
    const BlobId orphan = write_blob();
    (void)upload_with(write_blob());
    housekeeping_.run_once();
    EXPECT_EQ(blob_count(), 2U);
    bench_.clock.advance(limits::kOrphanBlobAge + std::chrono::seconds(1));
    const BlobId young = write_blob();
    housekeeping_.run_once();
    EXPECT_EQ(blob_count(), 2U);
    EXPECT_THROW((void)bench_.blobs.open(orphan), Error);
    EXPECT_NO_THROW((void)bench_.blobs.open(young));
}

TEST_F(HousekeepingTest, DropsAnUploadThatNobodyWentOnWith) {
    const store::UploadRow row = upload_with(write_blob());
    bench_.clock.advance(limits::kUploadLifetime + std::chrono::seconds(1));
    housekeeping_.run_once();
    EXPECT_EQ(blob_count(), 0U);
    bench_.store.transact(TxKind::kRead, [&](Tx& tx) {
        EXPECT_FALSE(tx.documents().find_upload(row.vault, row.case_id, row.upload).has_value());
    });
}

TEST_F(HousekeepingTest, WritesNoIdOfALinkInFull) {
    const test::TestLink link = test::publish_link(bench_);
    bench_.clock.advance(std::chrono::hours(24));
    housekeeping_.run_once();
    EXPECT_EQ(bench_.lines.find(link.rows.link.link.text()), std::string::npos);
    EXPECT_NE(bench_.lines.find(link.rows.link.link.text().substr(0, 6)), std::string::npos);
}

}  // namespace
}  // namespace valv::service
