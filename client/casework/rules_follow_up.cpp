#include <algorithm>
#include <array>

#include "client/casework/subjects.h"

// F: follow-up.
namespace valv::casework {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr hours kFirstNight{12};
constexpr days kPlanWithin{30};
constexpr days kAskWithin{2};
constexpr std::size_t kRaising = 2;  // indicators

bool has_passed(const Facts& facts, std::chrono::seconds since_arrival) {
    return facts.has_legs() && facts.now() >= facts.arrival() + since_arrival;
}

Subjects follow_up(const Facts& facts, FollowUpKind kind, days opens) {
    return when(has_passed(facts, opens) &&
                std::ranges::none_of(facts.record().follow_ups, [kind](const FollowUp& row) {
                    return row.kind == kind && row.done_on;
                }));
}

Subjects follow_up_1w(const Facts& facts) {
    return follow_up(facts, FollowUpKind::k1w, days(0));
}
Subjects follow_up_1m(const Facts& facts) {
    return follow_up(facts, FollowUpKind::k1m, days(23));
}
Subjects follow_up_3m(const Facts& facts) {
    return follow_up(facts, FollowUpKind::k3m, days(84));
}
Subjects follow_up_6m(const Facts& facts) {
    return follow_up(facts, FollowUpKind::k6m, days(175));
}
Subjects follow_up_12m(const Facts& facts) {
    return follow_up(facts, FollowUpKind::k12m, days(358));
}

Subjects first_night(const Facts& facts) {
    return when(has_passed(facts, kFirstNight));
}

Subjects indicators_asked(const Facts& facts) {
    Subjects subjects;
    for (const auto& row : facts.record().follow_ups) {
        if (!row.done_on || row.indicators || row.outcome == FollowUpOutcome::kNotReached ||
            row.outcome == FollowUpOutcome::kDeclined) {
            continue;
        }
        Subject subject;
        subject.id = row.id;
        subject.path = row_path("/follow_ups", facts.record().follow_ups, row);
        subjects.push_back(due_on(std::move(subject), *row.done_on + kAskWithin));
    }
    return subjects;
}

Subjects indicators_raised(const Facts& facts) {
    return each_row("/follow_ups", facts.record().follow_ups, [](const FollowUp& row) {
        const bool has_signs = row.indicators && row.indicators->size() >= kRaising;
        return (has_signs || row.outcome == FollowUpOutcome::kExploitedAgain) &&
               !is_set(row.action);
    });
}

Subjects contact_lost(const Facts& facts) {
    std::vector<const FollowUp*> done;
    for (const auto& row : facts.record().follow_ups) {
        if (row.done_on) {
            done.push_back(&row);
        }
    }
    std::ranges::stable_sort(done, {}, [](const FollowUp* row) { return *row->done_on; });
    const auto is_lost = [](const FollowUp* row) {
        return row->outcome == FollowUpOutcome::kNotReached;
    };
    return when(done.size() >= 2 && is_lost(done[done.size() - 1]) &&
                is_lost(done[done.size() - 2]));
}

Subjects reintegration_plan(const Facts& facts) {
    return when(has_passed(facts, kPlanWithin) && !facts.has_document("reintegration-plan"));
}

constexpr std::array<Rule, 10> kRules = {{
    {"follow-up-1w", "a", "op", Per::kCase, Closing::kData, Owner::kOffice, after(7), Blocks::kYes,
     follow_up_1w},
    {"follow-up-1m", "a", "op", Per::kCase, Closing::kData, Owner::kOffice, after(30), Blocks::kNo,
     follow_up_1m},
    {"follow-up-3m", "a", "op", Per::kCase, Closing::kData, Owner::kOffice, after(91), Blocks::kNo,
     follow_up_3m},
    {"follow-up-6m", "a", "op", Per::kCase, Closing::kData, Owner::kOffice, after(182), Blocks::kNo,
     follow_up_6m},
    {"follow-up-12m", "a", "op", Per::kCase, Closing::kData, Owner::kOffice, after(365),
     Blocks::kNo, follow_up_12m},
    {"first-night", "a", "op", Per::kCase, Closing::kTick, Owner::kOffice, after(1), Blocks::kYes,
     first_night},
    {"indicators-asked", "a", "op", Per::kRow, Closing::kData, Owner::kOffice, of_subject(),
     Blocks::kNo, indicators_asked},
    {"indicators-raised", "a", "op", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kYes, indicators_raised},
    {"contact-lost", "a", "op", Per::kCase, Closing::kTick, Owner::kCoordinator, at_once(),
     Blocks::kYes, contact_lost},
    {"reintegration-plan", "a", "op", Per::kCase, Closing::kData, Owner::kOffice, after(30),
     Blocks::kNo, reintegration_plan},
}};

}  // namespace

std::span<const Rule> follow_up_rules() {
    return kRules;
}

}  // namespace valv::casework
