#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/casework/people.h"
#include "client/casework/record.h"

// What the conditions of the rules ask of a record (docs/casework.md 4.2). Views the record, which
// outlives it.
namespace valv::casework {

struct Gap {
    const Leg* before = nullptr;
    const Leg* after = nullptr;
};

class Facts {
public:
    Facts(const Record& record, Instant now);

    [[nodiscard]] const Record& record() const { return record_; }
    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] Date today() const { return today_; }

    [[nodiscard]] std::span<const Person* const> travellers() const { return travellers_; }  // T
    [[nodiscard]] bool is_minor(const Person& person) const;
    [[nodiscard]] bool has_minors() const;

    [[nodiscard]] bool has_legs() const { return !legs_.empty(); }
    [[nodiscard]] std::span<const Leg* const> legs() const { return legs_; }
    [[nodiscard]] std::vector<Gap> gaps() const;
    // These four need legs.
    [[nodiscard]] Instant departure() const { return departure_of(*legs_.front()); }      // dep
    [[nodiscard]] Instant arrival() const { return arrival_of(*legs_.back()); }           // arr
    [[nodiscard]] Date departure_day() const { return date_of(legs_.front()->departs); }  // D
    [[nodiscard]] Date arrival_day() const { return date_of(legs_.back()->arrives); }     // A
    [[nodiscard]] bool is_flying(const Person& person) const;  // on a leg by air

    [[nodiscard]] bool has_document(std::string_view kind) const;
    [[nodiscard]] bool has_document(std::string_view kind, const Person& about) const;
    [[nodiscard]] std::vector<const Document*> documents(std::string_view kind,
                                                         const Person& about) const;
    [[nodiscard]] std::vector<const Document*> travel_documents(
        const Person& person) const;                                          // td(p)
    [[nodiscard]] const Document* best_document(const Person& person) const;  // best(p)
    [[nodiscard]] bool has_valid_document(const Person& person) const;
    [[nodiscard]] bool has_visa(const Person& person, std::string_view country) const;

    // The countries of the leg ends in order, with repetitions.
    [[nodiscard]] std::vector<std::string_view> route() const;
    [[nodiscard]] bool is_route_in_eup() const;
    [[nodiscard]] bool is_eu_route(const Person& person) const;
    [[nodiscard]] std::vector<std::string_view> transits(const Person& person) const;

    [[nodiscard]] bool has_custodian_on_journey(const Person& child) const;
    [[nodiscard]] bool is_alone_on(const Person& child, const Leg& leg) const;  // rule escort-minor
    [[nodiscard]] bool is_escorting(const Escort& escort) const;                // on some leg

    [[nodiscard]] bool is_live(const Link& link) const;
    [[nodiscard]] std::vector<const Link*> live_links_to(std::string_view recipient) const;

private:
    const Record& record_;
    Instant now_;
    Date today_;
    std::vector<const Person*> travellers_;
    std::vector<const Leg*> legs_;
};

[[nodiscard]] bool is_travel_document(std::string_view kind);
[[nodiscard]] bool is_emergency_document(const Document& document);
[[nodiscard]] bool is_same_place(const Place& left, const Place& right);
[[nodiscard]] std::int64_t minutes_between(const Gap& gap);
// `needed(a, b)`: who is on the first leg decides about help.
[[nodiscard]] std::int64_t needed_minutes(const Facts& facts, const Gap& gap);
[[nodiscard]] bool is_overnight(const Gap& gap);
[[nodiscard]] bool is_night(Local local);

[[nodiscard]] bool speaks(const Person& person, const std::vector<std::string>& languages);
[[nodiscard]] bool is_set(const std::optional<std::string>& text);  // present and not empty
[[nodiscard]] bool is_true(const std::optional<bool>& flag);

}  // namespace valv::casework
