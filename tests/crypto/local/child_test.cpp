// Another program between two pipes. /bin/sh and coreutils are there on every Debian.
#include "crypto/local/child.h"

#include <chrono>
#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/crypto/expect_error.h"

namespace valv::local {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::size_t kMany = 1'000'000;  // more than both pipes hold

ChildRun shell(const std::string& script) {
    return {.command = {"/bin/sh", "-c", script},
            .environment = {"NAME=value"},
            .max_output_bytes = 2 * kMany,
            .time_limit = minutes(1)};
}

std::string text_of(const ChildResult& result) {
    return std::string(as_text(result.output.reveal()));
}

TEST(ChildTest, TakesMoreThanAPipeHoldsAndGivesItBack) {
    const std::string input(kMany, 'x');
    const ChildResult result = run_child(shell("exec /bin/cat"), as_bytes(input));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(text_of(result), input);
}

TEST(ChildTest, TellsTheExitCode) {
    EXPECT_EQ(run_child(shell("exit 3"), {}).exit_code, 3);
}

TEST(ChildTest, TellsTheSignal) {
    EXPECT_EQ(run_child(shell("kill -9 $$"), {}).exit_code, 128 + 9);
}

TEST(ChildTest, AChildThatReadsNothingIsNoFault) {
    const std::string input(kMany, 'x');
    EXPECT_EQ(text_of(run_child(shell("exec <&-; echo done"), as_bytes(input))), "done\n");
}

TEST(ChildTest, GetsNoMoreEnvironmentThanItIsGiven) {
    ChildRun run = shell("");
    run.command = {"/usr/bin/env"};
    EXPECT_EQ(text_of(run_child(run, {})), "NAME=value\n");
}

TEST(ChildTest, InheritsNoDescriptorButItsThree) {
    const int left_open = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
    const std::string script =
        "for d in 3 4 5 6 7 8 9; do [ -e /proc/self/fd/$d ] && echo $d; done; echo end";
    EXPECT_EQ(text_of(run_child(shell(script), {})), "end\n");
    ::close(left_open);
}

TEST(ChildTest, ItsErrorsAreDropped) {
    EXPECT_EQ(text_of(run_child(shell("/bin/readlink /proc/self/fd/2"), {})), "/dev/null\n");
}

TEST(ChildTest, MoreOutputThanAllowedIsRefused) {
    ChildRun run = shell("exec /bin/cat /dev/zero");
    EXPECT_EQ(test::error_of([&] { (void)run_child(run, {}); }), "too_large");
}

TEST(ChildTest, WhatDoesNotEndIsKilled) {
    ChildRun run = shell("kill -STOP $$");
    run.time_limit = milliseconds(20);
    EXPECT_EQ(test::error_of([&] { (void)run_child(run, {}); }), "unavailable");
}

TEST(ChildTest, WhatClosesItsOutputAndDoesNotEndIsKilledToo) {
    ChildRun run = shell("exec >&-; kill -STOP $$");
    run.time_limit = milliseconds(20);
    EXPECT_EQ(test::error_of([&] { (void)run_child(run, {}); }), "unavailable");
}

TEST(ChildTest, AProgramThatIsNotThereIsToldApart) {
    ChildRun run = shell("");
    run.command = {"/usr/bin/no-such-program-here"};
    EXPECT_EQ(test::error_of([&] { (void)run_child(run, {}); }), "not_found");
}

}  // namespace
}  // namespace valv::local
