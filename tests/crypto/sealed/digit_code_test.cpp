#include "crypto/sealed/digit_code.h"

#include <array>

#include <gtest/gtest.h>

#include "crypto/sealed/digit_scripts.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

std::string digits_of(std::string_view typed, std::size_t count) {
    const std::optional<DigitCode> code = DigitCode::from_text(as_bytes(typed), count);
    return code ? std::string(as_text(code->digits().reveal())) : "none";
}

struct Typed {
    const char* name;
    const char* text;
};
class TypedCodeTest : public testing::TestWithParam<Typed> {};

TEST_P(TypedCodeTest, IsTheSameTwelveDigits) {
    EXPECT_EQ(digits_of(GetParam().text, 12), "012345678901");
}

INSTANTIATE_TEST_SUITE_P(
    Scripts, TypedCodeTest,
    testing::Values(Typed{"Ascii", "012345678901"}, Typed{"Groups", "0123 4567-8901"},
                    Typed{"Words", "code: 0123/4567.8901, thank you\n"},
                    Typed{"ArabicIndic", "٠١٢٣٤٥٦٧٨٩٠١"}, Typed{"Persian", "۰۱۲۳۴۵۶۷۸۹۰۱"},
                    Typed{"Devanagari", "०१२३४५६७८९०१"}, Typed{"Bengali", "০১২৩৪৫৬৭৮৯০১"},
                    Typed{"Thai", "๐๑๒๓๔๕๖๗๘๙๐๑"}, Typed{"Fullwidth", "０１２３４５６７８９０１"},
                    Typed{"Mathematical", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝟬𝟭"}, Typed{"Mixed", "٠1२۳４5𝟔7٨9০1"},
                    Typed{"Adlam", "𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙𞥐𞥑"}),
    [](const testing::TestParamInfo<Typed>& parameter) {
        return std::string(parameter.param.name);
    });

TEST(DigitCodeTest, AnotherCountIsNoCode) {
    for (const char* typed :
         {"", "01234567890", "0123456789012", "twelve", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫", "一二三四五六七八九十"}) {
        EXPECT_EQ(digits_of(typed, 12), "none") << typed;
    }
}

TEST(DigitCodeTest, WhatIsNoUtf8IsNoCode) {
    EXPECT_EQ(digits_of("012345678901\xff", 12), "none");
    EXPECT_EQ(digits_of("012345678901\xd9", 12), "none");
}

TEST(DigitCodeTest, TheTableIsAscendingAndItsRunsDoNotOverlap) {
    for (std::size_t at = 1; at < kDigitZeros.size(); ++at) {
        EXPECT_GE(kDigitZeros[at] - kDigitZeros[at - 1], 10U) << at;
    }
}

TEST(DigitCodeTest, DrawsEachDigitEquallyOften) {
    test::SeededRandom random("digits");
    std::array<int, 10> counts{};
    constexpr int kCodes = 2'000;
    for (int round = 0; round < kCodes; ++round) {
        const DigitCode code = DigitCode::random(12, random);
        ASSERT_EQ(code.digits().size(), 12U);
        for (const std::uint8_t digit : code.digits().reveal()) {
            ++counts.at(static_cast<std::size_t>(digit - '0'));
        }
    }
    for (const int count : counts) {
        EXPECT_NEAR(count, kCodes * 12 / 10, 200);  // four standard deviations
    }
}

// 250…255 would favour 0…5: they are drawn again.
TEST(DigitCodeTest, BiasedOctetsAreDrawnAgain) {
    test::ScriptedRandom random({255, 250, 249, 254, 0, 19});
    EXPECT_EQ(as_text(DigitCode::random(3, random).digits().reveal()), "909");
}

TEST(DigitCodeTest, IsSpokenInGroupsOfFour) {
    EXPECT_EQ(as_text(DigitCode::from_text(as_bytes("123456789012"), 12)->grouped().reveal()),
              "1234 5678 9012");
    EXPECT_EQ(as_text(DigitCode::from_text(as_bytes("12345"), 5)->grouped().reveal()), "1234 5");
    EXPECT_EQ(testing::PrintToString(*DigitCode::from_text(as_bytes("12345"), 5)), "<secret>");
}

}  // namespace
}  // namespace valv::sealed
