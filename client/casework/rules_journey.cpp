#include <algorithm>
#include <array>

#include "client/casework/subjects.h"
#include "client/casework/zones.h"

// D: on the way.
namespace valv::casework {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours kLegLate{1};
constexpr minutes kHandoverLate{30};
constexpr hours kReplyLate{2};

Subjects phase_behind(const Facts& facts) {
    return when(facts.has_legs() && facts.now() >= facts.departure());
}

Subjects leg_overdue(const Facts& facts) {
    Subjects subjects;
    for (const auto* const leg : facts.legs()) {
        const auto late = arrival_of(*leg) + kLegLate;
        if (facts.now() >= late && leg->status != LegStatus::kFlown) {
            subjects.push_back(due_at(about(facts, *leg), late));
        }
    }
    return subjects;
}

Subjects handover_overdue(const Facts& facts) {
    Subjects subjects;
    for (const auto& handover : facts.record().handovers) {
        const auto late = to_utc(handover.at, handover.zone) + kHandoverLate;
        if (facts.now() < late || handover.confirmed_at) {
            continue;
        }
        Subject subject;
        subject.id = handover.id;
        subject.path = row_path("/handovers", facts.record().handovers, handover);
        subjects.push_back(due_at(with(std::move(subject), "place", handover.place), late));
    }
    return subjects;
}

Subjects arrival_overdue(const Facts& facts) {
    return each_reception(facts, [&](const Reception& reception) {
        return facts.has_legs() && facts.now() >= facts.arrival() + kReplyLate &&
               !reception.arrived_confirmed_at;
    });
}

bool is_stopped_case(const Facts& facts) {
    return facts.record().facts.status == CaseStatus::kStopped;
}

Subjects stop_bookings(const Facts& facts) {
    return each_leg(facts, [&](const Leg& leg) {
        return is_stopped_case(facts) && leg.status != LegStatus::kFlown &&
               departure_of(leg) > facts.now();
    });
}

Subjects stop_safe_place(const Facts& facts) {
    return when(is_stopped_case(facts));
}

constexpr std::array<Rule, 6> kRules = {{
    {"phase-behind", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator,
     at_departure(hours(0)), Blocks::kNo, phase_behind},
    {"leg-overdue", "d", "op", Per::kRow, Closing::kData, Owner::kCoordinator, of_subject(),
     Blocks::kYes, leg_overdue},
    {"handover-overdue", "d", "op", Per::kRow, Closing::kData, Owner::kEscort, of_subject(),
     Blocks::kYes, handover_overdue},
    {"arrival-overdue", "d", "op", Per::kRow, Closing::kData, Owner::kOffice, at_arrival(hours(2)),
     Blocks::kYes, arrival_overdue},
    {"stop-bookings", "bd", "s", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kYes, stop_bookings},
    {"stop-safe-place", "d", "s", Per::kCase, Closing::kTick, Owner::kCoordinator, at_once(),
     Blocks::kAlways, stop_safe_place},
}};

}  // namespace

std::span<const Rule> journey_rules() {
    return kRules;
}

}  // namespace valv::casework
