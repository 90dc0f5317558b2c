#include "tests/server/store/contract/contract.h"

// The exact lease of DESIGN section 4, step by step.
namespace valv::store::testing {

using std::chrono::minutes;
using std::chrono::seconds;

class LeaseContract : public StoreContract {
protected:
    void SetUp() override { publish(link_); }
    void publish(const LinkRow& row) {
        link_ = row;
        EXPECT_TRUE(write([&](Tx& tx) { return tx.links().insert(a_publication(row)); }));
    }
    // A new challenge, valid for a minute from `now`.
    std::string challenge(Instant now) {
        std::string name = "challenge " + std::to_string(++challenges_);
        write([&](Tx& tx) { tx.links().insert_challenge(link_.link, hash_of(name), now + seconds(60), now); });
        return name;
    }
    OpenAttempt attempt(std::string_view holder, Instant now = kNow) {
        OpenAttempt made = an_attempt(link_, challenge(now), holder);
        made.now = now;
        return made;
    }
    OpenOutcome open(const OpenAttempt& made) {
        return write([&](Tx& tx) { return tx.links().open(made); });
    }
    OpenOutcome open(std::string_view holder, Instant now = kNow) { return open(attempt(holder, now)); }
    OpenOutcome open_wrongly(Instant now = kNow, std::string_view network = "203.0.113.0/24") {
        OpenAttempt made = attempt("stranger", now);
        made.network = network;
        made.signature_is_right = false;
        return open(made);
    }
    void fail_times(int count, std::string_view network = "203.0.113.0/24") {
        for (int number = 0; number < count; ++number) {
            EXPECT_EQ(open_wrongly(kNow, network).result, OpenResult::kWrongCode);
        }
    }
    LinkRow find() {
        return read([&](Tx& tx) { return tx.links().find(link_.link); }).value();
    }
    std::optional<LeaseRow> live_lease(std::string_view holder, Instant now = kNow) {
        return read([&](Tx& tx) { return tx.links().find_live_lease(link_.link, hash_of(holder), now); });
    }
    std::vector<OpenedRow> opened() {
        return read([&](Tx& tx) { return tx.links().opened(link_.link); });
    }
    LinkRow link_ = a_link("link");

private:
    int challenges_ = 0;
};
VALV_FOR_EVERY_STORE(LeaseContract);

TEST_P(LeaseContract, ARightOpenIsCountedAndGivesALease) {
    const OpenAttempt made = attempt("holder");
    const OpenOutcome outcome = open(made);
    EXPECT_EQ(outcome.result, OpenResult::kLease);
    EXPECT_TRUE(outcome.is_new_lease);
    EXPECT_EQ(outcome.link.opens, 1U);
    ASSERT_TRUE(outcome.lease);
    EXPECT_EQ(outcome.lease->link, link_.link);
    EXPECT_EQ(outcome.lease->holder_sha256, hash_of("holder"));
    EXPECT_EQ(outcome.lease->holder_number, 1U);
    EXPECT_EQ(outcome.lease->screen_key, made.screen_key);
    EXPECT_EQ(outcome.lease->until, kNow + minutes(120));
    EXPECT_EQ(find().opens, 1U);
}

TEST_P(LeaseContract, ANewLeaseWritesWhoOpened) {
    const OpenAttempt made = attempt("holder");
    EXPECT_EQ(open(made).result, OpenResult::kLease);
    const auto rows = opened();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at, kNow);
    EXPECT_EQ(rows[0].network, made.network);
    EXPECT_EQ(rows[0].holder_number, 1U);
    EXPECT_EQ(rows[0].holder_sha256, made.holder_sha256);
    EXPECT_EQ(rows[0].challenge, made.challenge);
    EXPECT_EQ(rows[0].signature.salt, made.signature.salt);
    EXPECT_EQ(rows[0].signature.octets, made.signature.octets);
}

TEST_P(LeaseContract, ALeaseLivesUntilItsEndAndNotAtIt) {
    EXPECT_EQ(open("holder").result, OpenResult::kLease);
    EXPECT_TRUE(live_lease("holder", kNow + minutes(120) - seconds(1)));
    EXPECT_FALSE(live_lease("holder", kNow + minutes(120)));
    EXPECT_FALSE(live_lease("stranger"));
}

TEST_P(LeaseContract, ALeaseEndsWithTheLink) {
    const Instant late = link_.not_after - minutes(5);
    EXPECT_EQ(open("holder", late).lease->until, link_.not_after);
}

