#include "client/casework/times.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace valv::casework {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::size_t kDateCharacters = 10;
constexpr std::size_t kLocalCharacters = 16;
constexpr std::size_t kHoursCharacters = 11;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;
constexpr int kMinutesPerHour = 60;
constexpr int kHoursPerDay = 24;

// The text has digits where the pattern has 0, and the pattern's own characters elsewhere.
bool has_shape(std::string_view text, std::string_view pattern) {
    return text.size() == pattern.size() &&
           std::equal(text.begin(), text.end(), pattern.begin(), [](char found, char wanted) {
               return wanted == '0' ? (found >= '0' && found <= '9') : found == wanted;
           });
}

int number(std::string_view digits) {
    int value = 0;
    for (const char digit : digits) {
        value = value * 10 + (digit - '0');
    }
    return value;
}

std::optional<std::chrono::minutes> parse_clock(std::string_view text) {
    const int hour = number(text.substr(0, 2));
    const int minute = number(text.substr(3, 2));
    if (hour >= kHoursPerDay || minute >= kMinutesPerHour) {
        return std::nullopt;
    }
    return std::chrono::minutes(hour * kMinutesPerHour + minute);
}

std::string clock_text(std::chrono::minutes clock) {
    std::array<char, 16> buffer{};
    const auto count = static_cast<int>(clock.count());
    std::snprintf(buffer.data(), buffer.size(), "%02d:%02d", count / kMinutesPerHour,
                  count % kMinutesPerHour);
    return buffer.data();
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    if (!has_shape(text, "0000-00-00")) {
        return std::nullopt;
    }
    const year_month_day parts{year{number(text.substr(0, 4))},
                               month{static_cast<unsigned>(number(text.substr(5, 2)))},
                               day{static_cast<unsigned>(number(text.substr(8, 2)))}};
    if (!parts.ok() || parts.year() < year{kFirstYear} || parts.year() > year{kLastYear}) {
        return std::nullopt;
    }
    return Date{parts};
}

std::optional<Local> parse_local(std::string_view text) {
    if (!has_shape(text, "0000-00-00T00:00")) {
        return std::nullopt;
    }
    const auto date = parse_date(text.substr(0, kDateCharacters));
    const auto clock =
        parse_clock(text.substr(kDateCharacters + 1, kLocalCharacters - kDateCharacters - 1));
    if (!date || !clock) {
        return std::nullopt;
    }
    return Local{date->time_since_epoch() + *clock};
}

std::optional<Hours> parse_hours(std::string_view text) {
    if (!has_shape(text, "00:00-00:00") || text.size() != kHoursCharacters) {
        return std::nullopt;
    }
    const auto from = parse_clock(text.substr(0, 5));
    const auto until = text.substr(6) == "24:00"
                           ? std::chrono::minutes(kHoursPerDay * kMinutesPerHour)
                           : parse_clock(text.substr(6));
    if (!from || !until) {
        return std::nullopt;
    }
    return Hours{*from, *until};
}

std::string to_text(Date date) {
    const year_month_day parts{date};
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(parts.year()),
                  static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
    return buffer.data();
}

std::string to_text(Local local) {
    return to_text(date_of(local)) + "T" + clock_text(time_of_day(local));
}

std::string to_text(const Hours& hours) {
    return clock_text(hours.from) + "-" + clock_text(hours.to);
}

Date date_of(Local local) {
    return Date{std::chrono::floor<std::chrono::days>(local).time_since_epoch()};
}

std::chrono::minutes time_of_day(Local local) {
    return local - std::chrono::floor<std::chrono::days>(local);
}

int whole_years(Date from, Date to) {
    const year_month_day first{from};
    const year_month_day last{to};
    const int years = static_cast<int>(last.year()) - static_cast<int>(first.year());
    const bool is_before_birthday =
        last.month() < first.month() || (last.month() == first.month() && last.day() < first.day());
    return is_before_birthday ? years - 1 : years;
}

Date add_months(Date date, int months) {
    const year_month_day moved = year_month_day{date} + std::chrono::months(months);
    if (moved.ok()) {
        return Date{moved};
    }
    return Date{moved.year() / moved.month() / std::chrono::last};
}

Date add_years(Date date, int years) {
    constexpr int kMonthsPerYear = 12;
    return add_months(date, years * kMonthsPerYear);
}

}  // namespace valv::casework
