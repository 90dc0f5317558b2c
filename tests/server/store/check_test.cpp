#include "server/store/check.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "crypto/core/body_root.h"
#include "crypto/core/checkpoint.h"
#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

// A sound store with one of everything; each test damages one thing.
class CheckTest : public ::testing::Test {
protected:
    void SetUp() override {
        write_blob("first", body_.substr(0, 20));
        write_blob("second", body_.substr(20));
        keys_.put(ErasureKeyId::from_bytes(link_.link.bytes()),
                  crypto::SecretBytes::from(hash_of("key")));
        keys_.put(ErasureKeyId::from_bytes(case_.bytes()),
                  crypto::SecretBytes::from(hash_of("case key")));
        write([&](Tx& tx) {
            tx.vaults().insert_token(hash_of("token"), kNow + std::chrono::hours(1));
            static_cast<void>(tx.vaults().claim_token(
                hash_of("token"),
                {.vault = vault_, .log_key = to_bytes(log_key_.public_key()), .created_at = kNow},
                kNow));
            static_cast<void>(tx.cases().insert(vault_, case_, kNow));
            static_cast<void>(tx.notes().put_if(chain(), std::nullopt, a_note(1, "record")));
            static_cast<void>(tx.links().insert(a_publication(link_)));
            put_document(tx);
            tx.log().append(vault_, an_entry("event"));
        });
    }
    template <typename Fn>
    void write(Fn fn) {
        store_.transact(TxKind::kWrite, fn);
    }
    void write_blob(std::string_view name, std::string_view text) {
        blobs_.remove(id_of<BlobId>(name));
        const auto writer = blobs_.create(id_of<BlobId>(name));
        writer->append(as_bytes(text));
        writer->commit();
    }
    void put_document(Tx& tx) {
        const UploadRow upload{.vault = vault_,
                               .case_id = case_,
                               .document = id_of<DocumentId>("document"),
                               .upload = id_of<UploadId>("upload"),
                               .size = body_.size(),
                               .created_at = kNow};
        static_cast<void>(tx.documents().insert_upload(upload));
        append(tx, 0, "first", 20);
        append(tx, 20, "second", body_.size() - 20);
        static_cast<void>(tx.documents().finish_upload(
            upload.upload, {.vault = vault_,
                            .case_id = case_,
                            .document = upload.document,
                            .size = body_.size(),
                            .body_root = crypto::body_root(as_bytes(body_)),
                            .created_at = kNow}));
    }
    void append(Tx& tx, std::uint64_t at, std::string_view blob, std::uint64_t size) {
        static_cast<void>(tx.documents().append_piece(id_of<UploadId>("upload"), at,
                                                      {.blob = id_of<BlobId>(blob), .size = size}));
    }
    [[nodiscard]] ErasureRow an_erasure() const {
        return {.vault = vault_,
                .case_id = case_,
                .event = "event",
                .nonce = octets_of("nonce"),
                .leaf_hash = an_entry("event").leaf_hash,
                .note = "note",
                .object = octets_of("object")};
    }
    ChainKey chain() {
        return {
            .vault = vault_, .kind = NoteKind::kRecord, .case_id = case_, .object = octets_of("o")};
    }
    CheckReport check(ReadData read_data = ReadData::kYes) {
        return check_store(store_, blobs_, keys_, read_data);
    }
    // The one fault that the check must find.
    std::string fault(ReadData read_data = ReadData::kNo) {
        const CheckReport report = check(read_data);
        return report.faults.size() == 1 ? report.faults.front()
                                         : std::to_string(report.faults.size()) + " faults";
    }

    StandingClock clock_{kNow};
    MemoryStore store_;
    MemoryBlobStore blobs_{clock_};
    MemoryErasureKeys keys_;
    VaultId vault_ = id_of<VaultId>("vault");
    CaseId case_ = id_of<CaseId>("case");
    LinkRow link_ = a_link("link");
    crypto::SigningKey log_key_ =
        crypto::SigningKey::from_seed(crypto::SecretBytes::from(hash_of("log key")));
    std::string body_ = "sixteen octets: and what may pass for ciphertext";
};

TEST_F(CheckTest, ASoundStoreIsGoodAndCounted) {
    const CheckReport report = check();
    EXPECT_TRUE(report.is_good()) << report.faults.front();
    EXPECT_EQ(report.vaults, 1U);
    EXPECT_EQ(report.notes, 1U);
    EXPECT_EQ(report.documents, 1U);
    EXPECT_EQ(report.links, 1U);
    EXPECT_EQ(report.log_entries, 1U);
    EXPECT_EQ(report.blobs, 2U);
    EXPECT_EQ(report.octets_read, body_.size());
    EXPECT_EQ(report.orphan_blobs, 0U);
    EXPECT_EQ(report.orphan_keys, 0U);
}

TEST_F(CheckTest, OrphansAreCountedAndNoFault) {
    write_blob("orphan", "octets");
    keys_.put(id_of<ErasureKeyId>("orphan"), crypto::SecretBytes::from(hash_of("key")));
    const CheckReport report = check();
    EXPECT_TRUE(report.is_good());
    EXPECT_EQ(report.orphan_blobs, 1U);
    EXPECT_EQ(report.orphan_keys, 1U);
}

TEST_F(CheckTest, FindsAMissingBlob) {
    blobs_.remove(id_of<BlobId>("second"));
    EXPECT_NE(fault().find("not_found"), std::string::npos);
}

