#include "common/base/utf8.h"

#include <string>

#include <gtest/gtest.h>

namespace valv {
namespace {

class WellFormedTest : public testing::TestWithParam<const char*> {};
TEST_P(WellFormedTest, IsUtf8) {
    EXPECT_TRUE(is_utf8(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Texts, WellFormedTest,
                         testing::Values("", "abc", "caf\xc3\xa9", "\xdf\xbf", "\xe0\xa0\x80",
                                         "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
                                         "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"));

class IllFormedTest : public testing::TestWithParam<const char*> {};
TEST_P(IllFormedTest, IsNoUtf8) {
    EXPECT_FALSE(is_utf8(GetParam()));
    EXPECT_FALSE(is_utf8(std::string("a") + GetParam() + "b"));
    EXPECT_FALSE(is_plain_line(GetParam()));
}
// RFC 3629: overlong forms, surrogates, above U+10FFFF, lone and missing continuation octets.
INSTANTIATE_TEST_SUITE_P(Texts, IllFormedTest,
                         testing::Values("\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3\x28",
                                         "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80",
                                         "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
                                         "\xf0\x9f\x98", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
                                         "\xfe", "\xff"));

TEST(Utf8Test, CountsCodePoints) {
    EXPECT_EQ(code_point_count(""), 0U);
    EXPECT_EQ(code_point_count("abc"), 3U);
    EXPECT_EQ(code_point_count("caf\xc3\xa9 \xf0\x9f\x98\x80"), 6U);
}

TEST(PlainLineTest, TakesNamesOfAllScripts) {
    for (const char* name :
         {"", "Ana", "\xd8\xa3\xd9\x85\xd9\x84", "\xe6\x9d\x8e", "O\xe2\x80\x99Neill",
          "a\xe2\x80\x8c"
          "b"}) {
        EXPECT_TRUE(is_plain_line(name)) << name;
    }
}

TEST(PlainLineTest, RefusesControlsAndBidiOverrides) {
    for (const char* name :
         {"a\nb", "a\tb", "a\x7f", "a\xc2\x85", "a\xe2\x80\xa8", "a\xe2\x80\xa9", "a\xe2\x80\xaa",
          "a\xe2\x80\xae", "a\xe2\x81\xa6", "a\xe2\x81\xa9", "\x1b[0m"}) {
        EXPECT_FALSE(is_plain_line(name)) << name;
    }
    EXPECT_FALSE(is_plain_line(std::string_view("a\0b", 3)));
}

TEST(ToPlainLineTest, KeepsAPlainLine) {
    EXPECT_EQ(to_plain_line("Åsa Öberg, Пётр, र्‍य"),
              "Åsa Öberg, Пётр, र्‍य");
}

TEST(ToPlainLineTest, ReplacesWhatAPlainLineMayNotHold) {
    EXPECT_EQ(to_plain_line("a\nb\u202Ec\u2066"), "a\uFFFDb\uFFFDc\uFFFD");
    EXPECT_EQ(to_plain_line("a\xC3"), "a\uFFFD");
    EXPECT_EQ(to_plain_line("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
}

}  // namespace
}  // namespace valv
