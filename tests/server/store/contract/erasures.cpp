#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

// A case with one of everything, and its neighbour of which nothing may go.
class ErasureContract : public StoreContract {
protected:
    void SetUp() override {
        write([&](Tx& tx) {
            for (const CaseId& case_id : {case_, other_case_}) {
                fill(tx, case_id);
            }
        });
    }
    static ChainKey chain_of(const VaultId& vault, const CaseId& case_id, NoteKind kind) {
        return {
            .vault = vault, .kind = kind, .case_id = case_id, .object = to_bytes(case_id.bytes())};
    }
    LinkRow link_of(const CaseId& case_id) const {
        LinkRow link = a_link("link of " + case_id.text());
        link.case_id = case_id;
        return link;
    }
    void fill(Tx& tx, const CaseId& case_id) {
        static_cast<void>(tx.cases().insert(vault_, case_id, kNow));
        tx.cases().replace_members(vault_, case_id, {member_});
        for (const NoteKind kind : {NoteKind::kKeyring, NoteKind::kRecord, NoteKind::kRetention}) {
            static_cast<void>(tx.notes().put_if(chain_of(vault_, case_id, kind), std::nullopt,
                                                a_note(1, "note of " + case_id.text())));
        }
        fill_documents(tx, case_id);
        const LinkRow link = link_of(case_id);
        static_cast<void>(tx.links().insert(a_publication(link)));
        tx.links().insert_challenge(link.link, hash_of("challenge"), kNow + std::chrono::hours(1),
                                    kNow);
        static_cast<void>(tx.links().open(an_attempt(link, "challenge", "holder")));
        tx.erasures().put_retention(retention_of(case_id));
    }
    void fill_documents(Tx& tx, const CaseId& case_id) {
        for (const char* const name : {"document", "upload"}) {
            const std::string text = name + case_id.text();
            const UploadRow upload{.vault = vault_,
                                   .case_id = case_id,
                                   .document = id_of<DocumentId>(text),
                                   .upload = id_of<UploadId>(text),
                                   .size = 1,
                                   .created_at = kNow};
            static_cast<void>(tx.documents().insert_upload(upload));
            static_cast<void>(tx.documents().append_piece(
                upload.upload, 0, {.blob = id_of<BlobId>(text), .size = 1}));
            if (std::string_view(name) == "document") {
                static_cast<void>(tx.documents().finish_upload(
                    upload.upload,
                    {.vault = vault_, .case_id = case_id, .document = upload.document, .size = 1}));
            }
        }
    }
    RetentionRow retention_of(const CaseId& case_id) const {
        return {.vault = vault_, .case_id = case_id, .erase_after = kNow, .held_by = {}};
    }
    ErasureRow erasure_of(const CaseId& case_id) const {
        return {.vault = vault_,
                .case_id = case_id,
                .event = "event",
                .nonce = octets_of("nonce"),
                .leaf_hash = hash_of("leaf"),
                .log_size = 7,
                .note = "note",
                .object = octets_of("object"),
                .is_finished = false};
    }
    bool begin(const CaseId& case_id) {
        return write([&](Tx& tx) { return tx.erasures().begin(erasure_of(case_id)); });
    }
    std::vector<CaseId> due(Instant now) {
        return read([&](Tx& tx) {
            std::vector<CaseId> cases;
            for (const RetentionRow& row : tx.erasures().list_due(now)) {
                cases.push_back(row.case_id);
            }
            return cases;
        });
    }
    // How many kinds of rows a case has.
    std::size_t count_rows(const CaseId& case_id) {
        return read([&](Tx& tx) {
            std::size_t count = 0;
            for (const NoteKind kind :
                 {NoteKind::kKeyring, NoteKind::kRecord, NoteKind::kRetention}) {
                count += tx.notes().find_head(chain_of(vault_, case_id, kind)).has_value();
                count += tx.notes().find(chain_of(vault_, case_id, kind), 1).has_value();
            }
            count += tx.documents().list_of_case(vault_, case_id).size();
            count += tx.documents()
                         .find_upload(vault_, case_id, id_of<UploadId>("upload" + case_id.text()))
                         .has_value();
            const LinkId link = link_of(case_id).link;
            count += tx.links().find(link).has_value();
            count += tx.links().find_part(link, 0).has_value();
            count += tx.links().find_document(link, 1).has_value();
            count += tx.links().opened(link).size() + tx.links().leases(link).size();
            count += tx.erasures().find_retention(vault_, case_id).has_value();
            return count;
        });
    }
    static constexpr std::size_t kRows = 14;
    DeviceId member_ = id_of<DeviceId>("member");
};
VALV_FOR_EVERY_STORE(ErasureContract);

