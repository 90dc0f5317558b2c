// The recovery recipient: two admins, everybody's own comparison, and what shares open.
#include "client/lib/recovery.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/errors.h"
#include "client/lib/keyring_chain.h"
#include "client/lib/recover_cases.h"
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

// The office's laptop burned: another admin, who is no member, puts two shares together.
TEST_F(RecoveryTest, TwoSharesMakeEveryCaseReadableAgain) {
    const auto second = enrol(world, *founder, "second", crypto::Role::kAdmin);
    founder->vault.sync();
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    second->vault.sync();
    confirm_recovery(second->vault);
    founder->vault.sync();
    Case theirs = founder->open(case_id);
    write_file(world.folder / "paper", some_octets(70'000));
    const casework::Document row = Documents(theirs).add(world.folder / "paper", passport_row());
    const auto reader = Member::reopen(world, "second");
    EXPECT_TRUE(Cases(reader->vault).list().empty());
    const std::vector<RecoveredCase> recovered =
        recover_cases(reader->vault, std::span(made.shares).last(2));
    ASSERT_EQ(recovered.size(), 1U);
    EXPECT_TRUE(recovered[0].is_recovered);
    EXPECT_EQ(recovered[0].reference, "RV-2026-101");
    Case ours = reader->open(case_id);
    EXPECT_EQ(ours.epoch(), 2U);
    Documents(ours).get(Documents(ours).row(row.id), world.folder / "read", local::Overwrite::kNo);
    EXPECT_EQ(snapshot(world.folder / "read"), snapshot(world.folder / "paper"));
    // Who was a member and is active still is, and takes the recovered keyring.
    founder->vault.sync();
    EXPECT_EQ(founder->open(case_id).read_record().record.facts.reference, "RV-2026-101");
    EXPECT_TRUE(recover_cases(reader->vault, std::span(made.shares).first(2)).empty())
        << "nothing is left to recover";
}

TEST_F(RecoveryTest, ACaseThatWasNeverWrappedIsToldApart) {
    const auto second = enrol(world, *founder, "second", crypto::Role::kAdmin);
    founder->vault.sync();
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    second->vault.sync();
    confirm_recovery(second->vault);
    const std::vector<RecoveredCase> recovered = recover_cases(second->vault, made.shares);
    ASSERT_EQ(recovered.size(), 1U);
    EXPECT_FALSE(recovered[0].is_recovered);
    EXPECT_EQ(failure_of([&] { return second->open(case_id).epoch(); }), "not_found");
}

TEST_F(RecoveryTest, OnlyAnAdminRecovers) {
    const NewRecovery made = split_recovery(founder->vault, 2, 3);
    const auto other = enrol(world, *founder, "other");
    EXPECT_EQ(failure_of([&] { return recover_cases(other->vault, made.shares).size(); }),
              "forbidden");
}

// An admin who is no member and has no shares can fetch a keyring, and make none that anybody
// takes.
TEST_F(RecoveryTest, AnAdminWithoutSharesMakesNoKeyring) {
    const auto second = enrol(world, *founder, "second", crypto::Role::kAdmin);
    founder->vault.sync();
    sealed::Keyring forged;
    forged.vault = founder->vault.id();
    forged.case_id = case_id;
    forged.epoch = 2;
    forged.number = 2;
    forged.succession = crypto::Hash{};
    forged.keys.push_back({.epoch = 1, .key = sealed::CaseKey::random(world.random)});
    forged.keys.push_back({.epoch = 2, .key = sealed::CaseKey::random(world.random)});
    const Call get = call_to(RouteName::kGetRecoverableKeyring,
                             {second->vault.id_text(), case_id.text(), "1", "1"});
    protocol::Put first = protocol::decode_put(ask(second->vault.transport(), get).text());
    const VerifiedNote before =
        second->vault.verify_note(first.note, first.object, {.object = "keyring 1"});
    Call put = call_to(RouteName::kPutRecoveredKeyring, {second->vault.id_text(), case_id.text()});
    std::vector<DeviceId> devices{founder->device(), second->device()};
    std::ranges::sort(devices);
    put.json =
        protocol::encode(put_of(seal_noted_keyring(second->vault, forged, devices, &before)));
    ask(second->vault.transport(), put);
    EXPECT_EQ(failure_of([&] { return founder->open(case_id).epoch(); }), "note_context_mismatch");
}

}  // namespace
}  // namespace valv::client::test
