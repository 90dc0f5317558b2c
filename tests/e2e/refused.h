#pragma once

#include <algorithm>
#include <csignal>
#include <string>

#include <gtest/gtest.h>

#include "tests/e2e/casework_story.h"

namespace valv::e2e {

struct Refused {
    int exit_code = 1;
    std::string sentence;   // a part of it
    std::string path = {};  // what the one line before it begins with; none: there is no other line
};

// One sentence of ours on standard error, nothing on standard output, and the exit code.
inline void expect_refused(const Outcome& outcome, const Refused& expected) {
    EXPECT_EQ(outcome.exit_code, expected.exit_code) << outcome.notes;
    EXPECT_EQ(outcome.out, "");
    const std::size_t begin = outcome.notes.find("resvalv: ");
    ASSERT_NE(begin, std::string::npos) << outcome.notes;
    const std::string before = outcome.notes.substr(0, begin);
    const std::string sentence = outcome.notes.substr(begin);
    EXPECT_NE(sentence.find(expected.sentence), std::string::npos) << sentence;
    EXPECT_TRUE(sentence.ends_with(".\n")) << sentence;
    EXPECT_EQ(std::count(sentence.begin(), sentence.end(), '\n'), 1) << sentence;
    EXPECT_TRUE(expected.path.empty() ? before.empty() : before.starts_with(expected.path))
        << before;
}

}  // namespace valv::e2e