TEST_P(ErasureContract, ARetentionTakesTheOldOnesPlace) {
    RetentionRow held = retention_of(case_);
    held.erase_after.reset();
    held.held_by = member_;
    write([&](Tx& tx) { tx.erasures().put_retention(held); });
    const auto found = read([&](Tx& tx) { return tx.erasures().find_retention(vault_, case_); });
    ASSERT_TRUE(found.has_value());
    EXPECT_FALSE(found->erase_after.has_value());
    EXPECT_EQ(found->held_by, member_);
    EXPECT_FALSE(read([&](Tx& tx) { return tx.erasures().find_retention(other_vault_, case_); }));
}

TEST_P(ErasureContract, ARetentionOfAnAbsentCaseIsRefused) {
    const RetentionRow row = retention_of(id_of<CaseId>("absent"));
    EXPECT_EQ(code_thrown_by([&] { write([&](Tx& tx) { tx.erasures().put_retention(row); }); }),
              ErrorCode::kStore);
}

TEST_P(ErasureContract, DueIsWhatHasADateThatPassedAndNoHold) {
    EXPECT_TRUE(due(kNow - std::chrono::seconds(1)).empty());
    EXPECT_EQ(due(kNow).size(), 2U);
    write([&](Tx& tx) {
        RetentionRow row = retention_of(case_);
        row.held_by = member_;
        tx.erasures().put_retention(row);
        row = retention_of(other_case_);
        row.erase_after.reset();
        tx.erasures().put_retention(row);
    });
    EXPECT_TRUE(due(kNow + std::chrono::hours(1)).empty());
}

TEST_P(ErasureContract, BeginsOnceAndLeavesTheCaseWithoutMembers) {
    EXPECT_TRUE(begin(case_));
    EXPECT_FALSE(begin(case_));
    EXPECT_FALSE(begin(id_of<CaseId>("absent")));
    EXPECT_EQ(due(kNow), std::vector{other_case_});
    read([&](Tx& tx) {
        EXPECT_FALSE(tx.cases().is_member(vault_, case_, member_));
        EXPECT_TRUE(tx.cases().is_member(vault_, other_case_, member_));
        EXPECT_TRUE(tx.erasures().was_member(vault_, case_, member_));
        EXPECT_FALSE(tx.erasures().was_member(vault_, case_, id_of<DeviceId>("other")));
        EXPECT_FALSE(tx.erasures().was_member(other_vault_, case_, member_));
        EXPECT_FALSE(tx.erasures().was_member(vault_, other_case_, member_));
    });
}

TEST_P(ErasureContract, KeepsWhatAnErasureSays) {
    EXPECT_TRUE(begin(case_));
    const auto row = read([&](Tx& tx) { return tx.erasures().find(vault_, case_); });
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->event, "event");
    EXPECT_EQ(row->nonce, octets_of("nonce"));
    EXPECT_EQ(row->leaf_hash, hash_of("leaf"));
    EXPECT_EQ(row->log_size, 7U);
    EXPECT_EQ(row->note, "note");
    EXPECT_EQ(row->object, octets_of("object"));
    EXPECT_FALSE(row->is_finished);
    EXPECT_EQ(read([&](Tx& tx) { return tx.erasures().list(vault_).size(); }), 1U);
    EXPECT_EQ(read([&](Tx& tx) { return tx.erasures().list(other_vault_).size(); }), 0U);
}

TEST_P(ErasureContract, DropsEveryRowOfTheCaseAndNoneOfItsNeighbour) {
    EXPECT_TRUE(begin(case_));
    ASSERT_EQ(count_rows(case_), kRows);
    for (int again = 0; again < 2; ++again) {
        write([&](Tx& tx) { tx.erasures().drop_rows(vault_, case_); });
        EXPECT_EQ(count_rows(case_), 0U);
    }
    EXPECT_EQ(count_rows(other_case_), kRows);
    EXPECT_EQ(read([&](Tx& tx) { return tx.cases().list(vault_); }), std::vector{other_case_});
    EXPECT_EQ(read([&](Tx& tx) { return tx.documents().referenced_blobs().size(); }), 2U);
}

