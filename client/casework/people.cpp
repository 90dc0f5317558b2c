#include "client/casework/people.h"

#include <algorithm>

#include "client/casework/zones.h"

namespace valv::casework {

bool travels(const Person& person) {
    return person.travels.value_or(person.role == PersonRole::kTraveller ||
                                   person.role == PersonRole::kDependant);
}

const Person* find_person(const Record& record, std::string_view id) {
    const auto found = std::ranges::find(record.persons, id, &Person::id);
    return found == record.persons.end() ? nullptr : &*found;
}

const Escort* find_escort(const Record& record, std::string_view id) {
    const auto found = std::ranges::find(record.escorts, id, &Escort::id);
    return found == record.escorts.end() ? nullptr : &*found;
}

std::optional<int> age_on(const Person& person, Date day) {
    if (person.birth_date) {
        return whole_years(*person.birth_date, day);
    }
    if (person.estimated_age) {
        return static_cast<int>(person.estimated_age->years) +
               whole_years(person.estimated_age->on, day);
    }
    return std::nullopt;
}

bool is_guardian_of(const Person& guardian, std::string_view person) {
    return contains(guardian.guardian_of, person);
}

std::vector<const Person*> custodians_of(const Record& record, std::string_view person) {
    std::vector<const Person*> found;
    for (const auto& candidate : record.persons) {
        if (candidate.custody && is_guardian_of(candidate, person)) {
            found.push_back(&candidate);
        }
    }
    return found;
}

bool is_on(const Leg& leg, const Person& person) {
    return travels(person) && (!leg.persons || contains(*leg.persons, person.id));
}

bool is_escort_on(const Leg& leg, std::string_view escort) {
    return contains(leg.escorts, escort);
}

Instant departure_of(const Leg& leg) {
    return to_utc(leg.departs, leg.from.zone, leg.departs_fold);
}

Instant arrival_of(const Leg& leg) {
    return to_utc(leg.arrives, leg.to.zone, leg.arrives_fold);
}

std::vector<const Leg*> live_legs(const Record& record) {
    std::vector<const Leg*> legs;
    for (const auto& leg : record.legs) {
        if (leg.status != LegStatus::kCancelled) {
            legs.push_back(&leg);
        }
    }
    return legs;
}

Date reference_day(const Record& record, Instant now) {
    const auto legs = live_legs(record);
    return legs.empty() ? today_at(now) : date_of(legs.front()->departs);
}

std::string full_name(const PersonName& name) {
    if (!name.family) {
        return name.given;
    }
    return name.order == NameOrder::kFamilyFirst ? *name.family + " " + name.given
                                                 : name.given + " " + *name.family;
}

bool contains(const std::optional<std::vector<std::string>>& list, std::string_view value) {
    return list && contains(*list, value);
}

bool contains(const std::vector<std::string>& list, std::string_view value) {
    return std::ranges::find(list, value) != list.end();
}

}  // namespace valv::casework
