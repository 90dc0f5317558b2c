#include "common/base/bech32.h"

#include <array>

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/common/base/error_code.h"

namespace valv {
namespace {

// BIP 173, "Test vectors": valid strings whose data part is whole octets, or that are refused
// because it is not.
class ValidBech32Test : public testing::TestWithParam<const char*> {};

TEST_P(ValidBech32Test, ComesBackInLowerCase) {
    const Bech32 decoded = bech32_decode(GetParam());
    EXPECT_EQ(bech32_encode(decoded.hrp, decoded.data), to_lower_ascii(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Bip173, ValidBech32Test,
    testing::Values("A12UEL5L", "a12uel5l",
                    "an83characterlonghumanreadablepartthatcontainsthenumber1a"
                    "ndtheexcludedcharactersbio1tt5tgs",
                    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
                    "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
                    "qqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
                    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "?1ezyfcl"));

TEST(Bech32Test, KnowsTheDataOfBip173) {
    const Bech32 decoded = bech32_decode("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw");
    EXPECT_EQ(decoded.hrp, "abcdef");
    EXPECT_EQ(to_hex(decoded.data), "00443214c74254b635cf84653a56d7c675be77df");
}

TEST(Bech32Test, IsNotBoundTo90Characters) {
    const Bytes long_data(1184, 0x5a);
    EXPECT_EQ(bech32_decode(bech32_encode("age1pq", long_data)).data, long_data);
}

TEST(Bech32Test, EveryLengthComesBack) {
    for (std::size_t size = 0; size < 70; ++size) {
        const Bytes data(size, static_cast<std::uint8_t>(size));
        const std::string text = bech32_encode("valvshare", data);
        EXPECT_EQ(bech32_decode(text).data, data);
        EXPECT_EQ(bech32_decode(to_upper_ascii(text)).data, data);
    }
}

class InvalidBech32Test : public testing::TestWithParam<std::string> {};

TEST_P(InvalidBech32Test, IsMalformed) {
    EXPECT_EQ(test::code_of([] { static_cast<void>(bech32_decode(GetParam())); }),
              ErrorCode::kMalformed);
}

// BIP 173, "Test vectors": invalid strings (but the one that is only too long).
INSTANTIATE_TEST_SUITE_P(Bip173, InvalidBech32Test,
                         testing::Values(std::string("\x20") + "1nwldj5",
                                         std::string("\x7f") + "1axkwrx",
                                         std::string("\x80") + "1eym55h", "pzry9x0s0muk",
                                         "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3",
                                         std::string("de1lg7wt\xff"), "A1G7SGD8", "10a06t8",
                                         "1qzzfhee", "", "1", "a1", "A12uEL5L"));

TEST(Bech32Test, EachChangedCharacterIsMalformed) {
    const std::string text = bech32_encode("age", Bytes(32, 0xc3));
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string changed = text;
        changed[at] = changed[at] == 'q' ? 'p' : 'q';
        EXPECT_EQ(test::code_of([&] { static_cast<void>(bech32_decode(changed)); }),
                  ErrorCode::kMalformed)
            << at;
    }
}

TEST(Bech32Test, EachShorterTextIsMalformed) {
    const std::string text = bech32_encode("age", Bytes(32, 0xc3));
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_EQ(test::code_of([&] { static_cast<void>(bech32_decode(text.substr(0, size))); }),
                  ErrorCode::kMalformed);
    }
}

TEST(Bech32IntoTest, TakesExactlyTheKindAndLength) {
    const std::string text = bech32_encode("age-secret-key-", Bytes(32, 0xc3));
    std::array<std::uint8_t, 32> out{};
    bech32_decode_into(to_upper_ascii(text), "age-secret-key-", out);
    EXPECT_EQ(Bytes(out.begin(), out.end()), Bytes(32, 0xc3));
    const auto refused = [&](const std::string& hrp, std::size_t size) {
        Bytes other(size);
        return test::code_of([&] { bech32_decode_into(text, hrp, other); });
    };
    EXPECT_EQ(refused("age", 32), ErrorCode::kMalformed);
    EXPECT_EQ(refused("age-secret-key-", 31), ErrorCode::kMalformed);
    EXPECT_EQ(refused("age-secret-key-", 33), ErrorCode::kMalformed);
}

}  // namespace
}  // namespace valv
