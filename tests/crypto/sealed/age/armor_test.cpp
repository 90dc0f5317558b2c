#include "crypto/sealed/age/armor.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/crypto/expect_error.h"

namespace valv::sealed {
namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----\n";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----\n";
constexpr std::size_t kLineBytes = 48;

std::string armored(ByteView octets, std::size_t step) {
    std::string text;
    ArmorWriter writer([&](ByteView part) { text.append(as_text(part)); });
    for (std::size_t at = 0; at < octets.size(); at += step) {
        writer.push(octets.subspan(at, std::min(step, octets.size() - at)));
    }
    writer.finish();
    return text;
}

Bytes unarmored(std::string_view text, std::size_t step) {
    Bytes octets;
    ArmorReader reader([&](ByteView part) { append(octets, part); });
    for (std::size_t at = 0; at < text.size(); at += step) {
        reader.push(as_bytes(text.substr(at, step)));
    }
    reader.finish();
    return octets;
}

std::string refusal(const std::string& text) {
    return test::error_of([&] { static_cast<void>(unarmored(text, text.size() + 1)); });
}

Bytes counted(std::size_t size) {
    Bytes octets(size);
    std::ranges::generate(octets, [value = std::uint8_t{0}]() mutable { return value++; });
    return octets;
}

TEST(ArmorTest, IsTheTextOfRfc7468) {
    EXPECT_EQ(armored(as_bytes("age-encryption.org/v1"), 100),
              "-----BEGIN AGE ENCRYPTED FILE-----\n"
              "YWdlLWVuY3J5cHRpb24ub3JnL3Yx\n"
              "-----END AGE ENCRYPTED FILE-----\n");
}

TEST(ArmorTest, ComesBackAtEverySizeAndInEverySplit) {
    for (std::size_t size = 0; size < 3 * kLineBytes + 2; ++size) {
        const Bytes octets = counted(size);
        const std::string text = armored(octets, 1000);
        for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
            EXPECT_EQ(armored(octets, step), text);
            EXPECT_EQ(unarmored(text, step), octets) << size << " by " << step;
        }
    }
}

TEST(ArmorTest, LinesHave64Columns) {
    const std::string text = armored(counted(100), 1000);
    std::size_t at = kBegin.size();
    EXPECT_EQ(text.find('\n', at) - at, 64U);
}

struct Leniency {
    const char* name;
    std::string before;
    std::string line_end = "\n";
    std::string after;
};
class ArmorLeniencyTest : public testing::TestWithParam<Leniency> {};
TEST_P(ArmorLeniencyTest, Opens) {
    const Leniency& given = GetParam();
    std::string text = armored(counted(100), 1000);
    std::string changed;
    for (const char character : text) {
        changed.append(character == '\n' ? given.line_end : std::string(1, character));
    }
    EXPECT_EQ(unarmored(given.before + changed + given.after, 5), counted(100));
}
INSTANTIATE_TEST_SUITE_P(
    All, ArmorLeniencyTest,
    testing::Values(Leniency{.name = "CrLf", .before = {}, .line_end = "\r\n", .after = {}},
                    Leniency{.name = "BlankLinesBefore", .before = "\n \t\n\r\n", .after = {}},
                    Leniency{.name = "BlankLinesAfter", .before = {}, .after = "\n \t\r\n  "},
                    Leniency{.name = "JustNotTooMuchBefore",
                             .before = std::string(kMaxArmorBlankBytes - 1, ' ') + "\n",
                             .after = {}},
                    Leniency{.name = "JustNotTooMuchAfter",
                             .before = {},
                             .after = std::string(kMaxArmorBlankBytes - 1, ' ') + "\n"},
                    Leniency{.name = "JustNotTooMuchAfterWithoutALineEnd",
                             .before = {},
                             .after = std::string(kMaxArmorBlankBytes, ' ')}),
    [](const auto& tested) { return tested.param.name; });

TEST(ArmorTest, TheLastLineEndMayBeMissing) {
    std::string text = armored(counted(100), 1000);
    text.pop_back();
    EXPECT_EQ(unarmored(text, 3), counted(100));
}

TEST(ArmorTest, RefusesEveryOtherText) {
    const std::string begin(kBegin);
    const std::string end(kEnd);
    const std::string full = std::string(64, 'A') + "\n";
    const std::vector<std::string> texts{
        "",
        begin,
        end,
        begin + "YWdl\n",
        "x" + begin + "YWdl\n" + end,
        " " + begin + "YWdl\n" + end,
        begin + "YWdl\n" + end + "x",
        begin + "YWdl\n" + end + begin + "YWdl\n" + end,
        begin + "\nYWdl\n" + end,
        begin + full + "\n" + end,
        begin + "YWdl\nYWdl\n" + end,
        begin + "YWdlYQ\n" + end,    // not padded
        begin + "YWdlYQ=\n" + end,   // padded too little
        begin + "YWdlYR==\n" + end,  // not canonical
        begin + "YW dl\n" + end,
        begin + " YWdl\n" + end,
        begin + "YWdl \n" + end,
        begin + "A" + full + end,
        begin + std::string(68, 'A') + "\n" + end,
        begin + "Proc-Type: 4\n\nYWdl\n" + end,
        begin + "YWdl\n=ABCD\n" + end,
        begin + "YWdl\n-----END AGE ENCRYPTED FILE----\n",
        "-----BEGIN AGE ENCRYPTED FILE----\nYWdl\n" + end,
        "-----begin age encrypted file-----\nYWdl\n" + end,
        std::string(kMaxArmorBlankBytes, ' ') + "\n" + begin + "YWdl\n" + end,
        begin + "YWdl\n" + end + std::string(kMaxArmorBlankBytes + 1, '\n'),
        begin + "YWdl\n" + end + std::string(kMaxArmorBlankBytes + 1, ' '),
        begin + "YWdl\r\r\n" + end,
    };
    for (const std::string& text : texts) {
        EXPECT_EQ(refusal(text), "malformed age_armor_invalid") << text;
    }
}

TEST(ArmorTest, EachCutIsNoticed) {
    const std::string text = armored(counted(100), 1000);
    for (std::size_t size = 0; size + 1 < text.size(); ++size) {
        EXPECT_EQ(refusal(text.substr(0, size)), "malformed age_armor_invalid") << size;
    }
}

TEST(ArmorTest, WhatStoodBeforeADamagedLineIsReleased) {
    Bytes released;
    ArmorReader reader([&](ByteView part) { append(released, part); });
    const std::string text = std::string(kBegin) + std::string(64, 'A') + "\n!\n";
    EXPECT_EQ(test::error_of([&] { reader.push(as_bytes(text)); }), "malformed age_armor_invalid");
    EXPECT_EQ(released, Bytes(kLineBytes));
}

TEST(ArmorTest, IsRecognisedBehindWhiteSpace) {
    EXPECT_TRUE(is_armored(as_bytes(kBegin)));
    EXPECT_TRUE(is_armored(as_bytes("\n \n-----BEGIN")));
    EXPECT_FALSE(is_armored(as_bytes("age-encryption.org/v1\n")));
    EXPECT_FALSE(is_armored(as_bytes(" \n")));
    EXPECT_FALSE(is_armored({}));
}

}  // namespace
}  // namespace valv::sealed
