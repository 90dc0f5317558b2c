#include <algorithm>
#include <array>

#include "client/casework/countries.h"
#include "client/casework/names.h"
#include "client/casework/subjects.h"

// P: travel papers.
namespace valv::casework {
namespace {

constexpr int kPassportMonths = 6;
constexpr std::string_view kUnitedStates = "US";

bool is_at_home(const Facts& facts, const Person& person) {
    return contains(person.citizenships, facts.record().destination.country);
}

Subjects travel_document(const Facts& facts) {
    return each_traveller(
        facts, [&](const Person& person) { return facts.travel_documents(person).empty(); });
}

Subjects travel_document_data(const Facts& facts) {
    return each_document(facts, [&](const Document& document) {
        return is_travel_document(document.kind) &&
               std::ranges::any_of(
                   facts.travellers(),
                   [&](const Person* person) { return document.about == person->id; }) &&
               (!document.number || !document.expires_on || !document.names_printed);
    });
}

Subjects travel_document_expires(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return facts.best_document(person) != nullptr && !facts.has_valid_document(person);
    });
}

// A passport that is valid on arrival and not for six months more, outside the EU.
bool is_passport_short(const Facts& facts, const Person& person) {
    const auto* const best = facts.best_document(person);
    if (!facts.has_legs() || best == nullptr || best->kind != "passport" || !best->expires_on ||
        facts.is_eu_route(person)) {
        return false;
    }
    return *best->expires_on >= facts.arrival_day() &&
           *best->expires_on < add_months(facts.arrival_day(), kPassportMonths);
}

bool is_own_country_all_the_way(const Facts& facts, const Person& person) {
    return is_at_home(facts, person) && std::ranges::all_of(facts.transits(person), is_eup);
}

Subjects passport_six_months(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return is_passport_short(facts, person) && !is_own_country_all_the_way(facts, person);
    });
}

Subjects passport_short_own(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return is_passport_short(facts, person) && is_own_country_all_the_way(facts, person);
    });
}

Subjects id_card_not_enough(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        const auto documents = facts.travel_documents(person);
        return facts.has_legs() && !documents.empty() && !facts.is_eu_route(person) &&
               std::ranges::all_of(documents, [](const Document* document) {
                   return document->kind == "identity-card";
               });
    });
}

bool has_emergency_document(const Facts& facts, const Person& person) {
    const auto* const best = facts.best_document(person);
    return best != nullptr && is_emergency_document(*best);
}

Subjects emergency_document(const Facts& facts) {
    return each_traveller(
        facts, [&](const Person& person) { return has_emergency_document(facts, person); });
}

Subjects emergency_route(const Facts& facts) {
    Subjects subjects;
    const auto route = facts.route();
    for (const auto* const person : facts.travellers()) {
        if (!has_emergency_document(facts, *person) || route.empty()) {
            continue;
        }
        const auto* const best = facts.best_document(*person);
        const auto missing =
            std::find_if(route.begin() + 1, route.end(), [&](std::string_view country) {
                return country != route.front() && !contains(best->valid_route, country);
            });
        if (missing != route.end()) {
            subjects.push_back(
                with(about(facts, *person), "country", *missing, FillKind::kCountry));
        }
    }
    return subjects;
}

Subjects embassy_agreed(const Facts& facts) {
    return each_traveller(facts,
                          [&](const Person& person) { return !facts.has_valid_document(person); });
}

Subjects embassy_contact(const Facts& facts) {
    const auto& contacts = facts.record().contacts;
    return when(!embassy_agreed(facts).empty() &&
                std::ranges::find(contacts, ContactRole::kEmbassy, &Contact::role) ==
                    contacts.end());
}

const std::string* ticket_name(const Leg& leg, const Person& person) {
    if (!leg.names_on_ticket) {
        return nullptr;
    }
    const auto found = leg.names_on_ticket->find(person.id);
    return found == leg.names_on_ticket->end() ? nullptr : &found->second;
}

Subjects ticket_name_missing(const Facts& facts) {
    return each_leg(facts, [&](const Leg& leg) {
        return leg.status == LegStatus::kTicketed && leg.mode == Mode::kAir &&
               std::ranges::any_of(facts.travellers(), [&](const Person* person) {
                   return is_on(leg, *person) && ticket_name(leg, *person) == nullptr;
               });
    });
}

