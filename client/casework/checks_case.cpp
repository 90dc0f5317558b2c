#include <algorithm>
#include <chrono>

#include "client/casework/checklist.h"
#include "client/casework/checks.h"
#include "client/casework/consents.h"

namespace valv::casework {
namespace {

constexpr std::chrono::days kLongestLink{31};

bool is_alive(const Link& link, Instant now) {
    return !link.revoked_at && link.not_after > now;
}

// Row 33.
void check_closed(const Checking& check) {
    const auto& facts = check.record.facts;
    if (facts.closed_on && check.is_sound("/case/closed_on") && check.is_sound("/case/opened_on") &&
        *facts.closed_on < facts.opened_on) {
        check.refuse("order_of_times", "/case/closed_on",
                     "The case was closed before it was opened.");
    }
    if (facts.status != CaseStatus::kClosed || !check.is_sound("/case/status")) {
        return;
    }
    if (!facts.closed_on) {
        check.refuse("missing_field", "/case/closed_on", "A closed case says when it was closed.");
    }
    const auto& links = check.record.links;
    if (check.is_sound("/links") &&
        std::ranges::any_of(links, [&](const Link& link) { return is_alive(link, check.now); })) {
        check.refuse("links_still_live", "/case/closed_on",
                     "Revoke every link before the case is closed.");
    }
}

// Row 34.
void check_hold(const Checking& check) {
    const auto& facts = check.record.facts;
    if (!facts.legal_hold.value_or(false)) {
        return;
    }
    if (!facts.legal_hold_reason || facts.legal_hold_reason->empty()) {
        check.refuse("missing_field", "/case/legal_hold_reason", "A legal hold has a reason.");
    }
    if (!facts.legal_hold_review_on) {
        check.refuse("missing_field", "/case/legal_hold_review_on",
                     "A legal hold has a date of review.");
    }
}

// Row 35.
void check_link_limits(const Checking& check, const Link& link, const std::string& path) {
    if (check.refusing.is_sound(path + "/recipient") && check.is_sound(path + "/audience") &&
        !is_recipient_of(check.record, link.audience, link.recipient)) {
        check.refuse("out_of_range", path + "/recipient",
                     "The recipient belongs to another audience.");
    }
    if (!check.is_sound(path + "/created_at") || !check.is_sound(path + "/not_after") ||
        !check.is_sound(path + "/not_before")) {
        return;
    }
    if (link.not_after - link.not_before.value_or(link.created_at) > kLongestLink) {
        check.refuse("out_of_range", path + "/not_after", "A link lives for 31 days at most.");
    }
}

// Row 40.
void check_link_order(const Checking& check, const Link& link, const std::string& path) {
    const auto not_before_creation = [&](const std::optional<Instant>& at, std::string_view field) {
        const auto here = step(path, field);
        if (at && *at < link.created_at && check.is_sound(here) &&
            check.is_sound(path + "/created_at")) {
            check.refuse("order_of_times", here, "This happened before the link was made.");
        }
    };
    not_before_creation(link.first_opened_at, "first_opened_at");
    not_before_creation(link.confirmed_at, "confirmed_at");
}

constexpr std::size_t kReasonLength = 10;

// Row 37, and 3.2: a waiver has a reason.
void check_mark(const Checking& check, const ItemMark& mark, const std::string& path) {
    if (!check.is_sound(path)) {
        return;
    }
    const auto rule = find_rule(std::string_view(mark.item).substr(0, mark.item.find(':')));
    const bool has_subject = mark.item.find(':') != std::string::npos;
    if (!rule || rule->is_per_case == has_subject) {
        check.refuse("unknown_item", path + "/item", "No rule makes an item with this id.");
        return;
    }
    if (mark.state == MarkState::kDone) {
        return;
    }
    if (!rule->waivable) {
        check.refuse("not_waivable", path + "/item", "This item can never be waived.");
    } else if (!mark.reason || mark.reason->size() < kReasonLength) {
        check.refuse("missing_field", path + "/reason",
                     "Write a reason of at least ten characters.");
    }
}

}  // namespace

void check_case(const Checking& check) {
    check_closed(check);
    check_hold(check);
}

void check_links(const Checking& check) {
    for (std::size_t index = 0; index < check.record.links.size(); ++index) {
        check_link_limits(check, check.record.links[index], step("/links", index));
        check_link_order(check, check.record.links[index], step("/links", index));
    }
}

void check_marks(const Checking& check) {
    for (std::size_t index = 0; index < check.record.checklist_state.size(); ++index) {
        check_mark(check, check.record.checklist_state[index], step("/checklist_state", index));
    }
}

void check_meaning(const Record& record, const Places& places, Instant now, Refusing& refusing,
                   const Record* existing) {
    const Refusing earlier = refusing;
    const Checking check{.record = record,
                         .places = places,
                         .now = now,
                         .earlier = earlier,
                         .refusing = refusing,
                         .existing = existing};
    check_ids(check);
    check_references(check);
    check_persons(check);
    check_places(check);
    check_local_times(check);
    check_travel(check);
    check_consents(check);
    check_documents(check);
    check_case(check);
    check_links(check);
    check_marks(check);
}

}  // namespace valv::casework
