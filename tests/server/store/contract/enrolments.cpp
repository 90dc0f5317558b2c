#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class EnrolmentContract : public StoreContract {
protected:
    InvitationRow row(std::string_view name = "invitation") {
        return {.vault = vault_,
                .invitation = id_of<InvitationId>(name),
                .probe_sha256 = hash_of("probe"),
                .expires_at = kNow + std::chrono::hours(48)};
    }
    bool insert(const InvitationRow& invitation) {
        return write([&](Tx& tx) { return tx.enrolments().insert(invitation); });
    }
    std::optional<InvitationRow> find(const VaultId& vault) {
        return read([&](Tx& tx) { return tx.enrolments().find(vault, row().invitation); });
    }
    std::optional<std::uint32_t> submit(const VaultId& vault, std::string_view text,
                                        Instant now = kNow) {
        return write([&](Tx& tx) {
            return tx.enrolments().add_submission(vault, row().invitation, text, now);
        });
    }
    bool approve(const VaultId& vault, std::string_view text) {
        return write(
            [&](Tx& tx) { return tx.enrolments().approve(vault, row().invitation, text); });
    }
};
VALV_FOR_EVERY_STORE(EnrolmentContract);

TEST_P(EnrolmentContract, AnInvitationIsInsertedOnceAndFound) {
    EXPECT_TRUE(insert(row()));
    EXPECT_FALSE(insert(row()));
    const auto found = find(vault_);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->probe_sha256, hash_of("probe"));
    EXPECT_EQ(found->expires_at, kNow + std::chrono::hours(48));
    EXPECT_TRUE(found->submissions.empty());
    EXPECT_FALSE(found->approval);
}

TEST_P(EnrolmentContract, AnotherVaultSeesAndChangesNothing) {
    EXPECT_TRUE(insert(row()));
    EXPECT_FALSE(find(other_vault_));
    EXPECT_FALSE(submit(other_vault_, "{}"));
    EXPECT_FALSE(approve(other_vault_, "{}"));
    EXPECT_FALSE(
        write([&](Tx& tx) { return tx.enrolments().remove(other_vault_, row().invitation); }));
    EXPECT_TRUE(find(vault_));
}

TEST_P(EnrolmentContract, FiveSubmissionsAndNoSixth) {
    EXPECT_TRUE(insert(row()));
    for (std::uint32_t number = 1; number <= 5; ++number) {
        EXPECT_EQ(submit(vault_, std::to_string(number)), number);
    }
    EXPECT_FALSE(submit(vault_, "6"));
    EXPECT_EQ(find(vault_)->submissions, (std::vector<std::string>{"1", "2", "3", "4", "5"}));
}

TEST_P(EnrolmentContract, NothingIsSubmittedAfterExpiryOrApproval) {
    EXPECT_TRUE(insert(row()));
    EXPECT_FALSE(submit(vault_, "late", row().expires_at));
    EXPECT_TRUE(submit(vault_, "in time", row().expires_at - std::chrono::seconds(1)));
    EXPECT_TRUE(approve(vault_, "approval"));
    EXPECT_FALSE(submit(vault_, "after"));
}

TEST_P(EnrolmentContract, NothingIsSubmittedToAnAbsentInvitation) {
    EXPECT_FALSE(submit(vault_, "{}"));
}

TEST_P(EnrolmentContract, ARolledBackSubmissionIsNotThere) {
    EXPECT_TRUE(insert(row()));
    write_and_throw([&](Tx& tx) {
        static_cast<void>(tx.enrolments().add_submission(vault_, row().invitation, "{}", kNow));
    });
    EXPECT_EQ(submit(vault_, "{}"), 1U);
}

TEST_P(EnrolmentContract, OneApprovalStands) {
    EXPECT_FALSE(approve(vault_, "approval"));
    EXPECT_TRUE(insert(row()));
    EXPECT_TRUE(approve(vault_, "approval"));
    EXPECT_TRUE(approve(vault_, "approval"));
    EXPECT_FALSE(approve(vault_, "another"));
    EXPECT_EQ(find(vault_)->approval, "approval");
}

TEST_P(EnrolmentContract, ListsLiveInvitationsInOrderOfExpiry) {
    InvitationRow sooner = row("sooner");
    sooner.expires_at = kNow + std::chrono::hours(1);
    InvitationRow expired = row("expired");
    expired.expires_at = kNow;
    InvitationRow foreign = row("foreign");
    foreign.vault = other_vault_;
    for (const InvitationRow& invitation : {row(), sooner, expired, foreign}) {
        EXPECT_TRUE(insert(invitation));
    }
    EXPECT_TRUE(submit(vault_, "{}"));
    const auto rows = read([&](Tx& tx) { return tx.enrolments().list(vault_, kNow); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].invitation, sooner.invitation);
    EXPECT_EQ(rows[1].invitation, row().invitation);
    EXPECT_EQ(rows[1].submissions.size(), 1U);
}

TEST_P(EnrolmentContract, RemovesOnce) {
    EXPECT_TRUE(insert(row()));
    EXPECT_TRUE(submit(vault_, "{}"));
    const auto remove = [&](Tx& tx) { return tx.enrolments().remove(vault_, row().invitation); };
    EXPECT_TRUE(write(remove));
    EXPECT_FALSE(write(remove));
    EXPECT_FALSE(find(vault_));
}

TEST_P(EnrolmentContract, RemovesWhatExpiredBefore) {
    EXPECT_TRUE(insert(row()));
    EXPECT_TRUE(submit(vault_, "{}"));
    write([&](Tx& tx) { tx.enrolments().remove_expired(row().expires_at); });
    EXPECT_TRUE(find(vault_));
    write([&](Tx& tx) {
        tx.enrolments().remove_expired(row().expires_at + std::chrono::seconds(1));
    });
    EXPECT_FALSE(find(vault_));
}

}  // namespace valv::store::testing
