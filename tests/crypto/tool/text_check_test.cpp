#include "crypto/tool/text_check.h"

#include <gtest/gtest.h>

namespace valv::tool {
namespace {

bool is_text(std::initializer_list<std::string_view> pieces) {
    TextCheck check;
    for (const std::string_view piece : pieces) {
        if (!check.accepts(as_bytes(piece))) {
            return false;
        }
    }
    return true;
}

TEST(TextCheckTest, TextHasLinesTabsAndAnyLetters) {
    EXPECT_TRUE(is_text({""}));
    EXPECT_TRUE(is_text({"Åland\t✈\r\n", "𝄞"}));
}

TEST(TextCheckTest, ACharacterMayBeSplitAnywhere) {
    EXPECT_TRUE(is_text({"\xe2", "\x9c", "\x88 and", " on"}));
    EXPECT_TRUE(is_text({"\xf0\x9d\x84", "\x9e"}));
}

TEST(TextCheckTest, WhatSteersATerminalIsNoText) {
    EXPECT_FALSE(is_text({"\x1b[2J"}));
    EXPECT_FALSE(is_text({std::string_view("a\0b", 3)}));
    EXPECT_FALSE(is_text({"\x7f"}));
    EXPECT_FALSE(
        is_text({"\xc2\x9b"
                 "2J"}));
    EXPECT_FALSE(is_text({"fine", "\xc2", "\x9b"}));
}

TEST(TextCheckTest, OtherOctetsAreNoText) {
    EXPECT_FALSE(is_text({"\xff"}));
    EXPECT_FALSE(is_text({"\x80"}));
    EXPECT_FALSE(is_text({"\xe2", "a"}));
    EXPECT_FALSE(is_text({"fine", "\xc0\x80"}));
}

}  // namespace
}  // namespace valv::tool
