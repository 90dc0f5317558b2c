#include "crypto/core/text_lines.h"

#include <gtest/gtest.h>

#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

TEST(TextLinesTest, ReadsKeysInTheirOrder) {
    TextLines lines("# vault abc\nnumber 7\n", "text");
    EXPECT_EQ(lines.value("# vault"), "abc");
    EXPECT_TRUE(lines.is_next("number"));
    EXPECT_EQ(lines.value("number"), "7");
    lines.expect_end();
}

TEST(TextLinesTest, AnotherKeyAnEmptyValueAndAMissingEndAreMalformed) {
    for (const char* text :
         {"numbers 7\n", "number\n", "number \n", "number 7", "", "\nnumber 7\n"}) {
        EXPECT_EQ(
            test::error_of([&] { static_cast<void>(TextLines(text, "text").value("number")); }),
            "malformed")
            << text;
    }
}

TEST(TextLinesTest, WhatFollowsIsMalformed) {
    TextLines lines("number 7\nx", "text");
    static_cast<void>(lines.value("number"));
    EXPECT_EQ(test::error_of([&] { lines.expect_end(); }), "malformed");
}

TEST(DecimalTest, HasOneTextForEachNumber) {
    EXPECT_EQ(parse_decimal("0", 5), 0U);
    EXPECT_EQ(parse_decimal32("4294967295"), 4294967295U);
    for (const char* text : {"", "00", "01", "-1", "+1", " 1", "1 ", "1.0", "0x1", "4294967296",
                             "99999999999999999999"}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(parse_decimal32(text)); }), "malformed")
            << text;
    }
}

TEST(SplitWordsTest, TakesExactlyTheCount) {
    EXPECT_EQ(split_words("a bc d", 3), (std::vector<std::string_view>{"a", "bc", "d"}));
    for (const char* text : {"", "a b", "a b c d", "a  b c", " a b c", "a b c ", "a b "}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(split_words(text, 3)); }), "malformed")
            << text;
    }
}

}  // namespace
}  // namespace valv::crypto
