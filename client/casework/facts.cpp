#include "client/casework/facts.h"

#include <algorithm>
#include <array>

#include "client/casework/countries.h"
#include "client/casework/zones.h"

namespace valv::casework {
namespace {

constexpr std::array<std::string_view, 4> kTravelDocuments = {"passport", "emergency-passport",
                                                              "laissez-passer", "identity-card"};

bool is_about(const Document& document, const Person& person) {
    return !is_true(document.is_void) && document.about == person.id;
}

}  // namespace

Facts::Facts(const Record& record, Instant now)
    : record_(record), now_(now), today_(today_at(now)), legs_(live_legs(record)) {
    for (const auto& person : record.persons) {
        if (travels(person)) {
            travellers_.push_back(&person);
        }
    }
}

bool Facts::is_minor(const Person& person) const {
    const auto age = age_on(person, has_legs() ? departure_day() : today_);
    return age && *age < kAdultAge;
}

bool Facts::has_minors() const {
    return std::ranges::any_of(travellers_,
                               [this](const Person* person) { return is_minor(*person); });
}

std::vector<Gap> Facts::gaps() const {
    std::vector<Gap> gaps;
    for (std::size_t index = 1; index < legs_.size(); ++index) {
        gaps.push_back({legs_[index - 1], legs_[index]});
    }
    return gaps;
}

bool Facts::is_flying(const Person& person) const {
    return std::ranges::any_of(
        legs_, [&](const Leg* leg) { return leg->mode == Mode::kAir && is_on(*leg, person); });
}

bool Facts::has_document(std::string_view kind) const {
    return std::ranges::any_of(record_.documents, [kind](const Document& document) {
        return document.kind == kind && !is_true(document.is_void);
    });
}

bool Facts::has_document(std::string_view kind, const Person& about) const {
    return !documents(kind, about).empty();
}

std::vector<const Document*> Facts::documents(std::string_view kind, const Person& about) const {
    std::vector<const Document*> found;
    for (const auto& document : record_.documents) {
        if (document.kind == kind && is_about(document, about)) {
            found.push_back(&document);
        }
    }
    return found;
}

std::vector<const Document*> Facts::travel_documents(const Person& person) const {
    std::vector<const Document*> found;
    for (const auto& document : record_.documents) {
        if (is_travel_document(document.kind) && is_about(document, person)) {
            found.push_back(&document);
        }
    }
    return found;
}

const Document* Facts::best_document(const Person& person) const {
    auto candidates = travel_documents(person);
    if (!is_eu_route(person)) {
        auto without_cards = candidates;
        std::erase_if(without_cards,
                      [](const Document* document) { return document->kind == "identity-card"; });
        if (!without_cards.empty()) {
            candidates = std::move(without_cards);
        }
    }
    const auto best = std::ranges::max_element(candidates, {}, &Document::expires_on);
    return best == candidates.end() ? nullptr : *best;
}

bool Facts::has_valid_document(const Person& person) const {
    const auto* const best = best_document(person);
    const auto day = has_legs() ? arrival_day() : today_;
    return best != nullptr && !(best->expires_on && *best->expires_on < day);
}

bool Facts::has_visa(const Person& person, std::string_view country) const {
    return std::ranges::any_of(record_.documents, [&](const Document& document) {
        if ((document.kind != "visa" && document.kind != "residence-permit") ||
            !is_about(document, person)) {
            return false;
        }
        const bool is_for_country = document.valid_route
                                        ? contains(document.valid_route, country)
                                        : document.issuing_country == std::string(country);
        return is_for_country &&
               !(document.expires_on && has_legs() && *document.expires_on < arrival_day());
    });
}

std::vector<std::string_view> Facts::route() const {
    std::vector<std::string_view> countries;
    for (const auto* const leg : legs_) {
        countries.push_back(leg->from.country);
        countries.push_back(leg->to.country);
    }
    return countries;
}

bool Facts::is_route_in_eup() const {
    return std::ranges::all_of(route(), is_eup);
}

bool Facts::is_eu_route(const Person& person) const {
    return std::ranges::any_of(person.citizenships, is_eup) && is_route_in_eup();
}

std::vector<std::string_view> Facts::transits(const Person& person) const {
    const auto countries = route();
    const bool is_eup_citizen = std::ranges::any_of(person.citizenships, is_eup);
    bool is_inside_schengen = true;
    std::vector<std::string_view> found;
    for (std::size_t index = 0; index + 1 < countries.size(); ++index) {
        const auto country = countries[index];
        const bool is_still_inside = is_inside_schengen && is_schengen(country);
        is_inside_schengen = is_inside_schengen && is_schengen(country);
        if (index == 0 || is_still_inside || country == countries.front() ||
            country == record_.destination.country || contains(person.citizenships, country) ||
            (is_eup_citizen && is_eup(country)) ||
            std::ranges::find(found, country) != found.end()) {
            continue;
        }
        found.push_back(country);
    }
    return found;
}

bool Facts::has_custodian_on_journey(const Person& child) const {
    return std::ranges::any_of(custodians_of(record_, child.id),
                               [](const Person* custodian) { return travels(*custodian); });
}

bool Facts::is_alone_on(const Person& child, const Leg& leg) const {
    const bool has_escort = leg.escorts && !leg.escorts->empty();
    return is_on(leg, child) && !has_escort &&
           std::ranges::none_of(travellers_, [&](const Person* other) {
               return !is_minor(*other) && is_on(leg, *other) && is_guardian_of(*other, child.id);
           });
}

bool Facts::is_escorting(const Escort& escort) const {
    return std::ranges::any_of(legs_,
                               [&](const Leg* leg) { return is_escort_on(*leg, escort.id); });
}

bool Facts::is_live(const Link& link) const {
    return !link.revoked_at && !link.locked_at && !link.frozen_at && link.not_after > now_;
}

std::vector<const Link*> Facts::live_links_to(std::string_view recipient) const {
    std::vector<const Link*> found;
    for (const auto& link : record_.links) {
        if (link.recipient == recipient && is_live(link)) {
            found.push_back(&link);
        }
    }
    return found;
}

bool is_travel_document(std::string_view kind) {
    return std::ranges::find(kTravelDocuments, kind) != kTravelDocuments.end();
}

bool is_emergency_document(const Document& document) {
    return document.kind == "emergency-passport" || document.kind == "laissez-passer";
}

bool speaks(const Person& person, const std::vector<std::string>& languages) {
    return std::ranges::any_of(languages, [&](const std::string& language) {
        return contains(person.languages, language);
    });
}

bool is_set(const std::optional<std::string>& text) {
    return text && !text->empty();
}

bool is_true(const std::optional<bool>& flag) {
    return flag.value_or(false);
}

}  // namespace valv::casework
