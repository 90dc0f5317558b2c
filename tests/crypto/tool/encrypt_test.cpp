#include <gtest/gtest.h>

#include "common/base/bech32.h"
#include "crypto/sealed/age/armor.h"
#include "tests/crypto/tool/tool_world.h"

namespace valv::tool::testing {
namespace {

class EncryptTest : public ::testing::Test {
protected:
    [[nodiscard]] std::string refusal(const std::vector<std::string>& words,
                                      ByteView standard_input = {}) {
        const Result result = world_.run(words, standard_input);
        EXPECT_EQ(result.exit_code, 1);
        EXPECT_TRUE(result.out.empty());
        return result.notes;
    }
    // A second key, whose identity is in `other.txt`.
    [[nodiscard]] std::string other_recipient() {
        static_cast<void>(world_.must_run({"keygen", "-o", world_.path("other.txt")}));
        const Bytes text = world_.must_run({"keygen", "-y", world_.path("other.txt")});
        return std::string(as_text(text).substr(0, text.size() - 1));
    }
    [[nodiscard]] Bytes opened(ByteView file, std::string_view key) {
        return world_.must_run({"decrypt", "-i", world_.path(key)}, file);
    }

    ToolWorld world_;
    Bytes plaintext_ = pattern(1000);
};

TEST_F(EncryptTest, EachOfSeveralRecipientsOpensIt) {
    const std::string other = other_recipient();
    const Bytes file =
        world_.must_run({"encrypt", "-r", world_.recipient(), "-r", other}, plaintext_);
    EXPECT_EQ(opened(file, "key.txt"), plaintext_);
    EXPECT_EQ(opened(file, "other.txt"), plaintext_);
}

TEST_F(EncryptTest, RecipientsComeFromFilesAndFromIdentities) {
    world_.write("staff", as_bytes("# office\n\n" + other_recipient() + "\r\n"));
    const Bytes file =
        world_.must_run({"encrypt", "-R", world_.path("staff"), "-i", world_.key()}, plaintext_);
    EXPECT_EQ(opened(file, "key.txt"), plaintext_);
    EXPECT_EQ(opened(file, "other.txt"), plaintext_);
}

TEST_F(EncryptTest, RecipientsComeFromStandardInput) {
    world_.write("in", plaintext_);
    const Bytes file = world_.must_run({"encrypt", "-R", "-", world_.path("in")},
                                       as_bytes(world_.recipient() + "\n"));
    EXPECT_EQ(opened(file, "key.txt"), plaintext_);
}

TEST_F(EncryptTest, StandardInputIsReadForOneThing) {
    EXPECT_EQ(world_.run({"encrypt", "-R", "-"}).exit_code, 2);
    EXPECT_EQ(world_.run({"encrypt", "-R", "-", "-"}).exit_code, 2);
}

TEST_F(EncryptTest, APassphraseIsAskedForTwice) {
    world_.prompter.answers = {"correct horse", "correct horse", "correct horse"};
    const Bytes file = world_.must_run({"encrypt", "-p"}, plaintext_);
    EXPECT_EQ(world_.must_run({"decrypt"}, file), plaintext_);
    EXPECT_EQ(world_.prompter.questions,
              (std::vector<std::string>{"New passphrase: ", "The same again: ", "Passphrase: "}));
}

TEST_F(EncryptTest, PassphrasesThatDifferOrAreEmptyAreRefused) {
    world_.prompter.answers = {"one", "two"};
    EXPECT_EQ(refusal({"encrypt", "-p"}),
              "resvalv-age: the two passphrases differ: run it again\n");
    world_.prompter.answers = {""};
    EXPECT_EQ(refusal({"encrypt", "-p"}),
              "resvalv-age: an empty passphrase protects nothing: choose a long one\n");
}

TEST_F(EncryptTest, WithoutATerminalThePassphraseNeedsAFile) {
    EXPECT_NE(refusal({"encrypt", "-p"}).find("--passphrase-file"), std::string::npos);
}

TEST_F(EncryptTest, OfAPassphraseFileTheFirstLineCounts) {
    world_.write("pass", as_bytes("correct horse\r\nanother\n"));
    const Bytes file =
        world_.must_run({"encrypt", "--passphrase-file", world_.path("pass")}, plaintext_);
    world_.prompter.answers = {"correct horse"};
    EXPECT_EQ(world_.must_run({"decrypt"}, file), plaintext_);
}

TEST_F(EncryptTest, APassphraseStandsAlone) {
    const std::string sentence =
        "resvalv-age: a passphrase cannot stand beside recipients: use one or the other\n";
    world_.write("pass", as_bytes("correct horse"));
    EXPECT_EQ(refusal({"encrypt", "-p", "-r", world_.recipient()}), sentence);
    EXPECT_EQ(refusal({"encrypt", "--passphrase-file", world_.path("pass"), "-i", world_.key()}),
              sentence);
    EXPECT_TRUE(world_.prompter.questions.empty());
}

TEST_F(EncryptTest, ArmorIsOneWayOfWritingTheSame) {
    const Bytes text = world_.must_run({"encrypt", "-a", "-r", world_.recipient()}, plaintext_);
    EXPECT_TRUE(as_text(text).starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"));
    EXPECT_EQ(opened(text, "key.txt"), plaintext_);
}

TEST_F(EncryptTest, KeysThatThisToolDoesNotTakeAreRefusedInOneSentence) {
    EXPECT_EQ(refusal({"encrypt", "-r", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA somebody"}),
              "resvalv-age: recipient 1 (-r) is an SSH key, which this program does not take: make "
              "a key with keygen\n");
    EXPECT_EQ(refusal({"encrypt", "-r", bech32_encode("age1yubikey", Bytes(33, 7))}),
              "resvalv-age: recipient 1 (-r) is a recipient of a plugin, which this program does "
              "not take\n");
}

TEST_F(EncryptTest, WhatStandsInAWrongPlaceIsNotRepeated) {
    const std::string secret(as_text(world_.read("key.txt")));
    world_.write("keys", as_bytes(world_.recipient() + "\n" + secret));
    EXPECT_EQ(refusal({"encrypt", "-r", world_.recipient(), "-r", secret}),
              "resvalv-age: recipient 2 (-r) is an identity, which is secret, and not a "
              "recipient\n");
    EXPECT_EQ(refusal({"encrypt", "-R", world_.path("keys")}),
              "resvalv-age: the recipients file 1, line 2 is an identity, which is secret, and not "
              "a recipient\n");
    EXPECT_EQ(refusal({"encrypt", "-i", secret}),
              "resvalv-age: the identity file 1 is not there: look at its name\n");
}

TEST_F(EncryptTest, AFolderIsNoInput) {
    EXPECT_EQ(refusal({"encrypt", "-r", world_.recipient(), world_.path("")}),
              "resvalv-age: the input file is a folder: name a file\n");
}

TEST_F(EncryptTest, MoreRecipientsThanAReaderTakesAreRefused) {
    std::string many;
    for (int count = 0; count < 1025; ++count) {
        many += world_.recipient() + "\n";
    }
    EXPECT_EQ(refusal({"encrypt", "-R", "-", world_.key()}, as_bytes(many)),
              "resvalv-age: a file has at most 1024 recipients: encrypt it more than once\n");
}

// Files of the kernel say that they are empty.
TEST_F(EncryptTest, AFileThatHidesItsSizeIsReadToItsEnd) {
    static_cast<void>(world_.must_run(
        {"encrypt", "-r", world_.recipient(), "-o", world_.path("out"), "/proc/self/status"}));
    EXPECT_GT(opened(world_.read("out"), "key.txt").size(), 100U);
}

}  // namespace
}  // namespace valv::tool::testing
