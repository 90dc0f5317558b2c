#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

// The four ways the record writes time (docs/casework.md 3.1): a date, an instant
// (common/base/clock.h), a local time that belongs to the zone of its place, and hours of a day.
// Parsers are strict and answer nothing on any other text.
namespace valv::casework {

using Date = std::chrono::sys_days;
using Local = std::chrono::local_time<std::chrono::minutes>;

// `09:00-17:00`; the end may be 24:00 and may be before the start (over midnight).
struct Hours {
    std::chrono::minutes from{0};
    std::chrono::minutes to{0};
    friend bool operator==(const Hours&, const Hours&) = default;
};

[[nodiscard]] std::optional<Date> parse_date(std::string_view text);    // 1900-01-01 … 2199-12-31
[[nodiscard]] std::optional<Local> parse_local(std::string_view text);  // 2026-04-14T10:10
[[nodiscard]] std::optional<Hours> parse_hours(std::string_view text);

using valv::to_text;  // of instants: else the overloads below would hide it
[[nodiscard]] std::string to_text(Date date);
[[nodiscard]] std::string to_text(Local local);
[[nodiscard]] std::string to_text(const Hours& hours);

[[nodiscard]] Date date_of(Local local);
[[nodiscard]] std::chrono::minutes time_of_day(Local local);
// Whole years from one date to another, as ages are counted (29 February counts from 1 March in
// other years).
[[nodiscard]] int whole_years(Date from, Date to);
// The same day so many months later, or the last day of that month.
[[nodiscard]] Date add_months(Date date, int months);
[[nodiscard]] Date add_years(Date date, int years);

}  // namespace valv::casework
