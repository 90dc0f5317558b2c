// The recovery recipient: two admins, everybody's own comparison, and what shares open.
#include "client/lib/recovery.h"

#include <gtest/gtest.h>

#include "client/lib/errors.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/sealed/keyring.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

struct RecoveryTest : testing::Test {
    [[nodiscard]] static sealed::X25519Identity identity_of(const NewRecovery& made) {
        return sealed::X25519Identity::from_secret(
            sealed::combine_recovery_shares(std::span(made.shares).first(2)));
    }
    // The keyring's file as the server keeps it, opened with the recovery identity alone.
    [[nodiscard]] bool opens(Case& opened, const sealed::X25519Identity& identity) {
        const Call call =
            call_to(RouteName::kGetKeyring,
                    {founder->vault.id_text(), case_id.text(), std::to_string(opened.epoch()),
                     std::to_string(opened.keyring().number)});
        const protocol::Put put =
            protocol::decode_put(ask(founder->vault.transport(), call).text());
        try {
            return sealed::open_keyring(put.object, {&identity}).case_id == case_id;
        } catch (const Error&) {
            return false;
        }
    }
    static casework::Record unchanged(casework::Record record) { return record; }

    World world;
    std::unique_ptr<Member> founder = found(world);
    CaseId case_id = Cases(founder->vault).create(plain_record());
};

TEST_F(RecoveryTest, TheOnlyAdminConfirmsAtOnceAndTheNextWriteWraps) {
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    EXPECT_TRUE(made.is_confirmed);
    EXPECT_EQ(founder->vault.directory().recovery, made.recipient);
    Case opened = founder->open(case_id);
    EXPECT_FALSE(opens(opened, identity_of(made)));
    opened.update_record(unchanged);
    EXPECT_TRUE(opens(opened, identity_of(made)));
    EXPECT_EQ(opened.epoch(), 1U) << "the same keys, wrapped once more";
}

TEST_F(RecoveryTest, ANewCaseIsWrappedFromItsFirstKeyringOn) {
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    case_id = Cases(founder->vault).create(plain_record("RV-2026-102"));
    Case opened = founder->open(case_id);
    EXPECT_EQ(opened.keyring().number, 1U);
    EXPECT_TRUE(opens(opened, identity_of(made)));
}

TEST_F(RecoveryTest, WithTwoAdminsAnotherConfirms) {
    const auto second = enrol(world, *founder, "second", crypto::Role::kAdmin);
    founder->vault.sync();
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    EXPECT_FALSE(made.is_confirmed);
    EXPECT_TRUE(founder->vault.directory().recovery.empty());
    EXPECT_EQ(failure_of([&] {
                  confirm_recovery(founder->vault);
                  return 0;
              }),
              "recovery_own_proposal");
    second->vault.sync();
    EXPECT_EQ(proposed_recovery(second->vault), made.recipient);
    confirm_recovery(second->vault);
    founder->vault.sync();
    EXPECT_EQ(founder->vault.directory().recovery, made.recipient);
    EXPECT_TRUE(proposed_recovery(founder->vault).empty());
}

TEST_F(RecoveryTest, NobodyWrapsToWhatTheirPersonDidNotCompare) {
    const auto other = enrol(world, *founder, "other");
    founder->vault.sync();
    founder->open(case_id).share({other->device()});
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    other->vault.sync();
    EXPECT_EQ(unaccepted_recovery(other->vault), made.recipient);
    Case theirs = other->open(case_id);
    theirs.update_record(unchanged);
    EXPECT_FALSE(opens(theirs, identity_of(made)));
    accept_recovery(other->vault);
    EXPECT_TRUE(unaccepted_recovery(other->vault).empty());
    theirs.update_record(unchanged);
    EXPECT_TRUE(opens(theirs, identity_of(made)));
}

// Who has not compared yet goes on with what the keyring's maker vouched for: no change of members
// takes a case's recovery away.
TEST_F(RecoveryTest, AColleagueKeepsWhatTheKeyringBeforeWasWrappedTo) {
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    const auto other = enrol(world, *founder, "other");
    const auto third = enrol(world, *founder, "third");
    founder->vault.sync();
    founder->open(case_id).share({other->device()});
    other->vault.sync();
    Case theirs = other->open(case_id);
    theirs.share({third->device()});
    EXPECT_TRUE(opens(theirs, identity_of(made)));
}

TEST_F(RecoveryTest, AKeyringForARecipientThatNobodyNamedIsRefused) {
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    founder->profile.update_pins([&](Pins& pins) {
        pins.recovery = sealed::X25519Identity::random(world.random).recipient().text();
    });
    EXPECT_EQ(failure_of([&] {
                  founder->open(case_id).update_record(unchanged);
                  return 0;
              }),
              "note_context_mismatch");
}

TEST_F(RecoveryTest, OnlyAnAdminMakesOne) {
    const auto other = enrol(world, *founder, "other");
    EXPECT_EQ(failure_of([&] { return split_recovery(other->vault, 2, 3).is_confirmed; }),
              "forbidden");
    EXPECT_EQ(failure_of([&] {
                  confirm_recovery(other->vault);
                  return 0;
              }),
              "forbidden");
}

TEST_F(RecoveryTest, ADrillTellsWhatSharesOpen) {
    const NewRecovery old = split_recovery(founder->vault, 2, 3);
    const NewRecovery made = split_recovery(founder->vault, 3, 5);
    EXPECT_EQ(drill_recovery(founder->vault, std::span(made.shares).last(3)), DrillResult::kOpens);
    EXPECT_EQ(drill_recovery(founder->vault, std::span(old.shares).first(2)),
              DrillResult::kOpensOld);
    const std::vector<sealed::RecoveryShare> foreign = sealed::split_recovery_secret(
        crypto::SecretBytes::random(sealed::kRecoverySecretBytes, world.random), 2, 2,
        world.random);
    EXPECT_EQ(drill_recovery(founder->vault, foreign), DrillResult::kOpensNone);
    EXPECT_EQ(failure_of([&] {
                  return drill_recovery(founder->vault, std::span(made.shares).first(2)) ==
                         DrillResult::kOpens;
              }),
              "recovery_shares_too_few");
}

TEST_F(RecoveryTest, TheComparisonOutlivesTheProgram) {
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    const auto again = Member::reopen(world, "founder");
    EXPECT_TRUE(unaccepted_recovery(again->vault).empty());
    EXPECT_EQ(again->profile.pins().recovery, made.recipient);
}

}  // namespace
}  // namespace valv::client::test
