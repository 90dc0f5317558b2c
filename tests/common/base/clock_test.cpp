#include "common/base/clock.h"

#include <gtest/gtest.h>

#include "tests/common/base/error_code.h"

namespace valv {
namespace {

TEST(InstantTest, TextsComeBack) {
    for (const char* text : {"1970-01-01T00:00:00Z", "2026-03-31T10:25:00Z", "2024-02-29T23:59:59Z",
                             "2000-02-29T12:00:00Z", "9999-12-31T23:59:59Z"}) {
        EXPECT_EQ(to_text(parse_instant(text)), text);
    }
    EXPECT_EQ(parse_instant("1970-01-02T00:00:01Z").time_since_epoch().count(), 86'401);
}

class MalformedInstantTest : public testing::TestWithParam<const char*> {};

TEST_P(MalformedInstantTest, IsMalformed) {
    EXPECT_EQ(test::code_of([] { static_cast<void>(parse_instant(GetParam())); }),
              ErrorCode::kMalformed);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, MalformedInstantTest,
    testing::Values("", "2026-03-31", "2026-03-31T10:25:00", "2026-03-31T10:25:00z",
                    "2026-03-31 10:25:00Z", "2026-3-31T10:25:00Z", "2026-03-31T10:25:00+00:00",
                    "2026-03-31T10:25:00.0Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
                    "2026-02-29T00:00:00Z", "2026-02-30T00:00:00Z", "2026-04-31T00:00:00Z",
                    "1900-02-29T00:00:00Z", "1969-12-31T23:59:59Z", "2026-03-31T24:00:00Z",
                    "2026-03-31T10:60:00Z", "2026-03-31T10:25:60Z", "2026-03-31T-1:25:00Z",
                    "+026-03-31T10:25:00Z", "2026-03-31T10:25: 0Z", "2026-03-31T10:25:00ZZ",
                    "2026-03-31T1O:25:00Z"));

TEST(SystemClockTest, MonotonicTimeDoesNotGoBack) {
    SystemClock clock;
    const auto first = clock.monotonic();
    clock.sleep_for(std::chrono::milliseconds(1));
    EXPECT_GE(clock.monotonic(), first + std::chrono::milliseconds(1));
    EXPECT_GT(clock.now(), parse_instant("2020-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace valv