bool has_other_name(const Facts& facts, const Leg& leg, const Person& person) {
    const auto* const name = ticket_name(leg, person);
    const auto* const best = facts.best_document(person);
    return is_on(leg, person) && name != nullptr && best != nullptr && best->names_printed &&
           !same_name(*name, *best->names_printed, best->issuing_country.value_or(""));
}

Subjects ticket_name_differs(const Facts& facts) {
    return each_leg(facts, [&](const Leg& leg) {
        return std::ranges::any_of(facts.travellers(), [&](const Person* person) {
            return has_other_name(facts, leg, *person);
        });
    });
}

Subjects birth_date_differs(const Facts& facts) {
    return each_document(facts, [&](const Document& document) {
        const auto* const person =
            document.about ? find_person(facts.record(), *document.about) : nullptr;
        return document.birth_date_printed && person != nullptr && person->birth_date &&
               *document.birth_date_printed != *person->birth_date;
    });
}

Subjects visa_destination(const Facts& facts) {
    auto subjects = each_traveller(facts, [&](const Person& person) {
        return facts.has_legs() && !is_at_home(facts, person) && !facts.is_eu_route(person) &&
               !facts.has_visa(person, facts.record().destination.country);
    });
    for (auto& subject : subjects) {
        subject = with(std::move(subject), "country", facts.record().destination.country,
                       FillKind::kCountry);
    }
    return subjects;
}

std::string lower_case(std::string_view code) {
    std::string text(code);
    std::ranges::transform(text, text.begin(),
                           [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    return text;
}

Subjects visa_transit(const Facts& facts) {
    Subjects subjects;
    for (const auto* const person : facts.travellers()) {
        for (const auto country : facts.transits(*person)) {
            if (country == kUnitedStates || facts.has_visa(*person, country)) {
                continue;
            }
            auto subject = with(about(facts, *person), "country", country, FillKind::kCountry);
            subject.id += "-" + lower_case(country);
            subjects.push_back(std::move(subject));
        }
    }
    return subjects;
}

Subjects transit_us(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        const auto transits = facts.transits(person);
        return std::ranges::find(transits, kUnitedStates) != transits.end() &&
               !facts.has_visa(person, kUnitedStates);
    });
}

Subjects originals_returned(const Facts& facts) {
    return each_traveller(facts, [](const Person& person) { return !person.property_returned_on; });
}

constexpr std::array<Rule, 17> kRules = {{
    {"travel-document", "b", "op", Per::kRow, Closing::kData, Owner::kEmbassy, before(21),
     Blocks::kAlways, travel_document},
    {"travel-document-data", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kYes, travel_document_data},
    {"travel-document-expires", "b", "op", Per::kRow, Closing::kData, Owner::kEmbassy, before(21),
     Blocks::kYes, travel_document_expires},
    {"passport-six-months", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator,
     before(21), Blocks::kYes, passport_six_months},
    {"passport-short-own", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator,
     before(14), Blocks::kNo, passport_short_own},
    {"id-card-not-enough", "b", "op", Per::kRow, Closing::kData, Owner::kEmbassy, before(21),
     Blocks::kYes, id_card_not_enough},
    {"emergency-document", "b", "op", Per::kRow, Closing::kTickLapsing, Owner::kCoordinator,
     before(5), Blocks::kYes, emergency_document},
    {"emergency-route", "b", "op", Per::kRow, Closing::kData, Owner::kEmbassy, before(3),
     Blocks::kYes, emergency_route},
    {"embassy-agreed", "b", "op", Per::kRow, Closing::kTick, Owner::kCoordinator, before(30),
     Blocks::kYes, embassy_agreed},
    {"embassy-contact", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(30),
     Blocks::kNo, embassy_contact},
    {"ticket-name-missing", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(5),
     Blocks::kYes, ticket_name_missing},
    {"ticket-name-differs", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(5),
     Blocks::kYes, ticket_name_differs},
    {"birth-date-differs", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kYes, birth_date_differs},
    {"visa-destination", "b", "op", Per::kRow, Closing::kData, Owner::kEmbassy, before(21),
     Blocks::kYes, visa_destination},
    {"visa-transit", "b", "op", Per::kRow, Closing::kDataOrTickLapsing, Owner::kCoordinator,
     before(21), Blocks::kYes, visa_transit},
    {"transit-us", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(30),
     Blocks::kYes, transit_us},
    {"originals-returned", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(1),
     Blocks::kYes, originals_returned},
}};

}  // namespace

std::span<const Rule> paper_rules() {
    return kRules;
}

}  // namespace valv::casework