TEST_P(LeaseContract, TheSameHolderGetsTheSameLeaseUncounted) {
    const OpenOutcome first = open("holder");
    const OpenOutcome again = open("holder", kNow + minutes(1));
    EXPECT_EQ(again.result, OpenResult::kLease);
    EXPECT_FALSE(again.is_new_lease);
    EXPECT_EQ(again.lease->until, first.lease->until);
    EXPECT_EQ(again.lease->screen_key, first.lease->screen_key);
    EXPECT_EQ(find().opens, 1U);
    EXPECT_EQ(opened().size(), 1U);
}

TEST_P(LeaseContract, AHolderWhoseLeaseIsOverIsCountedAgainUnderItsNumber) {
    EXPECT_EQ(open("first").lease->holder_number, 1U);
    EXPECT_EQ(open("second").lease->holder_number, 2U);
    const OpenOutcome again = open("first", kNow + minutes(120));
    EXPECT_TRUE(again.is_new_lease);
    EXPECT_EQ(again.lease->holder_number, 1U);
    EXPECT_EQ(again.lease->until, kNow + minutes(240));
    EXPECT_EQ(find().opens, 3U);
}

TEST_P(LeaseContract, OpensStopAtTheMaximum) {
    for (const auto* const holder : {"one", "two", "three"}) {
        EXPECT_EQ(open(holder).result, OpenResult::kLease);
    }
    const OpenOutcome fourth = open("four");
    EXPECT_EQ(fourth.result, OpenResult::kUsedUp);
    EXPECT_FALSE(fourth.lease);
    EXPECT_EQ(fourth.link.opens, 3U);
    EXPECT_EQ(open("one").result, OpenResult::kLease);
    EXPECT_EQ(opened().size(), 3U);
}

TEST_P(LeaseContract, AChallengeIsUsedOnce) {
    const OpenAttempt made = attempt("holder");
    EXPECT_EQ(open(made).result, OpenResult::kLease);
    EXPECT_EQ(open(made).result, OpenResult::kNoChallenge);
}

TEST_P(LeaseContract, AWrongSignatureUsesTheChallengeUp) {
    OpenAttempt made = attempt("holder");
    made.signature_is_right = false;
    EXPECT_EQ(open(made).result, OpenResult::kWrongCode);
    made.signature_is_right = true;
    EXPECT_EQ(open(made).result, OpenResult::kNoChallenge);
}

TEST_P(LeaseContract, AChallengeExpires) {
    OpenAttempt late = attempt("holder");
    late.now = kNow + seconds(60);
    EXPECT_EQ(open(late).result, OpenResult::kNoChallenge);
    OpenAttempt just_in_time = attempt("holder");
    just_in_time.now = kNow + seconds(59);
    EXPECT_EQ(open(just_in_time).result, OpenResult::kLease);
}

TEST_P(LeaseContract, AChallengeOfAnotherLinkIsNone) {
    OpenAttempt made = attempt("holder");
    publish(a_link("other"));
    made.link = link_.link;
    EXPECT_EQ(open(made).result, OpenResult::kNoChallenge);
    EXPECT_EQ(find().opens, 0U);
}

TEST_P(LeaseContract, AnUnknownLinkHasNoChallenge) {
    EXPECT_EQ(open(an_attempt(a_link("absent"), "guess", "holder")).result, OpenResult::kNoChallenge);
}

TEST_P(LeaseContract, ANewChallengeDropsTheExpiredOnes) {
    OpenAttempt old = attempt("holder");
    static_cast<void>(challenge(kNow + seconds(60)));
    EXPECT_EQ(open(old).result, OpenResult::kNoChallenge);
}

TEST_P(LeaseContract, ARolledBackOpenLeavesChallengeCountAndLease) {
    const OpenAttempt made = attempt("holder");
    write_and_throw([&](Tx& tx) { static_cast<void>(tx.links().open(made)); });
    EXPECT_EQ(find().opens, 0U);
    EXPECT_FALSE(live_lease("holder"));
    EXPECT_TRUE(opened().empty());
    EXPECT_EQ(open(made).result, OpenResult::kLease);
}

TEST_P(LeaseContract, ARevokedLinkGivesNothing) {
    const OpenAttempt made = attempt("holder");
    write([&](Tx& tx) { return tx.links().revoke(vault_, case_, link_.link, kNow); });
    const OpenOutcome outcome = open(made);
    EXPECT_EQ(outcome.result, OpenResult::kRevoked);
    EXPECT_EQ(outcome.at, kNow);
    EXPECT_EQ(find().opens, 0U);
}

