#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class DocumentContract : public StoreContract {
protected:
    UploadRow upload(std::string_view name = "upload", std::uint64_t size = 30) {
        return {.vault = vault_,
                .case_id = case_,
                .document = document_,
                .upload = id_of<UploadId>(name),
                .device = id_of<DeviceId>("device"),
                .size = size,
                .created_at = kNow};
    }
    DocumentRow document(std::uint64_t size = 30) {
        return {.vault = vault_,
                .case_id = case_,
                .document = document_,
                .size = size,
                .body_root = hash_of("root"),
                .header = octets_of("header"),
                .device = id_of<DeviceId>("device"),
                .created_at = kNow};
    }
    bool insert(const UploadRow& row) {
        return write([&](Tx& tx) { return tx.documents().insert_upload(row); });
    }
    bool append(std::uint64_t at, std::string_view blob, std::uint64_t size) {
        return write([&](Tx& tx) {
            return tx.documents().append_piece(upload().upload, at,
                                               {.blob = id_of<BlobId>(blob), .size = size});
        });
    }
    bool finish(const DocumentRow& row) {
        return write([&](Tx& tx) { return tx.documents().finish_upload(upload().upload, row); });
    }
    std::optional<UploadRow> find_upload() {
        return read(
            [&](Tx& tx) { return tx.documents().find_upload(vault_, case_, upload().upload); });
    }
    std::optional<DocumentRow> find() {
        return read([&](Tx& tx) { return tx.documents().find(vault_, case_, document_); });
    }
    void make_document() {
        EXPECT_TRUE(insert(upload()));
        EXPECT_TRUE(append(0, "first", 20));
        EXPECT_TRUE(append(20, "second", 10));
        EXPECT_TRUE(finish(document()));
    }
    DocumentId document_ = id_of<DocumentId>("document");
};
VALV_FOR_EVERY_STORE(DocumentContract);

TEST_P(DocumentContract, AnUploadStartsEmpty) {
    EXPECT_TRUE(insert(upload()));
    const auto found = find_upload();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->document, document_);
    EXPECT_EQ(found->size, 30U);
    EXPECT_EQ(found->offset, 0U);
    EXPECT_TRUE(found->pieces.empty());
    EXPECT_EQ(found->created_at, kNow);
}

TEST_P(DocumentContract, TheSameUploadAgainChangesNothing) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_TRUE(append(0, "first", 20));
    EXPECT_TRUE(insert(upload()));
    EXPECT_EQ(find_upload()->offset, 20U);
}

TEST_P(DocumentContract, ASecondUploadOfOneDocumentLoses) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_FALSE(insert(upload("second")));
}

TEST_P(DocumentContract, AnUploadIdForAnotherDocumentLoses) {
    EXPECT_TRUE(insert(upload()));
    UploadRow other = upload();
    other.document = id_of<DocumentId>("other");
    EXPECT_FALSE(insert(other));
}

TEST_P(DocumentContract, AnUploadOfADocumentThatStandsLoses) {
    make_document();
    EXPECT_FALSE(insert(upload("second")));
}

TEST_P(DocumentContract, TheSameDocumentIdInAnotherVaultIsAnother) {
    make_document();
    UploadRow other = upload("second");
    other.vault = other_vault_;
    EXPECT_TRUE(insert(other));
}

TEST_P(DocumentContract, AnUploadOfAnotherVaultOrCaseIsAbsent) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_FALSE(read(
        [&](Tx& tx) { return tx.documents().find_upload(other_vault_, case_, upload().upload); }));
    EXPECT_FALSE(read(
        [&](Tx& tx) { return tx.documents().find_upload(vault_, other_case_, upload().upload); }));
}

TEST_P(DocumentContract, PiecesFollowEachOther) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_TRUE(append(0, "first", 20));
    EXPECT_TRUE(append(20, "second", 10));
    const auto found = find_upload();
    EXPECT_EQ(found->offset, 30U);
    ASSERT_EQ(found->pieces.size(), 2U);
    EXPECT_EQ(found->pieces[0].blob, id_of<BlobId>("first"));
    EXPECT_EQ(found->pieces[1].blob, id_of<BlobId>("second"));
    EXPECT_EQ(found->pieces[1].size, 10U);
}

