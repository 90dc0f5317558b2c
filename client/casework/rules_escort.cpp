#include <algorithm>
#include <array>

#include "client/casework/countries.h"
#include "client/casework/subjects.h"
#include "client/casework/zones.h"

// E: escort and company.
namespace valv::casework {
namespace {

using std::chrono::hours;

constexpr hours kUnaccompaniedNotice{72};

bool has_escort(const Leg& leg) {
    return leg.escorts && !leg.escorts->empty();
}

Subjects escort_assign(const Facts& facts) {
    return each_leg(facts, [&](const Leg& leg) {
        return is_true(facts.record().facts.escort_required) && !has_escort(leg);
    });
}

Subjects escort_minor(const Facts& facts) {
    return each_minor(facts, [&](const Person& child) {
        return std::ranges::any_of(facts.legs(),
                                   [&](const Leg* leg) { return facts.is_alone_on(child, *leg); });
    });
}

bool is_booked_as_minor(const Leg& leg) {
    return leg.assistance &&
           std::ranges::find(*leg.assistance, Assistance::kUmnr) != leg.assistance->end();
}

Subjects minor_alone(const Facts& facts) {
    Subjects subjects;
    for (const auto* const child : facts.travellers()) {
        for (const auto* const leg : facts.legs()) {
            if (!facts.is_minor(*child) || leg->mode != Mode::kAir ||
                !facts.is_alone_on(*child, *leg) || is_booked_as_minor(*leg)) {
                continue;
            }
            auto subject = with(about(facts, *leg), "name", full_name(child->name));
            subject.id = child->id + "-" + leg->id;
            subjects.push_back(
                due_at(std::move(subject), departure_of(*leg) - kUnaccompaniedNotice));
        }
    }
    return subjects;
}

Subjects escort_document(const Facts& facts) {
    return each_escort(facts, [&](const Escort& escort) {
        const auto last_day =
            escort.return_leg ? date_of(escort.return_leg->departs) : facts.arrival_day();
        return !escort.document_expires_on || *escort.document_expires_on < last_day;
    });
}

Subjects escort_visa(const Facts& facts) {
    return each_escort(facts, [&](const Escort& escort) {
        const bool is_free =
            std::ranges::any_of(escort.citizenships, is_eup) && facts.is_route_in_eup();
        return !is_free && !escort.visa_checked_on;
    });
}

Subjects escort_return(const Facts& facts) {
    return each_escort(facts, [](const Escort& escort) {
        return !escort.return_leg && !is_true(escort.return_not_needed);
    });
}

bool is_other_than(Sex sex, EscortPreference preference) {
    return (preference == EscortPreference::kFemale && sex != Sex::kFemale) ||
           (preference == EscortPreference::kMale && sex != Sex::kMale);
}

Subjects escort_preference(const Facts& facts) {
    auto subjects = each_traveller(facts, [&](const Person& person) {
        const auto preference =
            person.needs ? person.needs->escort_preference.value_or(EscortPreference::kAny)
                         : EscortPreference::kAny;
        return std::ranges::any_of(facts.record().escorts, [&](const Escort& escort) {
            return is_other_than(escort.sex, preference) &&
                   std::ranges::any_of(facts.legs(), [&](const Leg* leg) {
                       return is_on(*leg, person) && is_escort_on(*leg, escort.id);
                   });
        });
    });
    for (auto& subject : subjects) {
        const auto* const person = find_person(facts.record(), subject.id);
        subject = with(std::move(subject), "preference", word(*person->needs->escort_preference),
                       FillKind::kPreference);
    }
    return subjects;
}

Subjects escort_briefing(const Facts& facts) {
    const auto& changed = facts.record().itinerary_changed_at;
    return each_escort(facts, [&](const Escort& escort) {
        return !escort.briefed_on || (changed && *escort.briefed_on < today_at(*changed));
    });
}

Subjects escort_link(const Facts& facts) {
    return each_escort(facts, [&](const Escort& escort) {
        return std::ranges::none_of(facts.live_links_to(escort.id), [](const Link* link) {
            return link->first_opened_at.has_value();
        });
    });
}

Subjects escort_offline(const Facts& facts) {
    const auto& changed = facts.record().itinerary_changed_at;
    return each_escort(facts, [&](const Escort& escort) {
        return !escort.offline_pack_at || (changed && *escort.offline_pack_at < *changed);
    });
}

constexpr std::array<Rule, 10> kRules = {{
    {"escort-assign", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kYes, escort_assign},
    {"escort-minor", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kYes, escort_minor},
    {"minor-alone", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator, of_subject(),
     Blocks::kYes, minor_alone},
    {"escort-document", "b", "op", Per::kRow, Closing::kData, Owner::kEscort, before(14),
     Blocks::kYes, escort_document},
    {"escort-visa", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(21),
     Blocks::kYes, escort_visa},
    {"escort-return", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(10),
     Blocks::kNo, escort_return},
    {"escort-preference", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator,
     before(14), Blocks::kNo, escort_preference},
    {"escort-briefing", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(2),
     Blocks::kYes, escort_briefing},
    {"escort-link", "b", "op", Per::kRow, Closing::kData, Owner::kEscort, at_departure(-hours(24)),
     Blocks::kYes, escort_link},
    {"escort-offline", "b", "op", Per::kRow, Closing::kData, Owner::kEscort,
     at_departure(-hours(12)), Blocks::kYes, escort_offline},
}};

}  // namespace

std::span<const Rule> escort_rules() {
    return kRules;
}

}  // namespace valv::casework
