#include <sys/stat.h>

#include <gtest/gtest.h>

#include "crypto/sealed/age/key_text.h"
#include "tests/crypto/tool/tool_world.h"

namespace valv::tool::testing {
namespace {

class KeygenTest : public ::testing::Test {
protected:
    ToolWorld world_;
};

TEST_F(KeygenTest, WritesTheTimeThePublicKeyAndTheIdentity) {
    const Result result = world_.run({"keygen"});
    const std::string text(as_text(result.out));
    const auto identities = sealed::parse_identity_file(result.out);
    ASSERT_EQ(identities.size(), 1U);
    EXPECT_TRUE(text.starts_with("# created: 2026-03-31T10:25:00Z\n# public key: " +
                                 identities[0]->recipient_text() + "\nAGE-SECRET-KEY-1"));
    EXPECT_EQ(result.notes, "Public key: " + identities[0]->recipient_text() + "\n");
}

TEST_F(KeygenTest, AtATerminalThePublicKeyIsNotSaidTwice) {
    world_.is_at_terminal = true;
    EXPECT_EQ(world_.run({"keygen"}).notes, "");
}

TEST_F(KeygenTest, AFileIsForItsOwnerOnlyAndThePublicKeyIsSaid) {
    world_.is_at_terminal = true;
    const Result result = world_.run({"keygen", "-o", world_.path("new.txt")});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(result.out.empty());
    EXPECT_TRUE(result.notes.starts_with("Public key: age1"));
    struct stat status {};
    ASSERT_EQ(::stat(world_.path("new.txt").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(KeygenTest, AnExistingFileStays) {
    const Bytes before = world_.read("key.txt");
    const Result result = world_.run({"keygen", "-o", world_.key()});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.notes,
              "resvalv-age: the output is there already and stays as it is: choose another name\n");
    EXPECT_EQ(world_.read("key.txt"), before);
}

TEST_F(KeygenTest, EachKeyIsAnother) {
    EXPECT_NE(world_.must_run({"keygen"}), world_.must_run({"keygen"}));
}

TEST_F(KeygenTest, IdentitiesBecomeRecipientsOneALine) {
    const Bytes two =
        concat({world_.read("key.txt"), as_bytes("\n# the other\n"), world_.must_run({"keygen"})});
    const Bytes recipients = world_.must_run({"keygen", "-y"}, two);
    EXPECT_TRUE(as_text(recipients).starts_with(world_.recipient() + "\nage1"));
    EXPECT_EQ(sealed::parse_recipients_file(as_text(recipients)).size(), 2U);
}

TEST_F(KeygenTest, RecipientsGoToANewFile) {
    static_cast<void>(world_.must_run({"keygen", "-y", "-o", world_.path("public"), world_.key()}));
    EXPECT_EQ(as_text(world_.read("public")), world_.recipient() + "\n");
    EXPECT_EQ(world_.run({"keygen", "-y", "-o", world_.path("public"), world_.key()}).exit_code, 1);
}

TEST_F(KeygenTest, ADamagedIdentityIsNamedByItsLineOnly) {
    Bytes key = world_.read("key.txt");
    key.back() = key.back() == 'Q' ? 'P' : 'Q';
    const Result result = world_.run({"keygen", "-y"}, key);
    EXPECT_EQ(result.notes,
              "resvalv-age: the identity file, line 1 is a damaged identity (AGE-SECRET-KEY-1…)\n");
    EXPECT_EQ(result.exit_code, 1);
}

}  // namespace
}  // namespace valv::tool::testing
