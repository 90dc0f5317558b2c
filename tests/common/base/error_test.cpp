#include "common/base/error.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace valv {
namespace {

TEST(ErrorTest, CarriesCodePathAndName) {
    const Error error(ErrorCode::kTampered, "record: hash", "/documents/0", "object_hash_mismatch");
    EXPECT_EQ(error.code(), ErrorCode::kTampered);
    EXPECT_STREQ(error.what(), "record: hash");
    EXPECT_EQ(error.path(), "/documents/0");
    EXPECT_EQ(error.name(), "object_hash_mismatch");
}

TEST(ErrorTest, EveryCodeHasItsOwnText) {
    std::set<std::string_view> texts;
    const int last = static_cast<int>(ErrorCode::kInternal);
    for (int code = 0; code <= last; ++code) {
        texts.insert(to_string(static_cast<ErrorCode>(code)));
    }
    EXPECT_EQ(texts.size(), static_cast<std::size_t>(last + 1));
}

TEST(CheckDeathTest, AFailedCheckSaysWhereAndAborts) {
    EXPECT_DEATH(VALV_CHECK(1 + 1 == 3), "check failed: 1 \\+ 1 == 3 .*error_test.cpp");
}

}  // namespace
}  // namespace valv
