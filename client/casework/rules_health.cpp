#include <algorithm>
#include <array>

#include "client/casework/subjects.h"

// H: health.
namespace valv::casework {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr days kCertificateFresh{10};
constexpr days kLatePregnancy{84};
constexpr std::int64_t kMedicineReserve = 30;  // days
constexpr std::chrono::minutes kMealFrom{180};
constexpr hours kMealNotice{48};
constexpr hours kLateNotice{12};

bool has_medical(const Person& person) {
    return person.needs && person.needs->medical && !person.needs->medical->empty();
}

bool has_medicines(const Person& person) {
    return person.needs && person.needs->medicines && !person.needs->medicines->empty();
}

bool needs_certificate(const Facts& facts, const Person& person) {
    return facts.is_flying(person) && person.needs && person.needs->fit_to_fly == FitToFly::kNeeded;
}

Subjects fit_to_fly_ask(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return facts.is_flying(person) &&
               (has_medical(person) || (person.needs && person.needs->pregnant_due_on)) &&
               person.needs->fit_to_fly.value_or(FitToFly::kUnknown) == FitToFly::kUnknown;
    });
}

Subjects fit_to_fly(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return needs_certificate(facts, person) &&
               !facts.has_document("medical-certificate", person);
    });
}

Subjects fit_to_fly_stale(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        if (!needs_certificate(facts, person)) {
            return false;
        }
        const auto certificates = facts.documents("medical-certificate", person);
        const auto newest = std::ranges::max_element(certificates, {}, &Document::issued_on);
        return newest != certificates.end() && (*newest)->issued_on &&
               *(*newest)->issued_on < facts.departure_day() - kCertificateFresh;
    });
}

Subjects pregnancy_late(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return facts.is_flying(person) && person.needs && person.needs->pregnant_due_on &&
               facts.departure_day() >= *person.needs->pregnant_due_on - kLatePregnancy;
    });
}

template <typename Condition>
Subjects each_medicine(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto* const person : facts.travellers()) {
        if (!has_medicines(*person)) {
            continue;
        }
        for (const auto& medicine : *person->needs->medicines) {
            if (condition(*person, medicine)) {
                subjects.push_back(about_medicine(facts, *person, medicine));
            }
        }
    }
    return subjects;
}

Subjects medicine_supply(const Facts& facts) {
    return each_medicine(facts, [&](const Person&, const Medicine& medicine) {
        if (!facts.has_legs()) {
            return false;
        }
        const auto on_the_way = (facts.arrival_day() - facts.departure_day()).count();
        return !medicine.days_supply || *medicine.days_supply < on_the_way + kMedicineReserve;
    });
}

Subjects prescription_copy(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return has_medicines(person) &&
               std::ranges::none_of(
                   facts.documents("prescription", person),
                   [](const Document* document) { return contains(document->languages, "en"); });
    });
}

Subjects medicine_controlled(const Facts& facts) {
    return each_medicine(facts, [&](const Person& person, const Medicine& medicine) {
        return facts.has_legs() && is_true(medicine.controlled) &&
               std::ranges::none_of(
                   facts.documents("medicine-certificate", person), [&](const Document* document) {
                       return document->expires_on && *document->expires_on >= facts.arrival_day();
                   });
    });
}

Subjects medicine_cold(const Facts& facts) {
    return each_medicine(
        facts, [](const Person&, const Medicine& medicine) { return is_true(medicine.cold); });
}

bool gives_assistance(const Leg& leg) {
    return leg.mode == Mode::kAir || leg.mode == Mode::kFerry || leg.mode == Mode::kRail ||
           leg.mode == Mode::kBus;
}

// How long before departure the carrier must know; docs/casework.md 4.3.
hours notice_of(Mode mode) {
    switch (mode) {
        case Mode::kBus:
            return hours(36);
        case Mode::kRail:
            return hours(24);
        case Mode::kAir:
        case Mode::kFerry:
        case Mode::kCar:
        case Mode::kWalk:
            return hours(48);
    }
    return hours(48);
}

// The code that the person needs on this leg; absent when none.
std::optional<std::string_view> code_needed(const Leg& leg, const Person& person) {
    const auto mobility =
        person.needs ? person.needs->mobility.value_or(Mobility::kNone) : Mobility::kNone;
    if (!gives_assistance(leg) || !is_on(leg, person) || mobility == Mobility::kNone) {
        return std::nullopt;
    }
    return word(mobility);
}

