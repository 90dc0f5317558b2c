#include "tests/server/store/contract/lease_fixture.h"

// The exact lease (docs/protocol.md section 4): wrong codes, waiting networks, locked links.
namespace valv::store::testing {

class WrongCodeContract : public LeaseFixture {};
VALV_FOR_EVERY_STORE(WrongCodeContract);

TEST_P(WrongCodeContract, AWrongSignatureIsCountedAndGivesNothing) {
    const OpenOutcome outcome = open_wrongly();
    EXPECT_EQ(outcome.result, OpenResult::kWrongCode);
    EXPECT_EQ(outcome.link.failures, 1U);
    EXPECT_FALSE(outcome.is_newly_locked);
    EXPECT_FALSE(outcome.lease);
    EXPECT_EQ(find().failures, 1U);
    EXPECT_EQ(find().opens, 0U);
}

TEST_P(WrongCodeContract, FourWrongCodesDoNotMakeANetworkWait) {
    fail_times(4);
    EXPECT_EQ(open("holder").result, OpenResult::kLease);
}

TEST_P(WrongCodeContract, TheFifthWrongCodeMakesTheNetworkWaitAMinute) {
    fail_times(5);
    const OpenOutcome early = open("holder", kNow + seconds(59));
    EXPECT_EQ(early.result, OpenResult::kWaiting);
    EXPECT_EQ(early.at, kNow + minutes(1));
    EXPECT_EQ(open("holder", kNow + minutes(1)).result, OpenResult::kLease);
}

TEST_P(WrongCodeContract, WaitsDoubleUpToFifteenMinutes) {
    fail_times(4);
    Instant now = kNow;
    for (const int wait : {1, 2, 4, 8, 15, 15}) {
        EXPECT_EQ(open_wrongly(now).result, OpenResult::kWrongCode);
        const OpenOutcome waiting = open_wrongly(now);
        EXPECT_EQ(waiting.result, OpenResult::kWaiting);
        EXPECT_EQ(waiting.at, now + minutes(wait));
        now = *waiting.at;
    }
}

TEST_P(WrongCodeContract, ATryWhileWaitingIsNotCounted) {
    fail_times(5);
    EXPECT_EQ(open_wrongly(kNow + seconds(30)).result, OpenResult::kWaiting);
    EXPECT_EQ(find().failures, 5U);
    const OpenOutcome outcome = open("holder", kNow + minutes(1));  // the wait did not grow
    EXPECT_EQ(outcome.result, OpenResult::kLease);
}

TEST_P(WrongCodeContract, AWaitingNetworkDoesNotHoldUpAnother) {
    fail_times(5);
    OpenAttempt elsewhere = attempt("holder");
    elsewhere.network = "198.51.100.0/24";
    EXPECT_EQ(open(elsewhere).result, OpenResult::kLease);
}

TEST_P(WrongCodeContract, ANetworkWaitsForOneLinkOnly) {
    fail_times(5);
    publish(a_link("other"));
    EXPECT_EQ(open("holder").result, OpenResult::kLease);
}

TEST_P(WrongCodeContract, WaitingDoesNotTouchALiveLease) {
    const OpenOutcome first = open("holder");
    fail_times(5);
    const auto lease = live_lease("holder");
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->until, first.lease->until);
    OpenAttempt elsewhere = attempt("holder");
    elsewhere.network = "198.51.100.0/24";
    EXPECT_FALSE(open(elsewhere).is_new_lease);
}

TEST_P(WrongCodeContract, TheLinkLocksWhenTheFailuresReachTheirLimit) {
    LinkRow row = a_link("short");
    row.failures_allowed = 7;
    publish(row);
    fail_times(4, "192.0.2.0/24");
    fail_times(2, "198.51.100.0/24");
    EXPECT_FALSE(find().locked_at);
    const OpenOutcome seventh = open_wrongly(kNow + seconds(1));
    EXPECT_EQ(seventh.result, OpenResult::kWrongCode);
    EXPECT_TRUE(seventh.is_newly_locked);
    EXPECT_EQ(seventh.link.locked_at, kNow + seconds(1));
    EXPECT_EQ(find().locked_at, kNow + seconds(1));
    EXPECT_FALSE(open_wrongly(kNow + seconds(2)).is_newly_locked);
    EXPECT_EQ(find().locked_at, kNow + seconds(1));
}

TEST_P(WrongCodeContract, ALockedLinkGivesNoNewLease) {
    LinkRow row = a_link("locked");
    row.failures_allowed = 1;
    publish(row);
    fail_times(1);
    const OpenOutcome outcome = open("holder");
    EXPECT_EQ(outcome.result, OpenResult::kLocked);
    EXPECT_EQ(outcome.at, kNow);
    EXPECT_EQ(find().opens, 0U);
}

TEST_P(WrongCodeContract, LockingDoesNotTouchALiveLease) {
    LinkRow row = a_link("locked");
    row.failures_allowed = 1;
    publish(row);
    const OpenOutcome first = open("holder");
    fail_times(1);
    EXPECT_TRUE(live_lease("holder"));
    const OpenOutcome again = open("holder");
    EXPECT_EQ(again.result, OpenResult::kLease);
    EXPECT_FALSE(again.is_new_lease);
    EXPECT_EQ(again.lease->until, first.lease->until);
    EXPECT_EQ(open("holder", first.lease->until).result, OpenResult::kLocked);
}

TEST_P(WrongCodeContract, ARolledBackFailureIsNotCounted) {
    OpenAttempt made = attempt("stranger");
    made.signature_is_right = false;
    write_and_throw([&](Tx& tx) { static_cast<void>(tx.links().open(made)); });
    EXPECT_EQ(find().failures, 0U);
    fail_times(4);
    EXPECT_EQ(open("holder").result,
              OpenResult::kLease);  // the rolled-back one would have been the fifth
}

}  // namespace valv::store::testing