TEST_P(DocumentContract, APieceAtAnotherOffsetLoses) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_FALSE(append(10, "first", 10));
    EXPECT_TRUE(append(0, "first", 20));
    EXPECT_FALSE(append(0, "again", 20));
    EXPECT_EQ(find_upload()->pieces.size(), 1U);
}

TEST_P(DocumentContract, APieceBeyondTheSizeLoses) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_FALSE(append(0, "first", 31));
    EXPECT_EQ(find_upload()->offset, 0U);
}

TEST_P(DocumentContract, APieceOfAnAbsentUploadLoses) {
    EXPECT_FALSE(append(0, "first", 20));
}

TEST_P(DocumentContract, ARolledBackPieceLeavesTheOffset) {
    EXPECT_TRUE(insert(upload()));
    write_and_throw([&](Tx& tx) {
        static_cast<void>(tx.documents().append_piece(
            upload().upload, 0, {.blob = id_of<BlobId>("first"), .size = 20}));
    });
    EXPECT_EQ(find_upload()->offset, 0U);
    EXPECT_TRUE(read([](Tx& tx) { return tx.documents().referenced_blobs(); }).empty());
}

TEST_P(DocumentContract, ACompleteUploadBecomesTheDocument) {
    make_document();
    EXPECT_FALSE(find_upload());
    const auto found = find();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size, 30U);
    EXPECT_EQ(found->body_root, hash_of("root"));
    EXPECT_EQ(found->header, octets_of("header"));
    EXPECT_EQ(found->created_at, kNow);
    ASSERT_EQ(found->pieces.size(), 2U);
    EXPECT_EQ(found->pieces[0].blob, id_of<BlobId>("first"));
    EXPECT_EQ(found->pieces[0].size, 20U);
}

TEST_P(DocumentContract, FinishingTwiceIsTrueForTheSameDocument) {
    make_document();
    EXPECT_TRUE(finish(document()));
    DocumentRow other = document();
    other.body_root = hash_of("other root");
    EXPECT_FALSE(finish(other));
    EXPECT_EQ(find()->body_root, hash_of("root"));
}

TEST_P(DocumentContract, AnIncompleteUploadIsNotFinished) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_TRUE(append(0, "first", 20));
    EXPECT_FALSE(finish(document()));
    EXPECT_FALSE(finish(document(20)));
    EXPECT_TRUE(find_upload());
    EXPECT_FALSE(find());
}

TEST_P(DocumentContract, AnUploadIsNotFinishedAsAnotherDocument) {
    EXPECT_TRUE(insert(upload("upload", 0)));
    DocumentRow other_case = document(0);
    other_case.case_id = other_case_;
    EXPECT_FALSE(finish(other_case));
    DocumentRow other = document(0);
    other.document = id_of<DocumentId>("other");
    EXPECT_FALSE(finish(other));
}

TEST_P(DocumentContract, AnAbsentUploadIsNotFinished) {
    EXPECT_FALSE(finish(document()));
}

TEST_P(DocumentContract, ADocumentOfAnotherVaultOrCaseIsAbsent) {
    make_document();
    EXPECT_FALSE(read([&](Tx& tx) { return tx.documents().find(other_vault_, case_, document_); }));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.documents().find(vault_, other_case_, document_); }));
    EXPECT_FALSE(
        write([&](Tx& tx) { return tx.documents().remove(vault_, other_case_, document_); }));
    EXPECT_TRUE(find());
}

TEST_P(DocumentContract, RemovingGivesTheRowOnce) {
    make_document();
    const auto remove = [&](Tx& tx) { return tx.documents().remove(vault_, case_, document_); };
    const auto removed = write(remove);
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->pieces.size(), 2U);
    EXPECT_FALSE(write(remove));
    EXPECT_FALSE(find());
    EXPECT_TRUE(read([](Tx& tx) { return tx.documents().referenced_blobs(); }).empty());
}

TEST_P(DocumentContract, ARolledBackRemovalLeavesTheDocument) {
    make_document();
    write_and_throw(
        [&](Tx& tx) { static_cast<void>(tx.documents().remove(vault_, case_, document_)); });
    EXPECT_EQ(find()->pieces.size(), 2U);
}