TEST_P(LeaseContract, ALinkExpiresAtItsEnd) {
    const OpenOutcome outcome = open("holder", link_.not_after);
    EXPECT_EQ(outcome.result, OpenResult::kExpired);
    EXPECT_EQ(outcome.at, link_.not_after);
    EXPECT_EQ(open("holder", link_.not_after - seconds(1)).result, OpenResult::kLease);
}

TEST_P(LeaseContract, ALinkBeginsAtItsBeginning) {
    LinkRow row = a_link("later");
    row.not_before = kNow + minutes(1);
    publish(row);
    const OpenOutcome early = open("holder");
    EXPECT_EQ(early.result, OpenResult::kNotYet);
    EXPECT_EQ(early.at, row.not_before);
    EXPECT_EQ(open("holder", kNow + minutes(1)).result, OpenResult::kLease);
}

TEST_P(LeaseContract, AnEndedLinkCountsNoFailure) {
    EXPECT_EQ(open_wrongly(link_.not_after).result, OpenResult::kExpired);
    EXPECT_EQ(find().failures, 0U);
}

TEST_P(LeaseContract, AWrongSignatureIsCountedAndGivesNothing) {
    const OpenOutcome outcome = open_wrongly();
    EXPECT_EQ(outcome.result, OpenResult::kWrongCode);
    EXPECT_EQ(outcome.link.failures, 1U);
    EXPECT_FALSE(outcome.is_newly_locked);
    EXPECT_FALSE(outcome.lease);
    EXPECT_EQ(find().failures, 1U);
    EXPECT_EQ(find().opens, 0U);
}

TEST_P(LeaseContract, FourWrongCodesDoNotMakeANetworkWait) {
    fail_times(4);
    EXPECT_EQ(open("holder").result, OpenResult::kLease);
}

TEST_P(LeaseContract, TheFifthWrongCodeMakesTheNetworkWaitAMinute) {
    fail_times(5);
    const OpenOutcome early = open("holder", kNow + seconds(59));
    EXPECT_EQ(early.result, OpenResult::kWaiting);
    EXPECT_EQ(early.at, kNow + minutes(1));
    EXPECT_EQ(open("holder", kNow + minutes(1)).result, OpenResult::kLease);
}

TEST_P(LeaseContract, WaitsDoubleUpToFifteenMinutes) {
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

TEST_P(LeaseContract, ATryWhileWaitingIsNotCounted) {
    fail_times(5);
    EXPECT_EQ(open_wrongly(kNow + seconds(30)).result, OpenResult::kWaiting);
    EXPECT_EQ(find().failures, 5U);
    const OpenOutcome outcome = open("holder", kNow + minutes(1));  // the wait did not grow
    EXPECT_EQ(outcome.result, OpenResult::kLease);
}

TEST_P(LeaseContract, AWaitingNetworkDoesNotHoldUpAnother) {
    fail_times(5);
    OpenAttempt elsewhere = attempt("holder");
    elsewhere.network = "198.51.100.0/24";
    EXPECT_EQ(open(elsewhere).result, OpenResult::kLease);
}

TEST_P(LeaseContract, ANetworkWaitsForOneLinkOnly) {
    fail_times(5);
    publish(a_link("other"));
    EXPECT_EQ(open("holder").result, OpenResult::kLease);
}

TEST_P(LeaseContract, WaitingDoesNotTouchALiveLease) {
    const OpenOutcome first = open("holder");
    fail_times(5);
    const auto lease = live_lease("holder");
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->until, first.lease->until);
    OpenAttempt elsewhere = attempt("holder");
    elsewhere.network = "198.51.100.0/24";
    EXPECT_FALSE(open(elsewhere).is_new_lease);
}

TEST_P(LeaseContract, TheLinkLocksWhenTheFailuresReachTheirLimit) {
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

TEST_P(LeaseContract, ALockedLinkGivesNoNewLease) {
    LinkRow row = a_link("locked");
    row.failures_allowed = 1;
    publish(row);
    fail_times(1);
    const OpenOutcome outcome = open("holder");
    EXPECT_EQ(outcome.result, OpenResult::kLocked);
    EXPECT_EQ(outcome.at, kNow);
    EXPECT_EQ(find().opens, 0U);
}

TEST_P(LeaseContract, LockingDoesNotTouchALiveLease) {
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

TEST_P(LeaseContract, ARolledBackFailureIsNotCounted) {
    OpenAttempt made = attempt("stranger");
    made.signature_is_right = false;
    write_and_throw([&](Tx& tx) { static_cast<void>(tx.links().open(made)); });
    EXPECT_EQ(find().failures, 0U);
    fail_times(4);
    EXPECT_EQ(open("holder").result, OpenResult::kLease);  // the rolled-back one would have been the fifth
}

}  // namespace valv::store::testing
