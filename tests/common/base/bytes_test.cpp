#include "common/base/bytes.h"

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/common/base/error_code.h"

namespace valv {
namespace {

TEST(BytesTest, IntegersAreBigEndian) {
    EXPECT_EQ(to_hex(be32(0x01020304)), "01020304");
    EXPECT_EQ(to_hex(be64(0x0102030405060708)), "0102030405060708");
    EXPECT_EQ(from_be32(be32(0xffffffff)), 0xffffffffU);
    EXPECT_EQ(from_be64(be64(0x8000000000000001)), 0x8000000000000001U);
}

TEST(BytesTest, IntegersOfAnotherLengthAreMalformed) {
    for (const std::size_t size : {0U, 3U, 5U, 8U}) {
        EXPECT_EQ(test::code_of([&] { static_cast<void>(from_be32(Bytes(size))); }),
                  ErrorCode::kMalformed);
    }
    for (const std::size_t size : {0U, 4U, 7U, 9U}) {
        EXPECT_EQ(test::code_of([&] { static_cast<void>(from_be64(Bytes(size))); }),
                  ErrorCode::kMalformed);
    }
}

TEST(BytesTest, ConcatKeepsTheOrder) {
    EXPECT_EQ(as_text(concat({as_bytes("ab"), {}, as_bytes("c")})), "abc");
    Bytes target = to_bytes(as_bytes("a"));
    append(target, as_bytes("bc"));
    EXPECT_EQ(as_text(target), "abc");
    EXPECT_TRUE(concat({}).empty());
}

TEST(BytesTest, EqualComparesOctetsAndLengths) {
    EXPECT_TRUE(equal(as_bytes("abc"), as_bytes("abc")));
    EXPECT_FALSE(equal(as_bytes("abc"), as_bytes("abd")));
    EXPECT_FALSE(equal(as_bytes("abc"), as_bytes("ab")));
}

TEST(BytesTest, TextAndOctetsViewEachOther) {
    const std::string text = "caf\xc3\xa9";
    EXPECT_EQ(as_text(as_bytes(text)), text);
    EXPECT_EQ(as_bytes(text).size(), 5U);
}

}  // namespace
}  // namespace valv
