#include "common/base/clock.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <thread>

#include "common/base/error.h"

namespace valv {

Instant SystemClock::now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::monotonic() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

void SystemClock::sleep_for(std::chrono::milliseconds duration) {
    std::this_thread::sleep_for(duration);
}

std::string to_text(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    std::array<char, 32> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

namespace {

[[noreturn]] void malformed_instant() {
    throw Error(ErrorCode::kMalformed, "instant: not YYYY-MM-DDTHH:MM:SSZ");
}

int digits(std::string_view text, std::size_t offset, std::size_t count) {
    int value = 0;
    const char* first = text.data() + offset;
    const char* last = first + count;
    for (const char* at = first; at != last; ++at) {
        if (*at < '0' || *at > '9') {
            malformed_instant();
        }
    }
    std::from_chars(first, last, value);
    return value;
}

}  // namespace

Instant parse_instant(std::string_view text) {
    constexpr std::string_view kShape = "0000-00-00T00:00:00Z";
    if (text.size() != kShape.size()) {
        malformed_instant();
    }
    for (std::size_t index = 0; index < kShape.size(); ++index) {
        if (kShape[index] != '0' && kShape[index] != text[index]) {
            malformed_instant();
        }
    }
    const std::chrono::year_month_day date(
        std::chrono::year(digits(text, 0, 4)),
        std::chrono::month(static_cast<unsigned>(digits(text, 5, 2))),
        std::chrono::day(static_cast<unsigned>(digits(text, 8, 2))));
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    constexpr int kFirstYear = 1970;
    if (!date.ok() || static_cast<int>(date.year()) < kFirstYear || hour > 23 || minute > 59 ||
        second > 59) {
        malformed_instant();
    }
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

}  // namespace valv