TEST_P(DocumentContract, RemovingAnUploadFreesTheDocumentId) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_TRUE(append(0, "first", 20));
    write([&](Tx& tx) { tx.documents().remove_upload(upload().upload); });
    EXPECT_FALSE(find_upload());
    EXPECT_TRUE(insert(upload("second")));
}

TEST_P(DocumentContract, CountsDocumentsAndAnnouncedUploadsOfAVault) {
    make_document();
    UploadRow open = upload("second", 500);
    open.document = id_of<DocumentId>("other");
    EXPECT_TRUE(insert(open));
    EXPECT_EQ(read([&](Tx& tx) { return tx.documents().octets_of(vault_); }), 530U);
    EXPECT_EQ(read([&](Tx& tx) { return tx.documents().octets_of(other_vault_); }), 0U);
}

TEST_P(DocumentContract, NamesEveryBlobOfDocumentsAndUploads) {
    make_document();
    UploadRow open = upload("open");
    open.document = id_of<DocumentId>("other");
    EXPECT_TRUE(insert(open));
    write([&](Tx& tx) {
        return tx.documents().append_piece(open.upload, 0,
                                           {.blob = id_of<BlobId>("third"), .size = 5});
    });
    std::vector<BlobId> expected{id_of<BlobId>("first"), id_of<BlobId>("second"),
                                 id_of<BlobId>("third")};
    std::ranges::sort(expected);
    EXPECT_EQ(read([](Tx& tx) { return tx.documents().referenced_blobs(); }), expected);
}

TEST_P(DocumentContract, StaleUploadsAreRemovedAndGivenBack) {
    EXPECT_TRUE(insert(upload()));
    EXPECT_TRUE(append(0, "first", 20));
    const auto remove = [](Instant before) {
        return [before](Tx& tx) { return tx.documents().remove_stale_uploads(before); };
    };
    EXPECT_TRUE(write(remove(kNow)).empty());
    const auto stale = write(remove(kNow + std::chrono::seconds(1)));
    ASSERT_EQ(stale.size(), 1U);
    EXPECT_EQ(stale[0].pieces.size(), 1U);
    EXPECT_FALSE(find_upload());
}

TEST_P(DocumentContract, ListsDocumentsOfAVaultAndAllUploads) {
    make_document();
    UploadRow open = upload("open");
    open.vault = other_vault_;
    EXPECT_TRUE(insert(open));
    EXPECT_EQ(read([&](Tx& tx) { return tx.documents().list(vault_); }).size(), 1U);
    EXPECT_TRUE(read([&](Tx& tx) { return tx.documents().list(other_vault_); }).empty());
    const auto uploads = read([](Tx& tx) { return tx.documents().list_uploads(); });
    ASSERT_EQ(uploads.size(), 1U);
    EXPECT_EQ(uploads[0].vault, other_vault_);
}

TEST_P(DocumentContract, AHeaderIsReplacedAndNothingElse) {
    make_document();
    EXPECT_TRUE(write([&](Tx& tx) {
        return tx.documents().replace_header(vault_, case_, document_, octets_of("new header"));
    }));
    const auto found = find();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->header, octets_of("new header"));
    EXPECT_EQ(found->body_root, document().body_root);
    EXPECT_EQ(found->pieces.size(), 2U);
}

TEST_P(DocumentContract, AHeaderOfNoDocumentIsNotReplaced) {
    make_document();
    const auto replaced = [&](const CaseId& case_id, const DocumentId& document) {
        return write([&](Tx& tx) {
            return tx.documents().replace_header(vault_, case_id, document, octets_of("new"));
        });
    };
    EXPECT_FALSE(replaced(id_of<CaseId>("another case"), document_));
    EXPECT_FALSE(replaced(case_, id_of<DocumentId>("another document")));
    EXPECT_EQ(find()->header, octets_of("header"));
}

TEST_P(DocumentContract, ACaseListsItsOwnDocuments) {
    make_document();
    const auto listed = [&](const CaseId& case_id) {
        return read([&](Tx& tx) { return tx.documents().list_of_case(vault_, case_id).size(); });
    };
    EXPECT_EQ(listed(case_), 1U);
    EXPECT_EQ(listed(id_of<CaseId>("another case")), 0U);
}

}  // namespace valv::store::testing
