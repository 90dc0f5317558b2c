#include <algorithm>
#include <array>

#include "client/casework/countries.h"
#include "client/casework/subjects.h"
#include "client/casework/zones.h"

// B: bookings.
namespace valv::casework {
namespace {

using std::chrono::hours;

constexpr hours kAroundClockChange{24};

bool is_carried(const Leg& leg) {
    return leg.mode != Mode::kCar && leg.mode != Mode::kWalk;
}

bool is_booked(const Leg& leg) {
    return leg.status == LegStatus::kBooked || leg.status == LegStatus::kTicketed;
}

Subjects itinerary_missing(const Facts& facts) {
    return when(!facts.has_legs());
}

Subjects leg_book(const Facts& facts) {
    return each_leg(
        facts, [](const Leg& leg) { return leg.status == LegStatus::kPlanned && is_carried(leg); });
}

Subjects leg_ticket(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) { return leg.status == LegStatus::kBooked; });
}

Subjects ticket_document(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) {
        return leg.status == LegStatus::kTicketed && !leg.ticket_document;
    });
}

Subjects fare_flexible(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) {
        return is_booked(leg) &&
               !(leg.fare && (is_true(leg.fare->flexible) || leg.fare->cancel_by));
    });
}

Subjects booking_neutral(const Facts& facts) {
    return when(std::ranges::any_of(facts.legs(), [](const Leg* leg) { return is_booked(*leg); }));
}

Subjects over_budget(const Facts& facts) {
    const auto& budget = facts.record().facts.budget;
    if (!budget || !facts.has_legs()) {
        return {};
    }
    std::int64_t sum = 0;
    for (const auto* const leg : facts.legs()) {
        if (leg->fare && leg->fare->currency == budget->currency) {
            sum += leg->fare->amount.value_or(0);
        }
    }
    return when(sum > budget->amount);
}

// The digits of a seat; empty when the person has none.
std::string seat_row(const Leg& leg, const std::string& person) {
    if (!leg.seats) {
        return {};
    }
    const auto found = leg.seats->find(person);
    return found == leg.seats->end() ? std::string()
                                     : found->second.substr(0, found->second.size() - 1);
}

bool sits_by_escort(const Leg& leg, const Person& person) {
    const auto row = seat_row(leg, person.id);
    return !row.empty() && std::ranges::any_of(*leg.escorts, [&](const Lid& escort) {
        return seat_row(leg, escort) == row;
    });
}

Subjects seats_together(const Facts& facts) {
    return each_leg(facts, [&](const Leg& leg) {
        return leg.mode == Mode::kAir && is_booked(leg) && leg.escorts && !leg.escorts->empty() &&
               std::ranges::any_of(facts.travellers(), [&](const Person* person) {
                   return is_on(leg, *person) && !sits_by_escort(leg, *person);
               });
    });
}

Subjects baggage_unset(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) {
        return leg.mode == Mode::kAir && is_booked(leg) && !leg.baggage;
    });
}

Subjects check_in_time(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) {
        return (leg.mode == Mode::kAir || leg.mode == Mode::kFerry) && !leg.check_in_by;
    });
}

Subjects operator_phone(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) { return is_carried(leg) && !leg.operator_phone; });
}

Subjects route_gap(const Facts& facts) {
    return each_gap(facts,
                    [](const Gap& gap) { return !is_same_place(gap.before->to, gap.after->from); });
}

Subjects connection_short(const Facts& facts) {
    return each_gap(
        facts, [&](const Gap& gap) { return minutes_between(gap) < needed_minutes(facts, gap); });
}

Subjects terminal_change(const Facts& facts) {
    return each_gap(facts, [](const Gap& gap) {
        const auto& from = gap.before->to;
        const auto& to = gap.after->from;
        return is_same_place(from, to) && from.terminal && to.terminal &&
               *from.terminal != *to.terminal;
    });
}

bool has_common_escort(const Gap& gap) {
    return gap.before->escorts && std::ranges::any_of(*gap.before->escorts, [&](const Lid& escort) {
               return is_escort_on(*gap.after, escort);
           });
}

bool is_at(const TransitContact& contact, const Place& place) {
    return contact.at.iata && place.iata ? contact.at.iata == place.iata
                                         : contact.at.name == place.name;
}

Subjects transit_help(const Facts& facts) {
    return each_gap(facts, [&](const Gap& gap) {
        return !has_common_escort(gap) &&
               std::ranges::none_of(
                   facts.record().transit_contacts, [&](const TransitContact& contact) {
                       return contact.confirmed_on && is_at(contact, gap.before->to);
                   });
    });
}

Subjects layover_lodging(const Facts& facts) {
    return each_gap(facts, [](const Gap& gap) {
        const auto& layover = gap.before->layover;
        return is_overnight(gap) &&
               !(layover && is_set(layover->lodging) && layover->lodging_confirmed_on);
    });
}

Subjects border_by_land(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) {
        return leg.mode != Mode::kAir && leg.from.country != leg.to.country &&
               !(is_schengen(leg.from.country) && is_schengen(leg.to.country));
    });
}

bool changes_clock(Instant at, std::string_view zone) {
    return utc_offset(at - kAroundClockChange, zone) != utc_offset(at + kAroundClockChange, zone);
}

Subjects clock_change(const Facts& facts) {
    return each_leg(facts, [](const Leg& leg) {
        return changes_clock(departure_of(leg), leg.from.zone) ||
               changes_clock(arrival_of(leg), leg.to.zone);
    });
}

constexpr std::array<Rule, 18> kRules = {{
    {"itinerary-missing", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kAlways, itinerary_missing},
    {"leg-book", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kYes, leg_book},
    {"leg-ticket", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kYes, leg_ticket},
    {"ticket-document", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(5),
     Blocks::kNo, ticket_document},
    {"fare-flexible", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator, before(7),
     Blocks::kNo, fare_flexible},
    {"booking-neutral", "b", "op", Per::kCase, Closing::kTick, Owner::kCoordinator, before(7),
     Blocks::kYes, booking_neutral},
    {"over-budget", "b", "op", Per::kCase, Closing::kDataOrTick, Owner::kCoordinator, before(10),
     Blocks::kNo, over_budget},
    {"seats-together", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator, before(3),
     Blocks::kNo, seats_together},
    {"baggage-unset", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(5),
     Blocks::kNo, baggage_unset},
    {"check-in-time", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(2),
     Blocks::kNo, check_in_time},
    {"operator-phone", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(3),
     Blocks::kNo, operator_phone},
    {"route-gap", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator, before(7),
     Blocks::kYes, route_gap},
    {"connection-short", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(10),
     Blocks::kYes, connection_short},
    {"terminal-change", "b", "op", Per::kRow, Closing::kTickLapsing, Owner::kCoordinator, before(5),
     Blocks::kNo, terminal_change},
    {"transit-help", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator, before(5),
     Blocks::kNo, transit_help},
    {"layover-lodging", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kYes, layover_lodging},
    {"border-by-land", "b", "op", Per::kRow, Closing::kTickLapsing, Owner::kEscort, before(3),
     Blocks::kNo, border_by_land},
    {"clock-change", "b", "op", Per::kRow, Closing::kTickLapsing, Owner::kCoordinator, before(2),
     Blocks::kNo, clock_change},
}};

}  // namespace

std::span<const Rule> booking_rules() {
    return kRules;
}

}  // namespace valv::casework