TEST_P(ErasureContract, AnErasedIdNeverComesBack) {
    EXPECT_TRUE(begin(case_));
    write([&](Tx& tx) { tx.erasures().drop_rows(vault_, case_); });
    EXPECT_FALSE(write([&](Tx& tx) { return tx.cases().insert(vault_, case_, kNow); }));
    EXPECT_FALSE(write([&](Tx& tx) { return tx.cases().insert(other_vault_, case_, kNow); }));
}

TEST_P(ErasureContract, IsUnfinishedUntilItIsFinished) {
    EXPECT_TRUE(begin(case_));
    EXPECT_EQ(read([&](Tx& tx) { return tx.erasures().list_unfinished().size(); }), 1U);
    write([&](Tx& tx) {
        tx.erasures().drop_rows(vault_, case_);
        tx.erasures().finish(vault_, case_);
    });
    EXPECT_EQ(read([&](Tx& tx) { return tx.erasures().list_unfinished().size(); }), 0U);
    EXPECT_TRUE(read([&](Tx& tx) { return tx.erasures().find(vault_, case_); })->is_finished);
}

TEST_P(ErasureContract, ARolledBackBeginningLeavesTheMembers) {
    write_and_throw([&](Tx& tx) { static_cast<void>(tx.erasures().begin(erasure_of(case_))); });
    EXPECT_TRUE(read([&](Tx& tx) { return tx.cases().is_member(vault_, case_, member_); }));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.erasures().find(vault_, case_); }).has_value());
}

TEST_P(ErasureContract, PurgesWhenNobodyReads) {
    EXPECT_TRUE(store().purge_removed());
}

class ForgetContract : public StoreContract {
protected:
    void SetUp() override {
        write([&](Tx& tx) {
            for (const char* const event : {"kind a\ncase one\n", "kind b\ncase one two\n",
                                            "kind c\nlink one\n", "kind d\ncase one\n"}) {
                tx.log().append(vault_, an_entry(event));
            }
        });
    }
    std::vector<std::string> events() {
        return read([&](Tx& tx) {
            std::vector<std::string> all;
            for (const LogEntry& entry : tx.log().entries(vault_, 0, 9)) {
                all.push_back(entry.event);
                EXPECT_EQ(entry.event.empty(), entry.nonce.empty());
            }
            return all;
        });
    }
};
VALV_FOR_EVERY_STORE(ForgetContract);

TEST_P(ForgetContract, ForgetsWholeLinesBeforeALeafAndKeepsEveryHash) {
    const auto hashes = [&] {
        return read([&](Tx& tx) { return tx.log().leaf_hashes(vault_, 0, 9); });
    };
    const auto before = hashes();
    const auto root = read([&](Tx& tx) { return tx.log().head(vault_).root; });
    write([&](Tx& tx) { tx.log().forget_events(vault_, "case one", 3); });
    const std::vector<std::string> events_now = events();
    ASSERT_EQ(events_now.size(), 4U);
    EXPECT_EQ(events_now[0], "");
    EXPECT_NE(events_now[1], "");
    EXPECT_NE(events_now[2], "");
    EXPECT_NE(events_now[3], "") << "not before the leaf";
    EXPECT_EQ(hashes(), before);
    EXPECT_EQ(read([&](Tx& tx) { return tx.log().head(vault_).root; }), root);
}

TEST_P(ForgetContract, LeavesTheLogOfAnotherVault) {
    write([&](Tx& tx) {
        tx.log().append(other_vault_, an_entry("kind a\ncase one\n"));
        tx.log().forget_events(vault_, "case one", 9);
    });
    EXPECT_NE(read([&](Tx& tx) { return tx.log().entries(other_vault_, 0, 1); }).front().event, "");
}

TEST_P(ForgetContract, FindsTheFirstLeafOfAHashFromALeafOn) {
    write([&](Tx& tx) { tx.log().append(vault_, an_entry("kind a\ncase one\n")); });
    const auto find = [&](std::uint64_t first) {
        return read([&](Tx& tx) {
            return tx.log().find_leaf(vault_, an_entry("kind a\ncase one\n").leaf_hash, first);
        });
    };
    EXPECT_EQ(find(0), 0U);
    EXPECT_EQ(find(1), 4U);
    EXPECT_EQ(find(5), std::nullopt);
}

}  // namespace valv::store::testing
