#include <gtest/gtest.h>

#include "tests/crypto/tool/tool_world.h"

// What is encrypted is opened again, whatever way it goes in and out.
namespace valv::tool::testing {
namespace {

class SizeTest : public ::testing::TestWithParam<std::size_t> {
protected:
    ToolWorld world_;
    Bytes plaintext_ = pattern(GetParam());
};

TEST_P(SizeTest, FileToFile) {
    world_.write("in", plaintext_);
    static_cast<void>(world_.must_run(
        {"encrypt", "-r", world_.recipient(), "-o", world_.path("in.age"), world_.path("in")}));
    static_cast<void>(world_.must_run(
        {"decrypt", "-i", world_.key(), "-o", world_.path("out"), world_.path("in.age")}));
    EXPECT_EQ(world_.read("out"), plaintext_);
    EXPECT_EQ(world_.file_count(), 4U);  // with the key
}

TEST_P(SizeTest, PipeToPipe) {
    const Bytes file = world_.must_run({"encrypt", "-r", world_.recipient()}, plaintext_);
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.key()}, file), plaintext_);
}

TEST_P(SizeTest, FileToPipeAndPipeToFile) {
    world_.write("in", plaintext_);
    const Bytes file = world_.must_run({"encrypt", "-r", world_.recipient(), world_.path("in")});
    static_cast<void>(
        world_.must_run({"decrypt", "-i", world_.key(), "-o", world_.path("out")}, file));
    EXPECT_EQ(world_.read("out"), plaintext_);
}

TEST_P(SizeTest, ArmoredFileToFileAndPipeToPipe) {
    world_.write("in", plaintext_);
    static_cast<void>(world_.must_run({"encrypt", "-a", "-r", world_.recipient(), "-o",
                                       world_.path("in.age"), world_.path("in")}));
    static_cast<void>(world_.must_run(
        {"decrypt", "-i", world_.key(), "-o", world_.path("out"), world_.path("in.age")}));
    EXPECT_EQ(world_.read("out"), plaintext_);
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.key()}, world_.read("in.age")), plaintext_);
}

INSTANTIATE_TEST_SUITE_P(Boundaries, SizeTest,
                         ::testing::Values(0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U,
                                           1'200'000U));

class DecryptTest : public ::testing::Test {
protected:
    ToolWorld world_;
    Bytes plaintext_ = pattern(1'500'000);
};

TEST_F(DecryptTest, AnyNumberOfThreadsGivesTheSame) {
    world_.write("in.age", world_.sealed(plaintext_));
    for (const char* threads : {"1", "2", "16"}) {
        static_cast<void>(world_.must_run({"decrypt", "-j", threads, "-i", world_.key(), "-o",
                                           world_.path("out"), world_.path("in.age")}));
        EXPECT_EQ(world_.read("out"), plaintext_) << threads;
        static_cast<void>(world_.must_run({"encrypt", "-j", threads, "-i", world_.key(), "-o",
                                           world_.path("in.age"), world_.path("out")}));
    }
}

TEST_F(DecryptTest, OneOfSeveralIdentityFilesIsEnough) {
    static_cast<void>(world_.must_run({"keygen", "-o", world_.path("other.txt")}));
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.path("other.txt"), "-i", world_.key()},
                              world_.sealed(plaintext_)),
              plaintext_);
}

TEST_F(DecryptTest, AnIdentityComesFromStandardInput) {
    world_.write("in.age", world_.sealed(plaintext_));
    EXPECT_EQ(
        world_.must_run({"decrypt", "-i", "-", world_.path("in.age")}, world_.read("key.txt")),
        plaintext_);
}

TEST_F(DecryptTest, APassphraseComesFromAFile) {
    world_.write("pass", as_bytes("correct horse\n"));
    const std::vector<std::string> option{"--passphrase-file", world_.path("pass")};
    const Bytes file = world_.must_run({"encrypt", option[0], option[1]}, plaintext_);
    EXPECT_EQ(world_.must_run({"decrypt", option[0], option[1]}, file), plaintext_);
    EXPECT_TRUE(world_.prompter.questions.empty());
}

TEST_F(DecryptTest, WithoutATerminalThePassphraseNeedsAFile) {
    world_.prompter.answers = {"x", "x"};
    const Bytes file = world_.must_run({"encrypt", "-p"}, plaintext_);
    const Result result = world_.run({"decrypt"}, file);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.notes.find("--passphrase-file"), std::string::npos);
}

}  // namespace
}  // namespace valv::tool::testing