TEST_F(CheckTest, FindsACutBlob) {
    write_blob("second", "short");
    EXPECT_NE(fault().find("another size"), std::string::npos);
}

TEST_F(CheckTest, FindsAFlippedOctetOnlyWhenItReads) {
    std::string damaged = body_.substr(20);
    damaged[3] ^= 1;
    write_blob("second", damaged);
    EXPECT_TRUE(check(ReadData::kNo).is_good());
    EXPECT_NE(fault(ReadData::kYes).find("another root"), std::string::npos);
}

TEST_F(CheckTest, FindsANoteOfAnotherHash) {
    NoteRow forged = a_note(2, "second");
    forged.note = "another text";
    write([&](Tx& tx) {
        static_cast<void>(tx.notes().put_if(chain(), a_note(1, "record").head.note_sha256, forged));
    });
    EXPECT_NE(fault().find("another hash"), std::string::npos);
}

TEST_F(CheckTest, FindsALiveLinkWithoutItsErasureKey) {
    keys_.destroy(ErasureKeyId::from_bytes(link_.link.bytes()));
    EXPECT_NE(fault().find("live without an erasure key"), std::string::npos);
}

TEST_F(CheckTest, SaysThatACaseWithoutItsErasureKeyOpensNothing) {
    keys_.destroy(ErasureKeyId::from_bytes(case_.bytes()));
    EXPECT_NE(fault().find("nothing in it opens"), std::string::npos);
}

TEST_F(CheckTest, ACaseThatIsBeingErasedMayHaveLostItsKeysAndBlobs) {
    write([&](Tx& tx) {
        VALV_CHECK(tx.erasures().begin(an_erasure()));
        VALV_CHECK(tx.links().revoke(vault_, case_, link_.link, kNow));
    });
    keys_.destroy(ErasureKeyId::from_bytes(case_.bytes()));
    keys_.destroy(ErasureKeyId::from_bytes(link_.link.bytes()));
    blobs_.remove(id_of<BlobId>("second"));
    const CheckReport report = check();
    EXPECT_TRUE(report.is_good()) << report.faults.front();
    EXPECT_EQ(report.erasures, 1U);
}

TEST_F(CheckTest, FindsTheKeyOfAnErasedCase) {
    write([&](Tx& tx) {
        VALV_CHECK(tx.erasures().begin(an_erasure()));
        tx.erasures().drop_rows(vault_, case_);
        tx.erasures().finish(vault_, case_);
    });
    EXPECT_NE(fault().find("erased, and its erasure key is there"), std::string::npos);
}

TEST_F(CheckTest, AForgottenEventKeepsItsLeaf) {
    write([&](Tx& tx) {
        tx.log().append(vault_, an_entry("kind\ncase x\n"));
        tx.log().forget_events(vault_, "case x", 2);
    });
    EXPECT_TRUE(check().is_good());
    EXPECT_EQ(
        store_
            .transact(TxKind::kRead, [&](Tx& tx) { return tx.log().entries(vault_, 1, 1).front(); })
            .event,
        "");
}

TEST_F(CheckTest, AnEndedLinkMayHaveLostItsKeyBeforeItIsEmptied) {
    keys_.destroy(ErasureKeyId::from_bytes(link_.link.bytes()));
    write([&](Tx& tx) { tx.raise_time(link_.not_after); });
    EXPECT_TRUE(check().is_good());
}

TEST_F(CheckTest, FindsTheKeyOfAnEmptiedLink) {
    write([&](Tx& tx) { tx.links().mark_emptied(link_.link); });
    EXPECT_NE(fault().find("emptied, and its erasure key is there"), std::string::npos);
}

TEST_F(CheckTest, FindsOpensWithoutARow) {
    LinkRow other = a_link("other");
    other.opens = 1;
    keys_.put(ErasureKeyId::from_bytes(other.link.bytes()),
              crypto::SecretBytes::from(hash_of("key")));
    write([&](Tx& tx) { static_cast<void>(tx.links().insert(a_publication(other))); });
    EXPECT_NE(fault().find("opens without a row"), std::string::npos);
}

TEST_F(CheckTest, FindsALeafThatIsNotItsEvents) {
    LogEntry forged = an_entry("event");
    forged.event = "another event";
    write([&](Tx& tx) { tx.log().append(vault_, forged); });
    EXPECT_NE(fault().find("entry 1: another leaf"), std::string::npos);
}

TEST_F(CheckTest, FindsACheckpointOfAnotherRoot) {
    const Bytes note = crypto::sign_checkpoint(
        {.origin = crypto::log_origin(vault_), .head = {.size = 1, .root = hash_of("fork")}},
        log_key_);
    write([&](Tx& tx) { tx.log().put_checkpoint(vault_, 1, as_text(note)); });
    EXPECT_NE(fault().find("checkpoint 1 has another root"), std::string::npos);
}

TEST_F(CheckTest, FindsACheckpointThatTheLogKeyDidNotSign) {
    const auto root = an_entry("event").leaf_hash;
    const auto stranger =
        crypto::SigningKey::from_seed(crypto::SecretBytes::from(hash_of("stranger")));
    const Bytes note = crypto::sign_checkpoint(
        {.origin = crypto::log_origin(vault_), .head = {.size = 1, .root = root}}, stranger);
    write([&](Tx& tx) { tx.log().put_checkpoint(vault_, 1, as_text(note)); });
    EXPECT_NE(fault().find("checkpoint 1 tampered"), std::string::npos);
}

}  // namespace valv::store::testing
