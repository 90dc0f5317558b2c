#include <algorithm>
#include <array>

#include "client/casework/subjects.h"
#include "client/casework/zones.h"

// L: links, retention, closing.
namespace valv::casework {
namespace {

constexpr std::chrono::days kAfterArrival{7};
constexpr std::int64_t kSecondHolder = 2;

bool is_closing(const Facts& facts) {
    return facts.record().facts.status == CaseStatus::kClosing;
}

Subjects link_too_long(const Facts& facts) {
    auto subjects = each_link(facts, [&](const Link& link) {
        return facts.has_legs() && facts.is_live(link) &&
               link.not_after > facts.arrival() + kAfterArrival;
    });
    for (auto& subject : subjects) {
        subject = with(std::move(subject), "date", to_text(facts.arrival_day() + kAfterArrival));
    }
    return subjects;
}

Subjects link_left(const Facts& facts) {
    return each_link(facts, [&](const Link& link) {
        return facts.has_legs() && facts.is_live(link) &&
               facts.now() > facts.arrival() + kAfterArrival;
    });
}

Subjects link_locked(const Facts& facts) {
    return each_link(facts, [&](const Link& link) {
        return (link.locked_at || link.frozen_at) && !link.revoked_at &&
               link.not_after > facts.now();
    });
}

Subjects link_second_holder(const Facts& facts) {
    return each_link(facts, [&](const Link& link) {
        return facts.is_live(link) && link.holders.value_or(0) >= kSecondHolder;
    });
}

Subjects close_links(const Facts& facts) {
    return each_link(facts, [&](const Link& link) {
        return is_closing(facts) && !link.revoked_at && link.not_after > facts.now();
    });
}

bool is_with_us(const Document& document) {
    return document.original_with && document.original_with != OriginalWith::kPerson &&
           document.original_with != OriginalWith::kEmbassy;
}

Subjects close_originals(const Facts& facts) {
    return each_document(
        facts, [&](const Document& document) { return is_closing(facts) && is_with_us(document); });
}

Subjects close_retention(const Facts& facts) {
    return when(is_closing(facts) && !facts.record().facts.retention_years);
}

Subjects close_follow_ups(const Facts& facts) {
    constexpr std::array kKinds = {FollowUpKind::k1w, FollowUpKind::k1m, FollowUpKind::k3m,
                                   FollowUpKind::k6m, FollowUpKind::k12m};
    const auto& rows = facts.record().follow_ups;
    const bool is_declined =
        std::ranges::find(rows, FollowUpOutcome::kDeclined, &FollowUp::outcome) != rows.end();
    const bool is_missing = std::ranges::any_of(kKinds, [&](FollowUpKind kind) {
        return std::ranges::none_of(
            rows, [kind](const FollowUp& row) { return row.kind == kind && row.done_on; });
    });
    return when(is_closing(facts) && is_missing && !is_declined);
}

Subjects close_archive(const Facts& facts) {
    return when(is_closing(facts));
}

Subjects close_statistics(const Facts& facts) {
    const auto& exploitation = facts.record().exploitation;
    return each_traveller(facts, [&](const Person& person) {
        const bool is_counted =
            exploitation && std::ranges::find(exploitation->rows, person.id,
                                              &ExploitationRow::person) != exploitation->rows.end();
        return is_closing(facts) && person.role == PersonRole::kTraveller && !is_counted;
    });
}

Subjects hold_review(const Facts& facts) {
    const auto& details = facts.record().facts;
    if (!is_true(details.legal_hold) || !details.legal_hold_review_on ||
        *details.legal_hold_review_on > facts.today()) {
        return {};
    }
    return {due_on({}, *details.legal_hold_review_on)};
}

Subjects erase_due(const Facts& facts) {
    const auto& details = facts.record().facts;
    return when(details.status == CaseStatus::kClosed && !is_true(details.legal_hold) &&
                details.closed_on && details.retention_years &&
                facts.today() >
                    add_years(*details.closed_on, static_cast<int>(*details.retention_years)));
}

constexpr std::array<Rule, 12> kRules = {{
    {"link-too-long", "bd", "opsc", Per::kRow, Closing::kData, Owner::kCoordinator, before(1),
     Blocks::kNo, link_too_long},
    {"link-left", "a", "opsc", Per::kRow, Closing::kData, Owner::kCoordinator, after(7),
     Blocks::kYes, link_left},
    {"link-locked", "bda", "opsc", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kYes, link_locked},
    {"link-second-holder", "bda", "opsc", Per::kRow, Closing::kTick, Owner::kCoordinator, at_once(),
     Blocks::kYes, link_second_holder},
    {"close-links", "bda", "c", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kAlways, close_links},
    {"close-originals", "bda", "c", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kYes, close_originals},
    {"close-retention", "bda", "c", Per::kCase, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kAlways, close_retention},
    {"close-follow-ups", "a", "c", Per::kCase, Closing::kDataOrTick, Owner::kOffice, at_once(),
     Blocks::kNo, close_follow_ups},
    {"close-archive", "bda", "c", Per::kCase, Closing::kTick, Owner::kCoordinator, at_once(),
     Blocks::kNo, close_archive},
    {"close-statistics", "bda", "c", Per::kRow, Closing::kDataOrTick, Owner::kCoordinator,
     at_once(), Blocks::kNo, close_statistics},
    {"hold-review", "bda", "opscx", Per::kCase, Closing::kData, Owner::kCoordinator, of_subject(),
     Blocks::kNo, hold_review},
    {"erase-due", "bda", "x", Per::kCase, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kNo, erase_due},
}};

}  // namespace

std::span<const Rule> link_rules() {
    return kRules;
}

}  // namespace valv::casework
