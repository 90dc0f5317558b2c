#include <algorithm>

#include <gtest/gtest.h>

#include "tests/crypto/tool/tool_world.h"

namespace valv::tool::testing {
namespace {

class UsageTest : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(UsageTest, IsOneLineThatRepeatsNothingAndExitCodeTwo) {
    ToolWorld world;
    const Result result = world.run(GetParam());
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_TRUE(result.out.empty());
    EXPECT_TRUE(result.notes.starts_with("resvalv-age: "));
    EXPECT_TRUE(result.notes.ends_with(" (see --help)\n"));
    EXPECT_EQ(std::count(result.notes.begin(), result.notes.end(), '\n'), 1);
    EXPECT_EQ(result.notes.find("hunter2"), std::string::npos);
}

using Words = std::vector<std::string>;
INSTANTIATE_TEST_SUITE_P(
    Lines, UsageTest,
    ::testing::Values(Words{}, Words{"hunter2"}, Words{"encrypt"}, Words{"encrypt", "hunter2"},
                      Words{"encrypt", "-r"}, Words{"encrypt", "-p", "a", "hunter2"},
                      Words{"encrypt", "--hunter2"},
                      Words{"encrypt", "-p", "--passphrase-file", "hunter2"},
                      Words{"encrypt", "-p", "-j", "0"}, Words{"encrypt", "-p", "-j", "17"},
                      Words{"encrypt", "-p", "-j", "hunter2"},
                      Words{"encrypt", "-p", "-o", "a", "-o", "b"},
                      Words{"encrypt", "-p", "--work-factor", "18"}, Words{"decrypt", "-p"},
                      Words{"decrypt", "-i", "-"}, Words{"keygen", "hunter2"},
                      Words{"keygen", "--pq", "-y"}, Words{"inspect", "a", "b"}));

TEST(HelpTest, EveryCommandExplainsItself) {
    ToolWorld world;
    for (const char* command : {"keygen", "encrypt", "decrypt", "inspect"}) {
        const std::string help(as_text(world.must_run({command, "--help"})));
        EXPECT_NE(help.find(std::string("resvalv-age ") + command), std::string::npos) << help;
    }
    EXPECT_NE(as_text(world.must_run({"--help"})).find("Exit code"), std::string_view::npos);
}

TEST(HelpTest, DecryptSaysWhatStandardOutputMayHold) {
    ToolWorld world;
    const std::string help(as_text(world.must_run({"decrypt", "--help"})));
    EXPECT_NE(help.find("throw it away"), std::string::npos);
}

TEST(HelpTest, TheVersionIsOneLine) {
    ToolWorld world;
    EXPECT_EQ(as_text(world.must_run({"--version"})).substr(0, 12), "resvalv-age ");
}

TEST(UsageWordsTest, AFileMayHaveTheNameOfACommand) {
    ToolWorld world;
    const Result result = world.run({"decrypt", "-i", world.key(), "inspect"});
    EXPECT_EQ(result.notes, "resvalv-age: the input file is not there: look at its name\n");
}

}  // namespace
}  // namespace valv::tool::testing
