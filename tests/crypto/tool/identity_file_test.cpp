#include <gtest/gtest.h>

#include "tests/crypto/tool/tool_world.h"

// Identity files that are age files themselves.
namespace valv::tool::testing {
namespace {

class IdentityFileTest : public ::testing::Test {
protected:
    // key.txt under a passphrase, as `locked`.
    void lock_key(std::vector<std::string> options) {
        world_.prompter.answers = {"correct horse", "correct horse"};
        options.insert(options.begin(), {"encrypt", "-p", "-o", world_.path("locked")});
        options.push_back(world_.key());
        static_cast<void>(world_.must_run(options));
        world_.prompter.questions.clear();
    }
    [[nodiscard]] Result open_with_locked() {
        return world_.run({"decrypt", "-i", world_.path("locked")}, file_);
    }

    ToolWorld world_;
    Bytes plaintext_ = pattern(1000);
    Bytes file_ = world_.sealed(plaintext_);
};

TEST_F(IdentityFileTest, ItsPassphraseIsAskedFor) {
    lock_key({});
    world_.prompter.answers = {"correct horse"};
    EXPECT_EQ(open_with_locked().out, plaintext_);
    EXPECT_EQ(world_.prompter.questions,
              std::vector<std::string>{"Passphrase of the identity file 1: "});
}

TEST_F(IdentityFileTest, ItMayBeArmored) {
    lock_key({"-a"});
    world_.prompter.answers = {"correct horse"};
    EXPECT_EQ(open_with_locked().out, plaintext_);
}

TEST_F(IdentityFileTest, ItsPassphraseMayComeFromAFile) {
    lock_key({});
    world_.write("pass", as_bytes("correct horse\n"));
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.path("locked"), "--passphrase-file",
                               world_.path("pass")},
                              file_),
              plaintext_);
}

TEST_F(IdentityFileTest, ItTellsItsRecipients) {
    lock_key({});
    world_.prompter.answers = {"correct horse", "correct horse"};
    EXPECT_EQ(as_text(world_.must_run({"keygen", "-y", world_.path("locked")})),
              world_.recipient() + "\n");
    const Bytes file = world_.must_run({"encrypt", "-i", world_.path("locked")}, plaintext_);
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.key()}, file), plaintext_);
}

// The classes speak of the input; its failure is not the input's.
TEST_F(IdentityFileTest, AWrongPassphraseIsNoClassOfTheFormat) {
    lock_key({});
    world_.prompter.answers = {"wrong horse"};
    const Result result = open_with_locked();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.notes, "resvalv-age: the identity file 1: the passphrase does not open it\n");
}

TEST_F(IdentityFileTest, EncryptedToAKeyItIsRefused) {
    world_.write("locked", world_.sealed(world_.read("key.txt")));
    const Result result = open_with_locked();
    EXPECT_EQ(result.notes,
              "resvalv-age: the identity file 1 is encrypted, and not with a passphrase: decrypt "
              "it first\n");
}

TEST_F(IdentityFileTest, OfSshItIsRefused) {
    world_.write("locked", as_bytes("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"));
    EXPECT_EQ(open_with_locked().notes,
              "resvalv-age: the identity file 1, line 1 is a key of another program, which this "
              "one does not take\n");
}

}  // namespace
}  // namespace valv::tool::testing
