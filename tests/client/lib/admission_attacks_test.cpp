// What goes wrong, or is done wrong on purpose, while people come into a vault and while two admins
// change it at once.
#include <gtest/gtest.h>

#include "client/lib/errors.h"
#include "client/lib/members.h"
#include "common/protocol/limits.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

struct AdmissionAttacksTest : testing::Test {
    Enrolling begin(const MadeInvitation& invitation, std::string_view folder = "new") {
        return Enrolling::begin(world.environment, world.folder / folder, invitation.file.reveal(),
                                invitation.code, passphrase());
    }
    // The server's list of enrolments, changed on its way to the admin.
    void change_list(const std::function<void(std::vector<protocol::Enrolment>&)>& change) {
        world.network.wire.after = [change](const Call& call, Response& response) {
            if (call.route == RouteName::kListEnrolments) {
                auto list = protocol::decode_enrolments(response.text());
                change(list);
                response.body = to_bytes(as_bytes(protocol::encode_enrolments(list)));
            }
        };
    }
    [[nodiscard]] std::vector<protocol::Enrolment> listed_by_the_server() {
        const Call call = call_to(RouteName::kListEnrolments, {admin->vault.id_text()});
        return protocol::decode_enrolments(ask(admin->vault.transport(), call).text());
    }
    World world;
    std::unique_ptr<Member> admin = found(world);
    Enrolments enrolments{admin->vault};
    MadeInvitation made = enrolments.invite({.person = {}, .name = "Newcomer"});
};

TEST_F(AdmissionAttacksTest, FiveSubmissionsAreTakenAndNoMore) {
    const auto wrong = sealed::DigitCode::from_text(as_bytes("0000 0000 0000 0000"),
                                                    sealed::kInvitationCodeDigits);
    for (std::size_t count = 0; count < limits::kMaxSubmissions; ++count) {
        const std::string folder = "wrong" + std::to_string(count);
        Enrolling::begin(world.environment, world.folder / folder, made.file.reveal(), *wrong,
                         passphrase())
            .submit();
    }
    EXPECT_EQ(failure_of([&] {
                  begin(made).submit();
                  return 0;
              }),
              "forbidden");
    const EnrolmentList list = enrolments.list();
    EXPECT_TRUE(list.pending.empty());
    EXPECT_EQ(list.refused, limits::kMaxSubmissions);
}

TEST_F(AdmissionAttacksTest, AnInvitationIsOfUseOnce) {
    Enrolling first = begin(made);
    first.submit();
    enrolments.approve(enrolments.list().pending.at(0));
    ASSERT_TRUE(first.poll());
    Enrolling second = begin(made, "second");
    EXPECT_EQ(failure_of([&] {
                  second.submit();
                  return 0;
              }),
              "forbidden");
    EXPECT_TRUE(enrolments.list().pending.empty()) << "nobody is shown for approval";
    EXPECT_EQ(failure_of([&] { return second.poll(); }), "enrolment_invalid")
        << "the approval is of the first device";
}

TEST_F(AdmissionAttacksTest, KeysThatTheServerSwapsAreRefused) {
    begin(made).submit();
    change_list([&](std::vector<protocol::Enrolment>& list) {
        list.at(0).submissions.at(0).signing =
            to_bytes(crypto::SigningKey::random(world.random).public_key());
    });
    EnrolmentList shown = enrolments.list();
    EXPECT_TRUE(shown.pending.empty());
    EXPECT_EQ(shown.refused, 1U);
    change_list([&](std::vector<protocol::Enrolment>& list) {
        list.at(0).submissions.at(0).age =
            sealed::X25519Identity::random(world.random).recipient().text();
    });
    shown = enrolments.list();
    EXPECT_TRUE(shown.pending.empty());
    EXPECT_EQ(shown.refused, 1U);
}

TEST_F(AdmissionAttacksTest, AnOlderSubmissionIsRefused) {
    begin(made, "first").submit();
    const protocol::Submission older = listed_by_the_server().at(0).submissions.at(0);
    const MadeInvitation next = enrolments.invite({.person = {}, .name = "Another"});
    begin(next, "second").submit();
    change_list([&](std::vector<protocol::Enrolment>& list) {
        for (protocol::Enrolment& enrolment : list) {
            if (enrolment.invitation == next.id) {
                enrolment.submissions = {older};
            }
        }
    });
    const EnrolmentList shown = enrolments.list();
    ASSERT_EQ(shown.pending.size(), 1U);
    EXPECT_EQ(shown.pending[0].invitation, made.id);
    EXPECT_EQ(shown.refused, 1U);
}

TEST_F(AdmissionAttacksTest, TwoNewcomersAtOnceBothComeIn) {
    const MadeInvitation next = enrolments.invite({.person = {}, .name = "Another"});
    Enrolling first = begin(made, "first");
    Enrolling second = begin(next, "second");
    first.submit();
    second.submit();
    for (const PendingEnrolment& pending : enrolments.list().pending) {
        enrolments.approve(pending);
    }
    EXPECT_TRUE(first.poll());
    EXPECT_TRUE(second.poll());
    EXPECT_EQ(admin->vault.directory().devices.size(), 3U);
}

TEST_F(AdmissionAttacksTest, OfTwoWithOneInvitationOnlyTheApprovedComesIn) {
    Enrolling first = begin(made, "first");
    Enrolling second = begin(made, "second");
    first.submit();
    second.submit();
    const EnrolmentList list = enrolments.list();
    ASSERT_EQ(list.pending.size(), 2U);
    const auto& chosen = list.pending[list.pending[0].words == first.words() ? 0 : 1];
    enrolments.approve(chosen);
    EXPECT_TRUE(first.poll());
    EXPECT_EQ(failure_of([&] { return second.poll(); }), "enrolment_invalid");
    EXPECT_EQ(admin->vault.directory().devices.size(), 2U);
}

TEST_F(AdmissionAttacksTest, TwoAdminsAtOnceGetOneOrder) {
    const auto other = enrol(world, *admin, "other", crypto::Role::kAdmin);
    const auto third = enrol(world, *admin, "third");
    const auto fourth = enrol(world, *admin, "fourth");
    other->vault.sync();
    revoke_devices(admin->vault, {third->device()});
    revoke_devices(other->vault, {fourth->device()});  // on what the first made of it
    admin->vault.sync();
    EXPECT_EQ(admin->vault.directory().number, other->vault.directory().number);
    EXPECT_EQ(admin->vault.directory().find_active(third->device()), nullptr);
    EXPECT_EQ(admin->vault.directory().find_active(fourth->device()), nullptr);
}

// The last but one admin is replaced: a new one first, then the old one goes.
TEST_F(AdmissionAttacksTest, AnAdminIsReplacedAndSaysNothingAnyMore) {
    const auto next = enrol(world, *admin, "next", crypto::Role::kAdmin);
    next->vault.sync();
    revoke_devices(next->vault, {admin->device()});
    EXPECT_EQ(failure_of([&] {
                  change_role(admin->vault, next->profile.facts().person,
                              crypto::Role::kCoordinator);
                  return 0;
              }),
              "forbidden");
    next->vault.sync();
    EXPECT_EQ(next->vault.own_line().role, crypto::Role::kAdmin);
    EXPECT_EQ(next->vault.directory().active_admin_count(), 1U);
}

}  // namespace
}  // namespace valv::client::test
