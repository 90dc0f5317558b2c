#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class NoteContract : public StoreContract {
protected:
    ChainKey chain(NoteKind kind = NoteKind::kRecord) {
        return {.vault = vault_, .kind = kind, .case_id = case_, .object = to_bytes(case_.bytes())};
    }
    bool put(const ChainKey& key, const std::optional<Hash>& previous, const NoteRow& row) {
        return write([&](Tx& tx) { return tx.notes().put_if(key, previous, row); });
    }
    std::uint32_t head_number(const ChainKey& key) {
        const auto head = read([&](Tx& tx) { return tx.notes().find_head(key); });
        return head ? head->number : 0;
    }
    NoteRow first_ = a_note(1, "first");
    NoteRow second_ = a_note(2, "second");
};
VALV_FOR_EVERY_STORE(NoteContract);

TEST_P(NoteContract, AnEmptyChainHasNoHead) {
    EXPECT_FALSE(read([&](Tx& tx) { return tx.notes().find_head(chain()); }));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.notes().find(chain(), 1); }));
}

TEST_P(NoteContract, TheFirstNoteHasNoPrevious) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    const auto head = read([&](Tx& tx) { return tx.notes().find_head(chain()); });
    ASSERT_TRUE(head);
    EXPECT_EQ(head->number, 1U);
    EXPECT_EQ(head->epoch, 1U);
    EXPECT_EQ(head->directory_number, 1U);
    EXPECT_EQ(head->note_sha256, first_.head.note_sha256);
}

TEST_P(NoteContract, FindsANoteWhole) {
    NoteRow keyring = first_;
    keyring.object = masked("keyring");
    EXPECT_TRUE(put(chain(NoteKind::kKeyring), std::nullopt, keyring));
    const auto found = read([&](Tx& tx) { return tx.notes().find(chain(NoteKind::kKeyring), 1); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->note, keyring.note);
    EXPECT_EQ(found->object.salt, keyring.object.salt);
    EXPECT_EQ(found->object.octets, keyring.object.octets);
    EXPECT_EQ(found->head.note_sha256, keyring.head.note_sha256);
}

TEST_P(NoteContract, ANoteFollowsTheHeadThatItNames) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    EXPECT_TRUE(put(chain(), first_.head.note_sha256, second_));
    EXPECT_EQ(head_number(chain()), 2U);
    EXPECT_EQ(read([&](Tx& tx) { return tx.notes().find(chain(), 1); })->note, first_.note);
}

TEST_P(NoteContract, ASecondFirstNoteLoses) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    EXPECT_FALSE(put(chain(), std::nullopt, a_note(1, "other")));
    EXPECT_EQ(read([&](Tx& tx) { return tx.notes().find(chain(), 1); })->note, first_.note);
}

TEST_P(NoteContract, TheSameNumberTwiceLoses) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    EXPECT_TRUE(put(chain(), first_.head.note_sha256, second_));
    EXPECT_FALSE(put(chain(), first_.head.note_sha256, a_note(2, "other")));
    EXPECT_EQ(read([&](Tx& tx) { return tx.notes().find(chain(), 2); })->note, second_.note);
}

TEST_P(NoteContract, AnotherHashAtTheRightNumberLoses) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    EXPECT_FALSE(put(chain(), hash_of("fork"), second_));
}

TEST_P(NoteContract, ANumberThatSkipsLoses) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    EXPECT_FALSE(put(chain(), first_.head.note_sha256, a_note(3, "third")));
    EXPECT_FALSE(put(chain(NoteKind::kKeyring), std::nullopt, second_));
    EXPECT_EQ(head_number(chain()), 1U);
}

TEST_P(NoteContract, AFollowerWithoutItsPredecessorLoses) {
    EXPECT_FALSE(put(chain(), first_.head.note_sha256, second_));
    EXPECT_EQ(head_number(chain()), 0U);
}

TEST_P(NoteContract, AFirstNoteThatNamesAPredecessorLoses) {
    EXPECT_FALSE(put(chain(), hash_of("anything"), first_));
    EXPECT_EQ(head_number(chain()), 0U);
}

TEST_P(NoteContract, ARolledBackNoteLeavesTheHead) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    write_and_throw([&](Tx& tx) {
        static_cast<void>(tx.notes().put_if(chain(), first_.head.note_sha256, second_));
    });
    EXPECT_EQ(head_number(chain()), 1U);
    EXPECT_FALSE(read([&](Tx& tx) { return tx.notes().find(chain(), 2); }));
}

TEST_P(NoteContract, ChainsOfOtherVaultsKindsCasesAndObjectsAreApart) {
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    ChainKey vault = chain();
    vault.vault = other_vault_;
    ChainKey of_case = chain();
    of_case.case_id = other_case_;
    ChainKey no_case = chain();
    no_case.case_id.reset();
    ChainKey object = chain();
    object.object = octets_of("object");
    for (const ChainKey& key : {vault, of_case, no_case, object, chain(NoteKind::kKeyring)}) {
        EXPECT_EQ(head_number(key), 0U);
        EXPECT_TRUE(put(key, std::nullopt, a_note(1, "apart")));
    }
    EXPECT_EQ(read([&](Tx& tx) { return tx.notes().find(chain(), 1); })->note, first_.note);
}

TEST_P(NoteContract, ListsTheChainsOfAVault) {
    const ChainKey directory{
        .vault = vault_, .kind = NoteKind::kDirectory, .object = to_bytes(vault_.bytes())};
    EXPECT_TRUE(put(chain(), std::nullopt, first_));
    EXPECT_TRUE(put(directory, std::nullopt, first_));
    const auto chains = read([&](Tx& tx) { return tx.notes().list_chains(vault_); });
    ASSERT_EQ(chains.size(), 2U);
    EXPECT_EQ(chains[0].kind, NoteKind::kDirectory);
    EXPECT_FALSE(chains[0].case_id);
    EXPECT_EQ(chains[0].object, directory.object);
    EXPECT_EQ(chains[1].case_id, case_);
    EXPECT_TRUE(read([&](Tx& tx) { return tx.notes().list_chains(other_vault_); }).empty());
}

}  // namespace valv::store::testing
