#include <algorithm>
#include <chrono>

#include "client/casework/countries.h"
#include "client/casework/facts.h"
#include "client/casework/zones.h"

// Changes between two legs (docs/casework.md 4.2: needed, overnight, night).
namespace valv::casework {
namespace {

using std::chrono::hours;

// Minutes, docs/casework.md 4.2.
constexpr std::int64_t kInsideSchengen = 60;
constexpr std::int64_t kOutsideSchengen = 90;
constexpr std::int64_t kSelfTransfer = 60;
constexpr std::int64_t kOtherAirport = 240;
constexpr std::int64_t kToAir = 120;
constexpr std::int64_t kFromAir = 90;
constexpr std::int64_t kWithFerry = 60;
constexpr std::int64_t kOther = 30;
constexpr std::int64_t kTerminals = 30;
constexpr std::int64_t kMobility = 30;
constexpr std::int64_t kOvernight = 360;

constexpr hours kNightBegins{22};
constexpr hours kNightEnds{6};
constexpr hours kDeepNight{3};

std::int64_t base_minutes(const Leg& before, const Leg& after) {
    const bool is_from_air = before.mode == Mode::kAir;
    const bool is_to_air = after.mode == Mode::kAir;
    if (is_from_air && is_to_air) {
        const bool is_inside = is_schengen(before.from.country) && is_schengen(before.to.country) &&
                               is_schengen(after.to.country);
        const bool is_self_transfer = before.booking_reference != after.booking_reference;
        return (is_inside ? kInsideSchengen : kOutsideSchengen) +
               (is_self_transfer ? kSelfTransfer : 0);
    }
    if (is_to_air) {
        return kToAir;
    }
    if (is_from_air) {
        return kFromAir;
    }
    return before.mode == Mode::kFerry || after.mode == Mode::kFerry ? kWithFerry : kOther;
}

bool is_slow(const Person& person) {
    return person.needs && person.needs->mobility.value_or(Mobility::kNone) != Mobility::kNone;
}

}  // namespace

bool is_same_place(const Place& left, const Place& right) {
    return left.iata && right.iata ? left.iata == right.iata : left.name == right.name;
}

std::int64_t minutes_between(const Gap& gap) {
    return std::chrono::duration_cast<std::chrono::minutes>(departure_of(*gap.after) -
                                                            arrival_of(*gap.before))
        .count();
}

std::int64_t needed_minutes(const Facts& facts, const Gap& gap) {
    const auto& before = *gap.before;
    const auto& after = *gap.after;
    if (before.min_connection) {
        return *before.min_connection;
    }
    if (before.mode == Mode::kAir && after.mode == Mode::kAir &&
        !is_same_place(before.to, after.from)) {
        return kOtherAirport;
    }
    auto minutes = base_minutes(before, after);
    if (before.to.terminal.value_or("") != after.from.terminal.value_or("")) {
        minutes += kTerminals;
    }
    if (std::ranges::any_of(facts.travellers(), [&](const Person* person) {
            return is_on(before, *person) && is_slow(*person);
        })) {
        minutes += kMobility;
    }
    return minutes;
}

bool is_overnight(const Gap& gap) {
    if (minutes_between(gap) < kOvernight) {
        return false;
    }
    const auto& zone = gap.before->to.zone;
    const auto arrives = to_local(arrival_of(*gap.before), zone);
    const auto departs = to_local(departure_of(*gap.after), zone);
    auto deep_night = std::chrono::floor<std::chrono::days>(arrives) + kDeepNight;
    if (deep_night < arrives) {
        deep_night += std::chrono::days(1);
    }
    return deep_night <= departs;
}

bool is_night(Local local) {
    const auto clock = time_of_day(local);
    return clock >= kNightBegins || clock < kNightEnds;
}

}  // namespace valv::casework
