#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/casework/record.h"

// The checklist (docs/casework.md section 4): items made from the record by rules. Pure; the same
// record and now give the same list. An item of a rule that only data closes is there exactly while
// it is open; an item that a tick closes stays in the list with its mark.
namespace valv::casework {

enum class ItemState {
    kOpen,
    kLapsed,  // was ticked, and the itinerary changed since (†): open again
    kDone,
    kWaived,
    kNotApplicable
};

enum class Owner { kCoordinator, kSocialServices, kOffice, kEmbassy, kEscort, kGuardian };

// What fills a brace of the item's text. The value is a word or code that the text's language still
// translates.
enum class FillKind {
    kPlain,
    kCountry,     // ISO code
    kService,     // word of Service
    kAreas,       // words of RiskArea, separated by spaces
    kPreference,  // word of EscortPreference
    kTimed        // text, local time and text, separated by |
};
struct Fill {
    std::string key;
    std::string value;
    FillKind kind = FillKind::kPlain;
};

struct Item {
    std::string id;    // `leg-book:l1`; the rule alone when the rule is about the case
    std::string rule;  // `leg-book`
    std::string subject;
    std::string text_key;          // checklist.<rule>.text
    std::string why_key;           // checklist.<rule>.why
    Phase phase = Phase::kBefore;  // the phase of the case when the item was made
    Owner owner = Owner::kCoordinator;
    std::optional<Instant> due;  // of a date: its last second, in the zone of the first departure
    std::optional<Date> due_on;  // set when due is a date
    bool blocking = false;
    bool waivable = true;  // false for `yes!`
    bool closed_by_tick = false;
    ItemState state = ItemState::kOpen;
    std::string source;  // what the rule rests on: `programme`, or the bracket of its reason
    std::string
        path;  // JSON Pointer to the row of the record that the item is about; empty for the case
    std::vector<Fill> fills;
    std::optional<ItemMark> mark;  // the row of checklist_state that counts, or that lapsed
    std::size_t order = 0;         // of the rule in docs/casework.md 4.4
};

[[nodiscard]] bool is_open(const Item& item);
[[nodiscard]] bool is_overdue(const Item& item, Instant now);

// In the order of 4.1: not waivable, blocking, due, rule, subject.
[[nodiscard]] std::vector<Item> make_checklist(const Record& record, Instant now);

// The open items that keep the case from its next phase.
[[nodiscard]] std::vector<Item> blocking_items(const Record& record, Instant now);

// The gates of links (4.1): the open items that forbid a new link to this recipient.
[[nodiscard]] std::vector<Item> link_gates(const Record& record, std::string_view recipient,
                                           Instant now);

// One sentence with its braces filled, in the language of the list.
[[nodiscard]] std::string item_text(const Item& item, DeskLanguage language);
[[nodiscard]] std::string item_why(const Item& item, DeskLanguage language);

enum class Show { kOpen, kAll };

// Plain text for a terminal, one item after the other; ends with a line feed. Holds no name of a
// person in its head.
[[nodiscard]] std::string checklist_text(const Record& record, std::span<const Item> items,
                                         DeskLanguage language, Instant now,
                                         Show show = Show::kOpen);
// {"case": reference, "now", "language", "items": [{id, rule, phase, text, text_key, why, owner,
// due?, blocking, waivable, state, overdue, source, path, closed_by, mark?}]}, one line.
[[nodiscard]] std::string checklist_json(const Record& record, std::span<const Item> items,
                                         DeskLanguage language, Instant now,
                                         Show show = Show::kOpen);

// Ticks, waives or sets aside one item; a mark of the same item is replaced. Refused: an item that
// is not in the list
// (`unknown_item`), done for what only data closes (`closed_by_data`), waiving or setting aside
// what never may be
// (`not_waivable`), a reason under 10 characters (`missing_field`). `mark.at` is also the now of
// the list.
[[nodiscard]] std::variant<Record, Refusal> with_item_state(Record record, const ItemMark& mark);

struct RuleInfo {
    std::string_view id;
    std::size_t order;
    bool waivable;
    bool is_per_case;
};
// All rules of 4.4.
[[nodiscard]] std::optional<RuleInfo> find_rule(std::string_view id);

}  // namespace valv::casework
