#include <gtest/gtest.h>

#include "client/lib/errors.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

struct EnrolmentTest : testing::Test {
    Enrolling begin() {
        return Enrolling::begin(world.environment, world.folder / "new", made.file.reveal(),
                                made.code, passphrase());
    }
    World world;
    std::unique_ptr<Member> admin = found(world);
    Enrolments enrolments{admin->vault};
    MadeInvitation made = enrolments.invite({.person = {}, .name = "Newcomer"});
};

TEST_F(EnrolmentTest, NewcomerIsListedUnderTheInvitedNameAndRole) {
    Enrolling newcomer = begin();
    newcomer.submit();
    const EnrolmentList list = enrolments.list();
    ASSERT_EQ(list.pending.size(), 1U);
    EXPECT_EQ(list.pending[0].name, "Newcomer");
    EXPECT_EQ(list.pending[0].role, crypto::Role::kCoordinator);
    EXPECT_EQ(list.pending[0].words, newcomer.words());
}

TEST_F(EnrolmentTest, ApprovedNewcomerReadsTheVault) {
    Enrolling newcomer = begin();
    newcomer.submit();
    EXPECT_FALSE(newcomer.poll());
    enrolments.approve(enrolments.list().pending.at(0));
    EXPECT_TRUE(newcomer.poll());
    const auto member = Member::reopen(world, "new");
    EXPECT_EQ(member->vault.names().name_of(member->profile.facts().person), "Newcomer");
    EXPECT_EQ(member->vault.own_line().role, crypto::Role::kCoordinator);
}

TEST_F(EnrolmentTest, WrongCodeIsRefusedInTheListAndCanBeCorrected) {
    const auto wrong = sealed::DigitCode::from_text(as_bytes("0000 0000 0000 0000"),
                                                    sealed::kInvitationCodeDigits);
    Enrolling::begin(world.environment, world.folder / "new", made.file.reveal(), *wrong,
                     passphrase())
        .submit();
    EXPECT_EQ(enrolments.list().refused, 1U);
    begin().submit();
    const EnrolmentList list = enrolments.list();
    EXPECT_EQ(list.pending.size(), 1U);
    EXPECT_EQ(list.refused, 1U);
}

TEST_F(EnrolmentTest, TheSameCommandAgainSubmitsOnce) {
    begin().submit();
    begin().submit();
    EXPECT_EQ(enrolments.list().pending.size(), 1U);
}

TEST_F(EnrolmentTest, ExpiredInvitationIsRefusedByTheNewcomersClock) {
    world.clock.advance(std::chrono::hours(48));
    EXPECT_EQ(failure_of([&] { return begin(); }), "ended");
}

TEST_F(EnrolmentTest, CutApprovalIsFinishedByApprovingAgain) {
    Enrolling newcomer = begin();
    newcomer.submit();
    world.network.wire.before = [](const Call& call) {
        if (call.route == RouteName::kApproveEnrolment) {
            throw Error(ErrorCode::kNetwork, "cut");
        }
    };
    EXPECT_EQ(failure_of([&] {
                  enrolments.approve(enrolments.list().pending.at(0));
                  return 0;
              }),
              "network");
    world.network.wire.before = {};
    const EnrolmentList list = enrolments.list();
    ASSERT_EQ(list.pending.size(), 1U);
    EXPECT_TRUE(list.pending[0].already_listed);
    enrolments.approve(list.pending[0]);
    EXPECT_TRUE(newcomer.poll());
    EXPECT_EQ(admin->vault.directory().number, 2U);
}

TEST_F(EnrolmentTest, ForgedApprovalIsNoticedAndPinsNothing) {
    Enrolling newcomer = begin();
    newcomer.submit();
    enrolments.approve(enrolments.list().pending.at(0));
    world.network.wire.after = [](const Call& call, Response& response) {
        if (call.route == RouteName::kPollEnrolment) {
            protocol::PollReply reply = protocol::decode_poll_reply(response.text());
            reply.approval->directory = 1;
            response.body = to_bytes(as_bytes(protocol::encode(reply)));
        }
    };
    EXPECT_EQ(failure_of([&] { return newcomer.poll(); }), "enrolment_invalid");
    EXPECT_FALSE(Profile::open(world.folder / "new", passphrase()).pins().directory.has_value());
}

// The approval names directory 2, so an older one is refused at the first read.
TEST_F(EnrolmentTest, OlderDirectoryIsRefusedAtFirstContact) {
    Enrolling newcomer = begin();
    newcomer.submit();
    enrolments.approve(enrolments.list().pending.at(0));
    world.network.wire.after = [](const Call& call, Response& response) {
        if (call.route == RouteName::kGetDirectoryHead) {
            response.body = to_bytes(as_bytes(protocol::encode(protocol::Head{.head = 1})));
        }
    };
    EXPECT_EQ(failure_of([&] { return newcomer.poll(); }), "state_rolled_back");
    world.network.wire.after = {};
    EXPECT_TRUE(begin().poll());
}

TEST_F(EnrolmentTest, AnotherDeviceCannotApproveWhatItDidNotInvite) {
    begin().submit();
    const auto other = enrol(world, *admin, "second-admin", crypto::Role::kAdmin);
    EXPECT_TRUE(Enrolments(other->vault).list().pending.empty());
}

TEST_F(EnrolmentTest, WithdrawnInvitationTakesNoSubmission) {
    enrolments.withdraw(made.id);
    EXPECT_EQ(failure_of([&] {
                  begin().submit();
                  return 0;
              }),
              "not_found");
}

}  // namespace
}  // namespace valv::client::test
