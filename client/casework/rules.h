#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/casework/checklist.h"
#include "client/casework/facts.h"

// The table of rules (docs/casework.md 4.4), one file per letter: a rule is data and a pure
// function from the facts to the subjects for which it is open. Inside casework only.
namespace valv::casework {

struct Subject {
    std::string id;    // empty for the case
    std::string path;  // JSON Pointer to the row
    std::vector<Fill> fills;
    std::optional<Instant> due;  // when the rule's due hangs on the row
    std::optional<Date> due_on;
};
using Subjects = std::vector<Subject>;

enum class Per { kCase, kRow };
enum class Closing { kData, kTick, kDataOrTick, kTickLapsing, kDataOrTickLapsing };  // lapsing: †
enum class Blocks { kNo, kYes, kAlways };  // always: `yes!`, never waivable

struct Due {
    enum class From { kNow, kDepartureDay, kArrivalDay, kDeparture, kArrival, kSubject };
    From from = From::kNow;
    int days = 0;
    std::chrono::minutes offset{0};
};
constexpr Due at_once() {
    return {};
}
constexpr Due before(int days) {
    return {.from = Due::From::kDepartureDay, .days = -days};
}  // D−days
constexpr Due after(int days) {
    return {.from = Due::From::kArrivalDay, .days = days};
}  // A+days
constexpr Due at_departure(std::chrono::minutes offset) {
    return {.from = Due::From::kDeparture, .offset = offset};
}
constexpr Due at_arrival(std::chrono::minutes offset) {
    return {.from = Due::From::kArrival, .offset = offset};
}
constexpr Due of_subject() {
    return {.from = Due::From::kSubject};
}

struct Rule {
    std::string_view id;
    std::string_view phases;    // of b d a
    std::string_view statuses;  // of o p s c x
    Per per = Per::kCase;
    Closing closing = Closing::kData;
    Owner owner = Owner::kCoordinator;
    Due due;
    Blocks blocks = Blocks::kNo;
    Subjects (*open_for)(const Facts& facts) = nullptr;
};

[[nodiscard]] std::span<const Rule> wish_rules();
[[nodiscard]] std::span<const Rule> information_rules();
[[nodiscard]] std::span<const Rule> risk_rules();
[[nodiscard]] std::span<const Rule> paper_rules();
[[nodiscard]] std::span<const Rule> health_rules();
[[nodiscard]] std::span<const Rule> booking_rules();
[[nodiscard]] std::span<const Rule> escort_rules();
[[nodiscard]] std::span<const Rule> arrival_rules();
[[nodiscard]] std::span<const Rule> safety_rules();
[[nodiscard]] std::span<const Rule> journey_rules();
[[nodiscard]] std::span<const Rule> follow_up_rules();
[[nodiscard]] std::span<const Rule> link_rules();

// All of them, in the order of docs/casework.md 4.4.
[[nodiscard]] const std::vector<const Rule*>& all_rules();

}  // namespace valv::casework
