#include <gtest/gtest.h>

#include "tests/e2e/refused.h"

// Who may come in, at the real programs: invitations that were altered, mistyped or too late, and
// devices outside.
namespace valv::e2e {
namespace {

class AdmissionTest : public ::testing::Test {
protected:
    AdmissionTest() {
        story_.create_vault();
        invite();
    }
    void invite() {
        std::filesystem::remove(world_ / "invitation");
        const auto made = world_.expect(kFounder, {"invite", "--role", "coordinator", "--name",
                                                   "Maja Testberg", "-o", invitation_});
        code_ = world_.file("code", made.at("code").get<std::string>());
    }
    Outcome enrol(const Device& device, const std::string& file, const std::string& code) {
        return world_.run(device, {"enrol", file, "--code-file", code, "--no-wait"});
    }

    ProgramWorld world_;
    Story story_{world_};
    std::string invitation_ = world_ / "invitation";
    std::string code_;
};

TEST_F(AdmissionTest, ADamagedInvitationIsNotUsed) {
    const std::string whole = text_of(invitation_);
    for (const std::string& text : {whole.substr(0, whole.size() - 9), whole + "more\n",
                                    std::string("not an invitation\n"), std::string()}) {
        const std::string file = world_.file("damaged", text);
        expect_refused(enrol({.profile = "newcomer"}, file, code_),
                       {.sentence = "not a whole, unaltered invitation"});
        EXPECT_FALSE(std::filesystem::exists(world_ / "newcomer")) << text;
    }
    EXPECT_EQ(enrol(kSecond, invitation_, code_).exit_code, 1);  // waits for its approval
    EXPECT_EQ(world_.expect(kFounder, {"approve", "--list"}).at("pending").size(), 1U);
}

// The code binds the file's octets, and only the admin's device can see that they are others.
TEST_F(AdmissionTest, WithAnAlteredInvitationNobodyIsShownForApproval) {
    std::string text = text_of(invitation_);
    const std::string role = "role coordinator";
    text.replace(text.find(role), role.size(), "role admin");
    const std::string file = world_.file("altered", text);
    EXPECT_EQ(enrol({.profile = "newcomer"}, file, code_).exit_code, 1);
    const auto list = world_.expect(kFounder, {"approve", "--list"});
    EXPECT_TRUE(list.at("pending").empty());
    EXPECT_EQ(list.at("refused"), 1);
}

TEST_F(AdmissionTest, WithAWrongCodeNobodyIsShownForApproval) {
    const std::string wrong = world_.file("wrong", "0000000000000000");
    Outcome outcome = enrol({.profile = "newcomer"}, invitation_, wrong);
    EXPECT_EQ(outcome.exit_code, 1);
    const auto list = world_.expect(kFounder, {"approve", "--list"});
    EXPECT_TRUE(list.at("pending").empty());
    EXPECT_EQ(list.at("refused"), 1);
    EXPECT_EQ(enrol(kSecond, invitation_, code_).exit_code, 1);
    EXPECT_EQ(world_.expect(kFounder, {"approve", "--list"}).at("pending").size(), 1U);
}

TEST_F(AdmissionTest, AnInvitationRunsOut) {
    world_.advance(std::chrono::hours(49));
    expect_refused(enrol(kSecond, invitation_, code_), {.sentence = "This invitation has run out"});
    EXPECT_TRUE(world_.expect(kFounder, {"approve", "--list"}).at("pending").empty());
}

TEST_F(AdmissionTest, ADeviceThatIsNotApprovedSeesNothing) {
    (void)enrol(kSecond, invitation_, code_);
    expect_refused(world_.run(kSecond, {"case", "list"}), {.sentence = "not active in the vault"});
}

TEST_F(AdmissionTest, WhoIsTakenOutOfACaseIsRefusedAtTheNextRequest) {
    (void)enrol(kSecond, invitation_, code_);
    const std::string words =
        world_.expect(kFounder, {"approve", "--list"}).at("pending").at(0).at("words");
    world_.expect(kFounder, {"approve", "--yes-words", words});
    world_.expect(kSecond, {"enrol", invitation_, "--code-file", code_});
    const std::string case_id = story_.make_case();
    expect_refused(world_.run(kSecond, {"case", "show", case_id}),
                   {.sentence = "There is no such case"});
    Outcome shared = world_.run(kFounder, {"case", "share", case_id, "Maja Testberg", "--yes-words",
                                           "eight words that are not those of her"});
    shared.out.clear();  // the words of the device
    expect_refused(shared, {.sentence = "The words are not those"});
    world_.expect(kFounder, {"case", "share", case_id, "Maja Testberg", "--yes-words", words});
    world_.expect(kSecond, {"case", "show", case_id});
    world_.expect(kFounder, {"case", "unshare", case_id, "Maja Testberg"});
    expect_refused(world_.run(kSecond, {"case", "show", case_id}),
                   {.sentence = "There is no such case"});
    world_.expect(kFounder, {"case", "show", case_id});
    expect_refused(
        world_.run(kSecond, {"invite", "--role", "admin", "--name", "X", "-o", world_ / "other"}),
        {.sentence = "Only an admin"});
}

}  // namespace
}  // namespace valv::e2e
