#include <algorithm>
#include <array>

#include "client/casework/names.h"
#include "client/casework/subjects.h"
#include "client/casework/zones.h"

// A: arrival.
namespace valv::casework {
namespace {

using std::chrono::hours;

constexpr hours kEarlyHandover{1};

Subjects reception_missing(const Facts& facts) {
    return when(facts.record().receptions.empty());
}

Subjects reception_confirm(const Facts& facts) {
    return each_reception(facts,
                          [](const Reception& reception) { return !reception.confirmed_on; });
}

Subjects reception_link(const Facts& facts) {
    return each_reception(facts, [&](const Reception& reception) {
        return facts.live_links_to(reception.id).empty();
    });
}

Subjects reception_link_opened(const Facts& facts) {
    return each_reception(facts, [&](const Reception& reception) {
        const auto links = facts.live_links_to(reception.id);
        return !links.empty() && std::ranges::none_of(links, [](const Link* link) {
            return link->first_opened_at.has_value();
        });
    });
}

Subjects reception_duty(const Facts& facts) {
    const auto& zone = facts.record().destination.zone;
    return each_reception(facts, [&](const Reception& reception) {
        if (!facts.has_legs()) {
            return false;
        }
        return !reception.duty_phone || !reception.duty_from || !reception.duty_to ||
               facts.arrival() < to_utc(*reception.duty_from, zone) ||
               facts.arrival() > to_utc(*reception.duty_to, zone);
    });
}

Subjects reception_time(const Facts& facts) {
    return each_reception(facts, [&](const Reception& reception) {
        return facts.has_legs() && reception.confirmed_on &&
               !(reception.expected_local &&
                 to_utc(*reception.expected_local, facts.record().destination.zone) ==
                     facts.arrival());
    });
}

Subjects arrival_night(const Facts& facts) {
    return when(facts.has_legs() && is_night(facts.legs().back()->arrives) &&
                std::ranges::none_of(facts.record().receptions, [](const Reception& reception) {
                    return is_true(reception.meets) && reception.confirmed_on;
                }));
}

bool is_at_arrival(const Facts& facts, const Handover& handover, const Person& person) {
    return contains(handover.persons, person.id) &&
           to_utc(handover.at, handover.zone) >= facts.arrival() - kEarlyHandover;
}

Subjects handover_arrival(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return facts.has_legs() &&
               std::ranges::none_of(facts.record().handovers, [&](const Handover& handover) {
                   return is_at_arrival(facts, handover, person);
               });
    });
}

bool takes_custody(const Handover& handover) {
    return handover.to_role == HandoverRole::kGuardian ||
           handover.to_role == HandoverRole::kAuthority;
}

Subjects handover_child(const Facts& facts) {
    return each_minor(facts, [&](const Person& child) {
        return facts.has_legs() && !facts.has_custodian_on_journey(child) &&
               std::ranges::none_of(facts.record().handovers, [&](const Handover& handover) {
                   return takes_custody(handover) && is_at_arrival(facts, handover, child);
               });
    });
}

Subjects handover_phrase(const Facts& facts) {
    return each_row("/handovers", facts.record().handovers,
                    [](const Handover& handover) { return !handover.code_phrase; });
}

Subjects onward_missing(const Facts& facts) {
    if (!facts.has_legs() || !facts.record().onward.empty()) {
        return {};
    }
    const auto& arrival = facts.legs().back()->to.name;
    const auto& destination = facts.record().destination.place;
    if (fold_case(arrival) == fold_case(destination)) {
        return {};
    }
    return {with(with({}, "arrival place", arrival), "destination", destination)};
}

Subjects onward_confirm(const Facts& facts) {
    return each_row("/onward", facts.record().onward,
                    [](const Onward& onward) { return !onward.confirmed_on; });
}

Subjects onward_night(const Facts& facts) {
    return each_row("/onward", facts.record().onward, [](const Onward& onward) {
        return (is_night(onward.departs) || is_night(onward.arrives)) &&
               !is_set(onward.accompanied_by);
    });
}

constexpr std::array<Rule, 13> kRules = {{
    {"reception-missing", "b", "op", Per::kCase, Closing::kData, Owner::kOffice, before(14),
     Blocks::kYes, reception_missing},
    {"reception-confirm", "b", "op", Per::kRow, Closing::kData, Owner::kOffice, before(7),
     Blocks::kYes, reception_confirm},
    {"reception-link", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kYes, reception_link},
    {"reception-link-opened", "b", "op", Per::kRow, Closing::kData, Owner::kOffice,
     at_departure(-hours(48)), Blocks::kYes, reception_link_opened},
    {"reception-duty", "b", "op", Per::kRow, Closing::kData, Owner::kOffice, before(3),
     Blocks::kYes, reception_duty},
    {"reception-time", "b", "op", Per::kRow, Closing::kData, Owner::kOffice, before(2),
     Blocks::kYes, reception_time},
    {"arrival-night", "b", "op", Per::kCase, Closing::kData, Owner::kOffice, before(7),
     Blocks::kYes, arrival_night},
    {"handover-arrival", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(5),
     Blocks::kYes, handover_arrival},
    {"handover-child", "b", "op", Per::kRow, Closing::kData, Owner::kOffice, before(5),
     Blocks::kYes, handover_child},
    {"handover-phrase", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(2),
     Blocks::kNo, handover_phrase},
    {"onward-missing", "b", "op", Per::kCase, Closing::kData, Owner::kOffice, before(7),
     Blocks::kYes, onward_missing},
    {"onward-confirm", "b", "op", Per::kRow, Closing::kData, Owner::kOffice, before(3), Blocks::kNo,
     onward_confirm},
    {"onward-night", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kOffice, before(3),
     Blocks::kYes, onward_night},
}};

}  // namespace

std::span<const Rule> arrival_rules() {
    return kRules;
}

}  // namespace valv::casework
