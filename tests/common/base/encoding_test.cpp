#include "common/base/encoding.h"

#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "tests/common/base/error_code.h"

namespace valv {
namespace {

// RFC 4648 section 10.
TEST(EncodingTest, KnowsTheVectorsOfRfc4648) {
    const auto octets = [](const char* text) { return as_bytes(text); };
    EXPECT_EQ(to_base64(octets("")), "");
    EXPECT_EQ(to_base64(octets("f")), "Zg==");
    EXPECT_EQ(to_base64(octets("fo")), "Zm8=");
    EXPECT_EQ(to_base64(octets("foo")), "Zm9v");
    EXPECT_EQ(to_base64(octets("foobar")), "Zm9vYmFy");
    EXPECT_EQ(to_base64_unpadded(octets("fooba")), "Zm9vYmE");
    EXPECT_EQ(to_base32(octets("f")), "my");
    EXPECT_EQ(to_base32(octets("fo")), "mzxq");
    EXPECT_EQ(to_base32(octets("foo")), "mzxw6");
    EXPECT_EQ(to_base32(octets("foob")), "mzxw6yq");
    EXPECT_EQ(to_base32(octets("fooba")), "mzxw6ytb");
    EXPECT_EQ(to_hex(octets("foobar")), "666f6f626172");
    EXPECT_EQ(to_base64url(Bytes{0xfb, 0xff, 0xfe}), "-__-");
    EXPECT_EQ(to_base64(Bytes{0xfb, 0xff, 0xfe}), "+//+");
}

struct Codec {
    const char* name;
    std::function<std::string(ByteView)> encode;
    std::function<Bytes(std::string_view)> decode;
    std::string alphabet;
};

class CodecTest : public testing::TestWithParam<Codec> {
protected:
    [[nodiscard]] static bool is_accepted(const std::string& text) {
        const auto code = test::code_of([&] { static_cast<void>(GetParam().decode(text)); });
        EXPECT_TRUE(!code || code == ErrorCode::kMalformed);
        return !code;
    }
};

TEST_P(CodecTest, EveryLengthAndOctetComesBack) {
    for (std::size_t size = 0; size <= 65; ++size) {
        Bytes octets(size);
        for (std::size_t at = 0; at < size; ++at) {
            octets[at] = static_cast<std::uint8_t>(at * 67 + size);
        }
        EXPECT_EQ(GetParam().decode(GetParam().encode(octets)), octets);
    }
}

// One text for each value: whatever is accepted encodes to itself.
TEST_P(CodecTest, AnAcceptedTextIsCanonical) {
    for (std::size_t size = 0; size <= 6; ++size) {
        const std::string text = GetParam().encode(Bytes(size, 0xff));
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (const char character : GetParam().alphabet) {
                std::string changed = text;
                changed[at] = character;
                if (is_accepted(changed)) {
                    EXPECT_EQ(GetParam().encode(GetParam().decode(changed)), changed);
                }
            }
        }
        for (std::size_t cut = 0; cut < text.size(); ++cut) {
            const std::string shorter = text.substr(0, cut);
            if (is_accepted(shorter)) {
                EXPECT_EQ(GetParam().encode(GetParam().decode(shorter)), shorter);
            }
        }
    }
}

TEST_P(CodecTest, CharactersOutsideTheAlphabetAreMalformed) {
    const std::string text = GetParam().encode(Bytes(15, 0xff));  // no padding in any of them
    for (int octet = 0; octet < 256; ++octet) {
        const char character = static_cast<char>(octet);
        if (GetParam().alphabet.find(character) != std::string::npos) {
            continue;
        }
        for (const std::size_t at : {std::size_t{0}, text.size() / 2, text.size() - 1}) {
            std::string changed = text;
            changed[at] = character;
            EXPECT_FALSE(is_accepted(changed)) << octet << " at " << at;
        }
    }
    for (const char* tail : {"\n", "\r\n", " ", "=", "==", "===="}) {
        EXPECT_FALSE(is_accepted(text + tail)) << tail;
    }
    EXPECT_FALSE(is_accepted(" " + text));
}

constexpr const char* kBase64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr const char* kBase64UrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

INSTANTIATE_TEST_SUITE_P(
    Codecs, CodecTest,
    testing::Values(Codec{"Hex", to_hex, from_hex, "0123456789abcdef"},
                    Codec{"Base32", to_base32, from_base32, "abcdefghijklmnopqrstuvwxyz234567"},
                    Codec{"Base64", to_base64, from_base64, kBase64Alphabet},
                    Codec{"Base64Unpadded", to_base64_unpadded, from_base64_unpadded,
                          kBase64Alphabet},
                    Codec{"Base64Url", to_base64url, from_base64url, kBase64UrlAlphabet}),
    [](const testing::TestParamInfo<Codec>& parameter) {
        return std::string(parameter.param.name);
    });

TEST(EncodingTest, Base64PaddingIsExact) {
    for (const char* text : {"Zg", "Zg=", "Zg===", "Zm8", "Zm8==", "=",
                             "==", "====", "Z===", "Zm9v====", "Zg==Zg==", "Zh=="}) {
        EXPECT_EQ(test::code_of([&] { static_cast<void>(from_base64(text)); }),
                  ErrorCode::kMalformed)
            << text;
    }
}

}  // namespace
}  // namespace valv
