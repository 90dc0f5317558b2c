#include <algorithm>
#include <array>

#include "client/casework/subjects.h"

// S: safe contact, papers on the person, money.
namespace valv::casework {
namespace {

constexpr int kCardAge = 12;
constexpr std::chrono::days kReceiptWithin{14};

Subjects contact_flags(const Facts& facts) {
    return each_adult(facts, [](const Person& person) {
        return !person.contact || !person.contact->safe_to_call;
    });
}

Subjects safe_hours(const Facts& facts) {
    return each_traveller(facts, [](const Person& person) {
        return person.contact && is_true(person.contact->safe_to_call) &&
               !person.contact->safe_hours;
    });
}

Subjects phone_check(const Facts& facts) {
    return each_traveller(
        facts, [](const Person& person) { return person.contact && person.contact->phone; });
}

bool is_current(const Facts& facts, const Document& paper) {
    const auto& changed = facts.record().itinerary_changed_at;
    return paper.made_at && !(changed && *paper.made_at < *changed);
}

Subjects safety_card(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        const auto age = age_on(person, facts.has_legs() ? facts.departure_day() : facts.today());
        return age && *age >= kCardAge &&
               std::ranges::none_of(
                   facts.documents("safety-card", person), [&](const Document* card) {
                       return card->languages && speaks(person, *card->languages) &&
                              is_current(facts, *card);
                   });
    });
}

Subjects draft_paper(const Facts& facts) {
    return each_document(facts, [](const Document& document) {
        return document.template_state == TemplateState::kMachineDraft;
    });
}

Subjects original_unknown(const Facts& facts) {
    return each_document(facts, [](const Document& document) {
        return is_travel_document(document.kind) &&
               document.original_with.value_or(OriginalWith::kUnknown) == OriginalWith::kUnknown;
    });
}

Subjects pocket_money(const Facts& facts) {
    const auto& grants = facts.record().grants;
    return when(std::ranges::find(grants, GrantKind::kPocketMoney, &Grant::kind) == grants.end());
}

Subjects grant_agreement(const Facts& facts) {
    return when(!facts.has_document("grant-agreement") &&
                std::ranges::any_of(facts.record().grants, [](const Grant& grant) {
                    return grant.kind != GrantKind::kPocketMoney;
                }));
}

Subjects grant_receipt(const Facts& facts) {
    Subjects subjects;
    for (const auto& grant : facts.record().grants) {
        if (grant.paid_on && !grant.receipt_document) {
            Subject subject;
            subject.id = grant.id;
            subject.path = row_path("/grants", facts.record().grants, grant);
            subjects.push_back(due_on(std::move(subject), *grant.paid_on + kReceiptWithin));
        }
    }
    return subjects;
}

Subjects grant_overdue(const Facts& facts) {
    Subjects subjects;
    for (const auto& grant : facts.record().grants) {
        if (grant.due_on && *grant.due_on < facts.today() && !grant.paid_on) {
            Subject subject;
            subject.id = grant.id;
            subject.path = row_path("/grants", facts.record().grants, grant);
            subject = with(std::move(subject), "due_on", to_text(*grant.due_on));
            subjects.push_back(due_on(std::move(subject), *grant.due_on));
        }
    }
    return subjects;
}

constexpr std::array<Rule, 10> kRules = {{
    {"contact-flags", "bda", "op", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kYes, contact_flags},
    {"safe-hours", "bda", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kNo, safe_hours},
    {"phone-check", "b", "op", Per::kRow, Closing::kTick, Owner::kCoordinator, before(3),
     Blocks::kNo, phone_check},
    {"safety-card", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(1),
     Blocks::kYes, safety_card},
    {"draft-paper", "bda", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(3),
     Blocks::kYes, draft_paper},
    {"original-unknown", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kNo, original_unknown},
    {"pocket-money", "b", "op", Per::kCase, Closing::kDataOrTick, Owner::kCoordinator, before(2),
     Blocks::kNo, pocket_money},
    {"grant-agreement", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kYes, grant_agreement},
    {"grant-receipt", "bda", "op", Per::kRow, Closing::kData, Owner::kOffice, of_subject(),
     Blocks::kNo, grant_receipt},
    {"grant-overdue", "a", "op", Per::kRow, Closing::kData, Owner::kOffice, of_subject(),
     Blocks::kNo, grant_overdue},
}};

}  // namespace

std::span<const Rule> safety_rules() {
    return kRules;
}

}  // namespace valv::casework
