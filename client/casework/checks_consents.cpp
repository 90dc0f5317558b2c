#include <algorithm>

#include "client/casework/checks.h"
#include "client/casework/consents.h"
#include "client/casework/kinds.h"
#include "client/casework/people.h"
#include "client/casework/zones.h"

namespace valv::casework {
namespace {

bool needs_scope(ConsentForm form) {
    return form == ConsentForm::kSharing || form == ConsentForm::kMedical;
}

// Rows 22 and 23 for one row of a scope.
void check_scope_row(const Checking& check, const ConsentScope& scope, const std::string& path) {
    if (!check.is_sound(path + "/audience")) {
        return;
    }
    for (std::size_t index = 0; index < scope.kinds.size(); ++index) {
        const auto here = step(path + "/kinds", index);
        const auto* const kind = find_kind(scope.kinds[index]);
        if (kind != nullptr && share_of(*kind, scope.audience) == Share::kNever) {
            check.refuse("kind_not_for_audience", here,
                         "This audience never gets this kind of paper.");
        }
    }
    if (!scope.recipients) {
        return;
    }
    for (std::size_t index = 0; index < scope.recipients->size(); ++index) {
        const auto& recipient = (*scope.recipients)[index];
        const auto here = step(path + "/recipients", index);
        if (check.is_sound(here) && is_any_recipient(check.record, recipient) &&
            !is_recipient_of(check.record, scope.audience, recipient)) {
            check.refuse("recipient_not_of_audience", here,
                         "The recipient belongs to another audience.");
        }
    }
}

void check_scope(const Checking& check, const Consent& consent, const std::string& path) {
    if (!needs_scope(consent.form) || !check.is_sound(path + "/form")) {
        return;
    }
    const auto here = path + "/scope";
    if (!consent.scope) {
        check.refuse("missing_field", here, "A consent to share says with whom and what.");
        return;
    }
    if (consent.scope->empty() && check.is_sound(here)) {
        check.refuse("empty_scope", here, "A consent to share says with whom and what.");
    }
    for (std::size_t index = 0; index < consent.scope->size(); ++index) {
        check_scope_row(check, (*consent.scope)[index], step(here, index));
    }
}

// Row 24.
void check_order(const Checking& check, const Consent& consent, const std::string& path) {
    if (!check.is_sound(path + "/given_at")) {
        return;
    }
    if (consent.withdrawn_at && check.is_sound(path + "/withdrawn_at") &&
        *consent.withdrawn_at < consent.given_at) {
        check.refuse("order_of_times", path + "/withdrawn_at",
                     "The consent was withdrawn before it was given.");
    }
    if (consent.expires_on && check.is_sound(path + "/expires_on") &&
        *consent.expires_on < today_at(consent.given_at)) {
        check.refuse("order_of_times", path + "/expires_on",
                     "The consent ends before it was given.");
    }
}

// Row 25.
void check_giver(const Checking& check, const Consent& consent, const std::string& path) {
    const auto here = path + "/given_by";
    const auto* const person = find_person(check.record, consent.about);
    const auto* const giver = find_person(check.record, consent.given_by);
    if (person == nullptr || giver == nullptr || !check.is_sound("/persons") ||
        !check.is_sound(path + "/form") || !check.is_sound("/legs")) {
        return;
    }
    const bool is_guardian = is_guardian_of(*giver, person->id);
    if (consent.form == ConsentForm::kGuardian) {
        if (!is_guardian) {
            check.refuse("not_entitled", here,
                         "Only a guardian of the person can give this consent.");
        }
        return;
    }
    const auto age = age_on(*person, reference_day(check.record, check.now));
    if (age && *age < kAdultAge && giver->id != person->id && !is_guardian) {
        check.refuse("not_entitled", here, "For a child only the child or a guardian can consent.");
    }
}

// Row 31: papers of a person say of which.
bool needs_person(const Kind& kind) {
    return kind.sensitivity >= 2 && kind.slug != "other" && kind.slug != "mapping-report" &&
           kind.slug != "closing-note" && kind.slug != "risk-assessment" &&
           kind.slug != "reception-confirmation";
}

}  // namespace

void check_consents(const Checking& check) {
    for (std::size_t index = 0; index < check.record.consents.size(); ++index) {
        const auto& consent = check.record.consents[index];
        const auto path = step("/consents", index);
        check_scope(check, consent, path);
        check_order(check, consent, path);
        check_giver(check, consent, path);
    }
}

void check_documents(const Checking& check) {
    for (std::size_t index = 0; index < check.record.documents.size(); ++index) {
        const auto& document = check.record.documents[index];
        const auto path = step("/documents", index);
        if (document.expires_on && document.issued_on &&
            *document.expires_on < *document.issued_on && check.is_sound(path + "/expires_on") &&
            check.is_sound(path + "/issued_on")) {
            check.refuse("order_of_times", path + "/expires_on",
                         "The paper expires before it was issued.");
        }
        const auto* const kind = find_kind(document.kind);
        if (kind != nullptr && needs_person(*kind) && !document.about) {
            check.refuse("missing_field", path + "/about",
                         "A paper of this kind says whose it is.");
        }
    }
}

}  // namespace valv::casework
