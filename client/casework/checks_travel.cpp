#include <algorithm>
#include <array>

#include "client/casework/checks.h"
#include "client/casework/people.h"
#include "client/casework/places.h"
#include "client/casework/zones.h"

namespace valv::casework {
namespace {

using std::chrono::hours;

constexpr hours kLongestLeg{48};
constexpr hours kLongestFerry{120};

// tzdata's own links among the zones of airports: old and present name of one zone.
constexpr std::array<std::array<std::string_view, 2>, 12> kRenamed = {{
    {"Asia/Katmandu", "Asia/Kathmandu"},
    {"Asia/Calcutta", "Asia/Kolkata"},
    {"Asia/Saigon", "Asia/Ho_Chi_Minh"},
    {"Asia/Rangoon", "Asia/Yangon"},
    {"Asia/Dacca", "Asia/Dhaka"},
    {"Europe/Kiev", "Europe/Kyiv"},
    {"Europe/Nicosia", "Asia/Nicosia"},
    {"Europe/Belfast", "Europe/London"},
    {"Asia/Istanbul", "Europe/Istanbul"},
    {"Atlantic/Faeroe", "Atlantic/Faroe"},
    {"America/Godthab", "America/Nuuk"},
    {"America/Buenos_Aires", "America/Argentina/Buenos_Aires"},
}};

std::string_view present_name(std::string_view zone) {
    const auto* const found =
        std::ranges::find(kRenamed, zone, [](const auto& pair) { return pair[0]; });
    return found == kRenamed.end() ? zone : (*found)[1];
}

const Airport* airport_of(const Checking& check, const std::optional<std::string>& iata,
                          const std::string& path) {
    const auto here = step(path, "iata");
    if (!iata || !check.is_sound(here)) {
        return nullptr;
    }
    const auto* const airport = check.places.find(*iata);
    if (airport == nullptr) {
        check.refuse("unknown_iata", here,
                     "No airport has this code in the table: leave the code out and name it.");
    }
    return airport;
}

void check_place(const Checking& check, const Place& place, const std::string& path) {
    const auto* const airport = airport_of(check, place.iata, path);
    if (airport == nullptr) {
        return;
    }
    if (place.country != airport->country && check.is_sound(step(path, "country"))) {
        check.refuse("place_disagrees", step(path, "country"),
                     "The airport of this code lies in another state.");
    }
    if (present_name(place.zone) != present_name(airport->zone) &&
        check.is_sound(step(path, "zone"))) {
        check.refuse("place_disagrees", step(path, "zone"),
                     "The airport of this code lies in another time zone.");
    }
}

// Row 36: a journey that is booked runs from the origin to the destination.
void check_ends(const Checking& check) {
    const auto& legs = check.record.legs;
    const auto is_live = [](const Leg& leg) { return leg.status != LegStatus::kCancelled; };
    const auto is_planned = [](const Leg& leg) { return leg.status == LegStatus::kPlanned; };
    if (!check.is_sound("/legs") || std::ranges::any_of(legs, is_planned)) {
        return;
    }
    const auto first = std::ranges::find_if(legs, is_live);
    if (first == legs.end()) {
        return;
    }
    const auto last = std::find_if(legs.rbegin(), legs.rend(), is_live);
    const auto pointer = [&](const Leg& leg, std::string_view end) {
        return step("/legs", static_cast<std::size_t>(&leg - legs.data())) + std::string(end);
    };
    const auto start = pointer(*first, "/from/country");
    const auto end = pointer(*last, "/to/country");
    // A place that its own code contradicts is refused already.
    if (first->from.country != check.record.origin.country && check.is_sound("/origin") &&
        check.refusing.is_sound(start)) {
        check.refuse("place_disagrees", start,
                     "The first leg does not start in the state of origin.");
    }
    if (last->to.country != check.record.destination.country && check.is_sound("/destination") &&
        check.refusing.is_sound(end)) {
        check.refuse("place_disagrees", end,
                     "The last leg does not end in the state of destination.");
    }
}

void refuse_gap(const Checking& check, const LocalLookup& found, const std::string& path) {
    check.refuse("local_time_does_not_exist", path,
                 "The clocks skip this time; the nearest real times are " +
                     to_text(found.gap_before) + " and " + to_text(found.gap_after) + ".");
}

// A local time without a fold field: only the spring gap is refused; of two readings the earlier
// counts.
void check_local(const Checking& check, const std::optional<Local>& local, const std::string& zone,
                 const std::string& zone_path, const std::string& path) {
    if (!local || !check.is_sound(path) || !check.is_sound(zone_path)) {
        return;
    }
    const auto found = look_up(*local, zone);
    if (found.kind == LocalKind::kGap) {
        refuse_gap(check, found, path);
    }
}

void check_folded(const Checking& check, Local local, const std::optional<std::int64_t>& fold,
                  const std::string& zone, const std::string& zone_path, const std::string& path) {
    if (!check.is_sound(path) || !check.is_sound(zone_path)) {
        return;
    }
    const auto found = look_up(local, zone);
    if (found.kind == LocalKind::kGap) {
        refuse_gap(check, found, path);
    } else if (found.kind == LocalKind::kAmbiguous && !fold) {
        check.refuse("local_time_ambiguous", path + "_fold",
                     "The clocks show this time twice: fold 0 is before, 1 after they went back.");
    } else if (found.kind == LocalKind::kUnique && fold) {
        check.refuse("fold_not_needed", path + "_fold",
                     "The clocks show this time once: leave the fold out.");
    }
}

void check_leg_times(const Checking& check, const Leg& leg, const std::string& path) {
    const auto from_zone = path + "/from/zone";
    check_folded(check, leg.departs, leg.departs_fold, leg.from.zone, from_zone, path + "/departs");
    check_folded(check, leg.arrives, leg.arrives_fold, leg.to.zone, path + "/to/zone",
                 path + "/arrives");
    check_local(check, leg.check_in_opens, leg.from.zone, from_zone, path + "/check_in_opens");
    check_local(check, leg.check_in_by, leg.from.zone, from_zone, path + "/check_in_by");
    if (leg.fare) {
        check_local(check, leg.fare->cancel_by, leg.from.zone, from_zone, path + "/fare/cancel_by");
    }
}

// The instants of the leg can be trusted.
bool has_times(const Checking& check, const std::string& path) {
    for (const auto* const field :
         {"/departs", "/departs_fold", "/arrives", "/arrives_fold", "/from/zone", "/to/zone"}) {
        if (!check.is_sound(path + field) || !check.refusing.is_sound(path + field)) {
            return false;
        }
    }
    return true;
}

// Row 17.
void check_duration(const Checking& check, const Leg& leg, const std::string& path) {
    const auto duration = arrival_of(leg) - departure_of(leg);
    if (duration <= hours{0}) {
        check.refuse("arrival_before_departure", path + "/arrives",
                     "The leg arrives before it departs (in UTC).");
    } else if (duration > (leg.mode == Mode::kFerry ? kLongestFerry : kLongestLeg)) {
        check.refuse("leg_too_long", path + "/arrives",
                     "The leg takes longer than any ride: split it.");
    }
}

// Row 18: the last leg before this one that somebody travels on as well.
void check_overlap(const Checking& check, std::size_t index) {
    const auto& legs = check.record.legs;
    for (std::size_t back = index; back-- > 0;) {
        const auto& before = legs[back];
        if (before.status == LegStatus::kCancelled || !has_times(check, step("/legs", back))) {
            continue;
        }
        const bool is_shared = std::ranges::any_of(check.record.persons, [&](const Person& person) {
            return is_on(before, person) && is_on(legs[index], person);
        });
        if (is_shared && departure_of(legs[index]) < arrival_of(before)) {
            check.refuse(
                "legs_overlap", step("/legs", index) + "/departs",
                "The leg departs before an earlier leg of the same person arrives (in UTC).");
            return;
        }
    }
}

}  // namespace

void check_places(const Checking& check) {
    for (std::size_t index = 0; index < check.record.legs.size(); ++index) {
        check_place(check, check.record.legs[index].from, step("/legs", index) + "/from");
        check_place(check, check.record.legs[index].to, step("/legs", index) + "/to");
    }
    for (std::size_t index = 0; index < check.record.transit_contacts.size(); ++index) {
        (void)airport_of(check, check.record.transit_contacts[index].at.iata,
                         step("/transit_contacts", index) + "/at");
    }
    check_ends(check);
}

void check_local_times(const Checking& check) {
    const auto& record = check.record;
    for (std::size_t index = 0; index < record.legs.size(); ++index) {
        check_leg_times(check, record.legs[index], step("/legs", index));
    }
    for (std::size_t index = 0; index < record.escorts.size(); ++index) {
        if (const auto& home = record.escorts[index].return_leg) {
            const auto path = step("/escorts", index) + "/return_leg";
            check_local(check, home->departs, home->zone, path + "/zone", path + "/departs");
        }
    }
    for (std::size_t index = 0; index < record.handovers.size(); ++index) {
        const auto path = step("/handovers", index);
        check_local(check, record.handovers[index].at, record.handovers[index].zone, path + "/zone",
                    path + "/at");
    }
    for (std::size_t index = 0; index < record.receptions.size(); ++index) {
        const auto& row = record.receptions[index];
        const auto path = step("/receptions", index);
        const auto& zone = record.destination.zone;
        check_local(check, row.duty_from, zone, "/destination/zone", path + "/duty_from");
        check_local(check, row.duty_to, zone, "/destination/zone", path + "/duty_to");
        check_local(check, row.expected_local, zone, "/destination/zone", path + "/expected_local");
    }
    for (std::size_t index = 0; index < record.onward.size(); ++index) {
        const auto& row = record.onward[index];
        const auto path = step("/onward", index);
        check_local(check, row.departs, row.zone, path + "/zone", path + "/departs");
        check_local(check, row.arrives, row.zone, path + "/zone", path + "/arrives");
    }
}

void check_travel(const Checking& check) {
    for (std::size_t index = 0; index < check.record.legs.size(); ++index) {
        const auto& leg = check.record.legs[index];
        const auto path = step("/legs", index);
        if (!has_times(check, path)) {
            continue;
        }
        check_duration(check, leg, path);
        if (leg.status != LegStatus::kCancelled) {
            check_overlap(check, index);
        }
    }
}

}  // namespace valv::casework
