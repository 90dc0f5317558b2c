#include <sys/stat.h>
#include <thread>

#include <gtest/gtest.h>

#include "tests/crypto/tool/tool_world.h"

// Where results go, and where they must not.
namespace valv::tool::testing {
namespace {

constexpr const char* kReadFile =
    "resvalv-age: the output is a file that is read: choose another name with -o\n";
constexpr const char* kNoText =
    "resvalv-age: the result is no text and would upset the terminal: name a file with -o (or "
    "force it with -o -)\n";

class OutputTest : public ::testing::Test {
protected:
    OutputTest() { world_.write("in", plaintext_); }
    [[nodiscard]] Result encrypt(const std::vector<std::string>& words) {
        std::vector<std::string> all{"encrypt", "-r", world_.recipient()};
        all.insert(all.end(), words.begin(), words.end());
        return world_.run(all);
    }
    [[nodiscard]] Result decrypt(ByteView file, const std::vector<std::string>& words = {}) {
        std::vector<std::string> all{"decrypt", "-i", world_.key()};
        all.insert(all.end(), words.begin(), words.end());
        return world_.run(all, file);
    }

    ToolWorld world_;
    Bytes plaintext_ = pattern(100'000);
};

TEST_F(OutputTest, AFileIsForItsOwnerOnly) {
    ASSERT_EQ(encrypt({"-o", world_.path("out"), world_.path("in")}).exit_code, 0);
    struct stat status {};
    ASSERT_EQ(::stat(world_.path("out").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(OutputTest, AnExistingFileIsReplaced) {
    world_.write("out", as_bytes("old"));
    ASSERT_EQ(decrypt(world_.sealed(plaintext_), {"-o", world_.path("out")}).exit_code, 0);
    EXPECT_EQ(world_.read("out"), plaintext_);
}

TEST_F(OutputTest, ALinkStaysAndItsTargetIsReplaced) {
    world_.write("target", as_bytes("old"));
    std::filesystem::create_symlink("target", world_.path("link"));
    ASSERT_EQ(decrypt(world_.sealed(plaintext_), {"-o", world_.path("link")}).exit_code, 0);
    EXPECT_TRUE(std::filesystem::is_symlink(world_.path("link")));
    EXPECT_EQ(world_.read("target"), plaintext_);
}

TEST_F(OutputTest, TheInputIsNotWrittenOverByWhateverName) {
    std::filesystem::create_symlink("in", world_.path("link"));
    std::filesystem::create_hard_link(world_.path("in"), world_.path("hard"));
    for (const char* name : {"in", "link", "hard"}) {
        EXPECT_EQ(encrypt({"-o", world_.path(name), world_.path("in")}).notes, kReadFile) << name;
    }
    EXPECT_EQ(world_.read("in"), plaintext_);
}

TEST_F(OutputTest, AnIdentityFileIsNotWrittenOver) {
    const Bytes key = world_.read("key.txt");
    EXPECT_EQ(decrypt(world_.sealed(plaintext_), {"-o", world_.key()}).notes, kReadFile);
    EXPECT_EQ(world_.read("key.txt"), key);
}

TEST_F(OutputTest, AFolderIsNoOutput) {
    const std::string line =
        "resvalv-age: the output is a folder or has no name: name a file with -o\n";
    EXPECT_EQ(encrypt({"-o", world_.path(""), world_.path("in")}).notes, line);
    EXPECT_EQ(encrypt({"-o", "", world_.path("in")}).notes, line);
}

TEST_F(OutputTest, AFolderThatIsNotThereIsSaid) {
    const Result result = encrypt({"-o", world_.path("none/out"), world_.path("in")});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.notes.find("the output cannot be made"), std::string::npos);
}

TEST_F(OutputTest, ADeviceIsWrittenStraight) {
    EXPECT_EQ(encrypt({"-o", "/dev/null", world_.path("in")}).exit_code, 0);
    EXPECT_EQ(encrypt({"-o", "/dev/full", world_.path("in")}).notes,
              "resvalv-age: there is no space left for the output: make room and run it again\n");
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST_F(OutputTest, PipesWithANameAreReadAndWritten) {
    ASSERT_EQ(::mkfifo(world_.path("pipe").c_str(), 0600), 0);
    const Bytes file = world_.sealed(plaintext_);
    Bytes piped;
    {
        const std::jthread reader([&] { piped = world_.read("pipe"); });
        EXPECT_EQ(decrypt(file, {"-o", world_.path("pipe")}).exit_code, 0);
    }
    EXPECT_EQ(piped, plaintext_);
    const std::jthread writer([&] { world_.write("pipe", file); });
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.key(), world_.path("pipe")}), plaintext_);
}

TEST_F(OutputTest, BinaryIsNotWrittenToATerminal) {
    world_.is_at_terminal = true;
    const Result result = encrypt({world_.path("in")});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.notes, kNoText);
    EXPECT_TRUE(result.out.empty());
}

TEST_F(OutputTest, ATerminalIsRefusedBeforeThePassphraseIsAskedFor) {
    world_.is_at_terminal = true;
    EXPECT_EQ(world_.run({"encrypt", "-p", world_.path("in")}).notes, kNoText);
    EXPECT_TRUE(world_.prompter.questions.empty());
}

TEST_F(OutputTest, BinaryIsWrittenToATerminalWhenItIsForced) {
    world_.is_at_terminal = true;
    const Result result = encrypt({"-o", "-", world_.path("in")});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(as_text(result.out).starts_with("age-encryption.org/v1\n"));
    EXPECT_EQ(decrypt(result.out, {"-o", "-"}).out, plaintext_);
}

TEST_F(OutputTest, ArmorMayGoToATerminal) {
    world_.is_at_terminal = true;
    EXPECT_EQ(encrypt({"-a", world_.path("in")}).exit_code, 0);
}

TEST_F(OutputTest, OpenedTextMayGoToATerminalAndOtherOctetsMayNot) {
    world_.is_at_terminal = true;
    const Bytes text = to_bytes(as_bytes("Gate 12, 07:40\n"));
    EXPECT_EQ(decrypt(world_.sealed(text)).out, text);
    const Result binary = decrypt(world_.sealed(plaintext_));
    EXPECT_EQ(binary.exit_code, 1);
    EXPECT_EQ(binary.notes, kNoText);
    EXPECT_TRUE(binary.out.empty());
}

TEST_F(OutputTest, AnEmptyResultMakesAnEmptyFile) {
    ASSERT_EQ(decrypt(world_.sealed({}), {"-o", world_.path("out")}).exit_code, 0);
    EXPECT_TRUE(world_.exists("out"));
    EXPECT_TRUE(world_.read("out").empty());
}

}  // namespace
}  // namespace valv::tool::testing
