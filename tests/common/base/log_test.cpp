#include "common/base/log.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace valv {
namespace {

// Free text does not compile into a log line.
static_assert(!std::is_constructible_v<LogField, const char (&)[4], std::string>);
static_assert(!std::is_constructible_v<LogField, const char (&)[4], std::string_view>);
static_assert(!std::is_constructible_v<LogField, const char (&)[4], const char*>);
static_assert(!std::is_constructible_v<LogField, std::string, std::int64_t>);

class FixedClock final : public Clock {
public:
    Instant now() override { return parse_instant("2026-03-31T10:25:00Z"); }
    std::chrono::milliseconds monotonic() override { return std::chrono::milliseconds(0); }
    void sleep_for(std::chrono::milliseconds /*duration*/) override {}
};

class LogTest : public testing::Test {
protected:
    FixedClock clock_;
    std::string lines_;
    Logger logger_{clock_, [this](std::string_view line) { lines_.append(line); }, LogLevel::kInfo};
};

TEST_F(LogTest, ALineIsOneJsonObject) {
    logger_.write(LogLevel::kWarning, "disk-full",
                  {{"count", 7}, {"took", std::chrono::milliseconds(12)}});
    EXPECT_EQ(lines_,
              "{\"at\":\"2026-03-31T10:25:00Z\",\"level\":\"warning\",\"event\":\"disk-full\","
              "\"count\":7,\"took\":12}\n");
}

TEST_F(LogTest, WhatIsBelowTheLevelIsNotWritten) {
    logger_.write(LogLevel::kDebug, "detail");
    EXPECT_TRUE(lines_.empty());
    logger_.write(LogLevel::kInfo, "start");
    EXPECT_FALSE(lines_.empty());
}

TEST_F(LogTest, LinkIdsAreCutAndOthersAreNot) {
    const LinkId link = LinkId::from_bytes(Bytes(kIdBytes, 0x42));
    const CaseId case_id = CaseId::from_bytes(Bytes(kIdBytes, 0x43));
    logger_.write(LogLevel::kInfo, "open", {{"link", link}, {"case", case_id}});
    EXPECT_NE(lines_.find("\"link\":\"" + link.text().substr(0, 6) + "\""), std::string::npos);
    EXPECT_EQ(lines_.find(link.text().substr(0, 7)), std::string::npos);
    EXPECT_NE(lines_.find("\"case\":\"" + case_id.text() + "\""), std::string::npos);
}

TEST_F(LogTest, TheTextOfAnErrorIsEscaped) {
    const Error error(ErrorCode::kIo, "open \"x\\y\"\n\x01\xff");
    logger_.write(LogLevel::kError, "failed", {{"code", error.code()}, {"error", error}});
    EXPECT_NE(
        lines_.find("\"code\":\"io\",\"error\":\"open \\\"x\\\\y\\\"\\u000a\\u0001\\u00ff\"}\n"),
        std::string::npos)
        << lines_;
}

}  // namespace
}  // namespace valv
