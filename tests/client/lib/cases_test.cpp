#include <gtest/gtest.h>

#include "client/lib/errors.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

casework::Record with_note(casework::Record record, std::string text, Instant at) {
    record.notes.push_back({.at = at, .by = "somebody", .text = std::move(text)});
    return record;
}

struct CasesTest : testing::Test {
    std::function<casework::Record(casework::Record)> noting(std::string text) {
        return [this, text](casework::Record record) {
            return with_note(std::move(record), text, world.clock.now());
        };
    }
    void share_with(Member& other) {
        founder->vault.sync();
        founder->open(case_id).share({other.device()});
    }
    World world;
    std::unique_ptr<Member> founder = found(world);
    CaseId case_id = Cases(founder->vault).create(plain_record());
};

TEST_F(CasesTest, NewCaseReadsBack) {
    const RecordState state = founder->open(case_id).read_record();
    EXPECT_EQ(state.record.facts.reference, "RV-2026-101");
    EXPECT_EQ(state.record.facts.id, case_id);
    EXPECT_EQ(state.head.number, 1U);
    EXPECT_EQ(state.signer, founder->device());
}

TEST_F(CasesTest, ListHoldsOwnCasesOnly) {
    const auto other = enrol(world, *founder, "other");
    (void)Cases(other->vault).create(plain_record("RV-2026-102"));
    const auto list = Cases(founder->vault).list();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].id, case_id);
}

TEST_F(CasesTest, RecordThatBreaksARuleIsNotWritten) {
    Case opened = founder->open(case_id);
    const auto error = error_of([&] {
        return opened.update_record([](casework::Record record) {
            record.facts.reference.clear();
            return record;
        });
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::kInvalidArgument);
    EXPECT_EQ(error->path(), "/case/reference");
    EXPECT_EQ(opened.read_record().head.number, 1U);
}

TEST_F(CasesTest, SharedCaseIsReadAndWrittenByBoth) {
    const auto other = enrol(world, *founder, "other");
    EXPECT_EQ(failure_of([&] { return other->open(case_id); }), "not_found");
    share_with(*other);
    Case theirs = other->open(case_id);
    EXPECT_EQ(theirs.read_record().record.facts.reference, "RV-2026-101");
    theirs.update_record(noting("from the other"));
    const RecordState state = founder->open(case_id).read_record();
    ASSERT_EQ(state.record.notes.size(), 1U);
    EXPECT_EQ(state.record.notes[0].text, "from the other");
    EXPECT_EQ(state.signer, other->device());
}

TEST_F(CasesTest, RaceOfTwoWritersKeepsBothChanges) {
    const auto other = enrol(world, *founder, "other");
    share_with(*other);
    Case ours = founder->open(case_id);
    Case theirs = other->open(case_id);
    bool has_raced = false;
    world.network.wire.before = [&](const Call& call) {
        if (call.route == RouteName::kPutRecord && !has_raced) {
            has_raced = true;
            theirs.update_record(noting("theirs"));
        }
    };
    const RecordState state = ours.update_record(noting("ours"));
    EXPECT_EQ(state.head.number, 3U);
    ASSERT_EQ(state.record.notes.size(), 2U);
    EXPECT_EQ(state.record.notes[0].text, "theirs");
    EXPECT_EQ(state.record.notes[1].text, "ours");
}

TEST_F(CasesTest, WriteOvertakenByARotationIsRepeatedUnderTheNewKey) {
    const auto other = enrol(world, *founder, "other");
    const auto leaver = enrol(world, *founder, "leaver");
    share_with(*other);
    share_with(*leaver);
    Case ours = founder->open(case_id);
    Case theirs = other->open(case_id);
    bool has_raced = false;
    world.network.wire.before = [&](const Call& call) {
        if (call.route == RouteName::kPutRecord && !has_raced) {
            has_raced = true;
            theirs.unshare({leaver->device()});
        }
    };
    ours.update_record(noting("ours"));
    EXPECT_EQ(ours.epoch(), 2U);
    EXPECT_EQ(theirs.read_record().record.notes.size(), 1U);
}

TEST_F(CasesTest, LostReplyOfAWriteIsFoundOutAndNotWrittenTwice) {
    Case opened = founder->open(case_id);
    bool was_lost = false;
    world.network.wire.after = [&](const Call& call, Response&) {
        if (call.route == RouteName::kPutRecord && !was_lost) {
            was_lost = true;
            throw Error(ErrorCode::kNetwork, "lost");
        }
    };
    const RecordState state = opened.update_record(noting("once"));
    EXPECT_EQ(state.head.number, 2U);
    EXPECT_EQ(opened.read_record().record.notes.size(), 1U);
}

TEST_F(CasesTest, LostReplyOfACreationMakesOneCase) {
    bool was_lost = false;
    world.network.wire.after = [&](const Call& call, Response&) {
        if (call.route == RouteName::kCreateCase && !was_lost) {
            was_lost = true;
            throw Error(ErrorCode::kNetwork, "lost");
        }
    };
    (void)Cases(founder->vault).create(plain_record("RV-2026-102"));
    EXPECT_EQ(Cases(founder->vault).list().size(), 2U);
}

TEST_F(CasesTest, LeaverReadsNothingAnyMore) {
    const auto other = enrol(world, *founder, "other");
    share_with(*other);
    (void)other->open(case_id).read_record();
    Case ours = founder->open(case_id);
    ours.unshare({other->device()});
    EXPECT_EQ(ours.epoch(), 2U);
    EXPECT_EQ(ours.members(), std::vector<DeviceId>{founder->device()});
    EXPECT_EQ(failure_of([&] { return other->open(case_id); }), "not_found");
    EXPECT_EQ(Member::reopen(world, "founder")->open(case_id).read_record().record.facts.reference,
              "RV-2026-101");
}

TEST_F(CasesTest, WhoComesBackVerifiesTheWholeChain) {
    const auto other = enrol(world, *founder, "other");
    share_with(*other);
    Case ours = founder->open(case_id);
    ours.unshare({other->device()});
    ours.share({other->device()});
    const auto back = Member::reopen(world, "other");
    Case theirs = back->open(case_id);
    EXPECT_EQ(theirs.keyring().keys.size(), 2U);
    EXPECT_EQ(theirs.read_record().record.facts.reference, "RV-2026-101");
}

TEST_F(CasesTest, RevokedMemberIsRotatedOutBeforeTheNextWrite) {
    const auto other = enrol(world, *founder, "other");
    share_with(*other);
    founder->vault.sync();
    revoke_devices(founder->vault, {other->device()});
    Case ours = founder->open(case_id);
    EXPECT_EQ(ours.inactive_members().size(), 1U);
    ours.update_record(noting("after"));
    EXPECT_EQ(ours.epoch(), 2U);
    EXPECT_TRUE(ours.inactive_members().empty());
}

TEST_F(CasesTest, DeviceThatIsNotActiveIsNotLetIn) {
    Case ours = founder->open(case_id);
    EXPECT_EQ(failure_of([&] {
                  ours.share({DeviceId::random(world.random)});
                  return 0;
              }),
              "invalid_argument");
}

TEST_F(CasesTest, AuditorReadsAndDoesNotWrite) {
    const auto auditor = enrol(world, *founder, "auditor", crypto::Role::kAuditor);
    share_with(*auditor);
    Case theirs = auditor->open(case_id);
    EXPECT_EQ(theirs.read_record().head.number, 1U);
    EXPECT_EQ(failure_of([&] { return theirs.update_record(noting("x")); }), "forbidden");
}

}  // namespace
}  // namespace valv::client::test
