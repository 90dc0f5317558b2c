#include "client/casework/checks.h"
#include "client/casework/people.h"
#include "client/casework/zones.h"

namespace valv::casework {
namespace {

constexpr int kOldest = 120;

// Row 9.
void check_birth_date(const Checking& check, const Person& person, const std::string& path) {
    const auto here = step(path, "birth_date");
    if (!person.birth_date || !check.is_sound(here)) {
        return;
    }
    const auto today = today_at(check.now);
    if (*person.birth_date > today) {
        check.refuse("birth_date_in_future", here, "The birth date is after today.");
    } else if (*person.birth_date < add_years(today, -kOldest)) {
        check.refuse("out_of_range", here, "The birth date is more than 120 years ago.");
    }
}

// Row 10.
void check_age_source(const Checking& check, const Person& person, const std::string& path) {
    if (!check.is_sound(step(path, "birth_date")) || !check.is_sound(step(path, "estimated_age")) ||
        !check.is_sound(step(path, "role")) || !check.is_sound(step(path, "travels"))) {
        return;
    }
    const bool has_both = person.birth_date && person.estimated_age;
    const bool has_none = !person.birth_date && !person.estimated_age;
    if (has_both || (has_none && travels(person))) {
        check.refuse("age_needs_one_source", path,
                     "Give either birth_date or estimated_age of who travels.");
    }
}

// Row 39, first and second part.
void check_guardian(const Checking& check, const Person& person, const std::string& path) {
    if (!person.guardian_of || person.guardian_of->empty() || !check.is_sound(path)) {
        return;
    }
    const auto age = age_on(person, today_at(check.now));
    for (std::size_t index = 0; index < person.guardian_of->size(); ++index) {
        const auto here = step(step(path, "guardian_of"), index);
        if ((*person.guardian_of)[index] == person.id) {
            check.refuse("not_entitled", here, "Nobody is their own guardian.");
        } else if (age && *age < kAdultAge) {
            check.refuse("not_entitled", here, "A person under 18 cannot be a guardian.");
        }
    }
}

// Row 39, third part: on the way home nobody is escorted.
void check_return_leg(const Checking& check, const Leg& leg, const std::string& path) {
    if (!leg.escorts || !check.is_sound(path)) {
        return;
    }
    for (std::size_t index = 0; index < leg.escorts->size(); ++index) {
        const auto* const escort = find_escort(check.record, (*leg.escorts)[index]);
        if (escort != nullptr && escort->return_leg && check.is_sound("/escorts") &&
            to_utc(escort->return_leg->departs, escort->return_leg->zone) == departure_of(leg)) {
            check.refuse("not_entitled", step(step(path, "escorts"), index),
                         "This leg is the escort's own way home.");
        }
    }
}

}  // namespace

void check_persons(const Checking& check) {
    for (std::size_t index = 0; index < check.record.persons.size(); ++index) {
        const auto path = step("/persons", index);
        check_birth_date(check, check.record.persons[index], path);
        check_age_source(check, check.record.persons[index], path);
        check_guardian(check, check.record.persons[index], path);
    }
    for (std::size_t index = 0; index < check.record.legs.size(); ++index) {
        check_return_leg(check, check.record.legs[index], step("/legs", index));
    }
}

}  // namespace valv::casework