bool is_requested(const Leg& leg, std::string_view code) {
    return leg.assistance && std::ranges::any_of(*leg.assistance, [code](Assistance wish) {
               return word(wish) == code;
           });
}

Subjects assistance_request(const Facts& facts) {
    Subjects subjects;
    for (const auto* const leg : facts.legs()) {
        for (const auto* const person : facts.travellers()) {
            const auto code = code_needed(*leg, *person);
            if (code && !is_requested(*leg, *code)) {
                auto subject = with(about(facts, *leg), "name", full_name(person->name));
                subject = with(std::move(subject), "code", *code);
                subjects.push_back(
                    due_at(std::move(subject), departure_of(*leg) - notice_of(leg->mode)));
                break;  // one item a leg
            }
        }
    }
    return subjects;
}

Subjects assistance_late(const Facts& facts) {
    Subjects subjects;
    for (const auto* const leg : facts.legs()) {
        const bool is_asked = std::ranges::any_of(facts.travellers(), [&](const Person* person) {
            const auto code = code_needed(*leg, *person);
            return code && is_requested(*leg, *code);
        });
        const auto last = departure_of(*leg) - notice_of(leg->mode);
        if (is_asked && !(leg->assistance_requested_at && *leg->assistance_requested_at <= last)) {
            subjects.push_back(due_at(about(facts, *leg), departure_of(*leg) - kLateNotice));
        }
    }
    return subjects;
}

Subjects care_at_home(const Facts& facts) {
    const auto& mapping = facts.record().mapping;
    const bool has_care =
        mapping && std::ranges::any_of(mapping->support, [](const Support& support) {
            return support.service == Service::kHealth && support.confirmed_on;
        });
    return each_traveller(facts, [&](const Person& person) {
        return (has_medical(person) || has_medicines(person)) && !has_care;
    });
}

Subjects meal_request(const Facts& facts) {
    auto subjects = each_leg(facts, [&](const Leg& leg) {
        return leg.mode == Mode::kAir && arrival_of(leg) - departure_of(leg) >= kMealFrom &&
               !leg.meal && std::ranges::any_of(facts.travellers(), [&](const Person* person) {
                   return is_on(leg, *person) && person->needs && is_set(person->needs->diet);
               });
    });
    for (auto& subject : subjects) {
        const auto leg = std::ranges::find(facts.record().legs, subject.id, &Leg::id);
        subject = due_at(std::move(subject), departure_of(*leg) - kMealNotice);
    }
    return subjects;
}

constexpr std::array<Rule, 12> kRules = {{
    {"fit-to-fly-ask", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(21),
     Blocks::kYes, fit_to_fly_ask},
    {"fit-to-fly", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(7),
     Blocks::kYes, fit_to_fly},
    {"fit-to-fly-stale", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(3),
     Blocks::kYes, fit_to_fly_stale},
    {"pregnancy-late", "b", "op", Per::kRow, Closing::kTick, Owner::kCoordinator, before(14),
     Blocks::kYes, pregnancy_late},
    {"medicine-supply", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(5),
     Blocks::kYes, medicine_supply},
    {"prescription-copy", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(5),
     Blocks::kNo, prescription_copy},
    {"medicine-controlled", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kSocialServices,
     before(5), Blocks::kYes, medicine_controlled},
    {"medicine-cold", "b", "op", Per::kRow, Closing::kTick, Owner::kEscort, before(1), Blocks::kNo,
     medicine_cold},
    {"assistance-request", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, of_subject(),
     Blocks::kYes, assistance_request},
    {"assistance-late", "b", "op", Per::kRow, Closing::kTickLapsing, Owner::kCoordinator,
     of_subject(), Blocks::kYes, assistance_late},
    {"care-at-home", "b", "op", Per::kRow, Closing::kData, Owner::kOffice, before(10), Blocks::kYes,
     care_at_home},
    {"meal-request", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, of_subject(),
     Blocks::kNo, meal_request},
}};

}  // namespace

std::span<const Rule> health_rules() {
    return kRules;
}

}  // namespace valv::casework
