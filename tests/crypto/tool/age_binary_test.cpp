#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/crypto/tool/tool_world.h"

// Both ways with the machine's own `age` and `age-keygen`.
namespace valv::tool::testing {
namespace {

class AgeProgramTest : public ::testing::Test {
protected:
    // In the folder; our own texts only, nothing to quote.
    void shell(const std::string& words) const {
        const std::string command = "cd " + world_.path("") + " && " + words;
        ASSERT_EQ(std::system(command.c_str()), 0)  // NOLINT(concurrency-mt-unsafe,cert-env33-c)
            << command;
    }
    ToolWorld world_;
};

class AgeSizeTest : public AgeProgramTest, public ::testing::WithParamInterface<std::size_t> {};

TEST_P(AgeSizeTest, AgeOpensWhatWeEncrypt) {
    world_.write("in", pattern(GetParam()));
    static_cast<void>(world_.must_run(
        {"encrypt", "-r", world_.recipient(), "-o", world_.path("a.age"), world_.path("in")}));
    static_cast<void>(world_.must_run(
        {"encrypt", "-a", "-i", world_.key(), "-o", world_.path("b.age"), world_.path("in")}));
    shell("age -d -i key.txt a.age > a && age -d -i key.txt b.age > b");
    EXPECT_EQ(world_.read("a"), pattern(GetParam()));
    EXPECT_EQ(world_.read("b"), pattern(GetParam()));
}

TEST_P(AgeSizeTest, WeOpenWhatAgeEncrypts) {
    world_.write("in", pattern(GetParam()));
    shell("age -r " + world_.recipient() + " -o a.age in && age -a -e -i key.txt -o b.age in");
    static_cast<void>(world_.must_run(
        {"decrypt", "-i", world_.key(), "-o", world_.path("a"), world_.path("a.age")}));
    EXPECT_EQ(world_.read("a"), pattern(GetParam()));
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.key()}, world_.read("b.age")),
              pattern(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Boundaries, AgeSizeTest,
                         ::testing::Values(0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U,
                                           1'500'000U));

TEST_F(AgeProgramTest, RecipientsFilesAreTheSame) {
    world_.write("staff", as_bytes("# office\n\n" + world_.recipient() + "\n"));
    world_.write("in", pattern(100));
    shell("age -R staff -o a.age in");
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.key(), world_.path("a.age")}), pattern(100));
    static_cast<void>(world_.must_run(
        {"encrypt", "-R", world_.path("staff"), "-o", world_.path("b.age"), world_.path("in")}));
    shell("age -d -i key.txt b.age > b");
    EXPECT_EQ(world_.read("b"), pattern(100));
}

TEST_F(AgeProgramTest, IdentityFilesAreTheSame) {
    shell("age-keygen -o theirs.txt 2>/dev/null && age-keygen -y theirs.txt > theirs.pub");
    EXPECT_EQ(world_.must_run({"keygen", "-y", world_.path("theirs.txt")}),
              world_.read("theirs.pub"));
    static_cast<void>(world_.must_run({"keygen", "-o", world_.path("ours.txt")}));
    shell("age-keygen -y ours.txt > ours.pub");
    EXPECT_EQ(world_.must_run({"keygen", "-y", world_.path("ours.txt")}), world_.read("ours.pub"));
}

}  // namespace
}  // namespace valv::tool::testing
