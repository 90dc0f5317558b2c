#include "tests/server/store/contract/lease_fixture.h"

// The exact lease (docs/protocol.md section 4): who gets one, until when, and what is counted.
// Wrong codes: wrong_codes.cpp.
namespace valv::store::testing {

class LeaseContract : public LeaseFixture {};
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
    EXPECT_EQ(outcome.lease->log_leaf, made.log_leaf);
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
    EXPECT_EQ(again.lease->log_leaf, first.lease->log_leaf);
    EXPECT_EQ(live_lease("holder")->log_leaf, first.lease->log_leaf);
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
    EXPECT_EQ(open(an_attempt(a_link("absent"), "guess", "holder")).result,
              OpenResult::kNoChallenge);
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

}  // namespace valv::store::testing
