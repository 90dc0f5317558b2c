#include "client/casework/consents.h"

#include <algorithm>

#include "client/casework/kinds.h"
#include "client/casework/people.h"
#include "client/casework/zones.h"

namespace valv::casework {
namespace {

template <typename Row>
bool has_row(const std::vector<Row>& rows, std::string_view id) {
    return std::ranges::find(rows, id, &Row::id) != rows.end();
}

bool allows(const ConsentScope& scope, const Coverage& coverage, bool must_be_named) {
    if (scope.audience != coverage.audience) {
        return false;
    }
    const bool is_named = contains(scope.recipients, coverage.recipient);
    if (!is_named && (scope.recipients || must_be_named)) {
        return false;
    }
    return !coverage.kind || contains(scope.kinds, *coverage.kind);
}

bool covers_row(const Record& record, const Coverage& coverage, Instant now, bool must_be_named) {
    return std::ranges::any_of(record.consents, [&](const Consent& consent) {
        return consent.form == coverage.form && consent.about == coverage.person &&
               is_active(consent, now) && consent.scope &&
               std::ranges::any_of(*consent.scope, [&](const ConsentScope& scope) {
                   return allows(scope, coverage, must_be_named);
               });
    });
}

}  // namespace

bool is_active(const Consent& consent, Instant now) {
    return consent.given_at <= now && !(consent.withdrawn_at && *consent.withdrawn_at <= now) &&
           !(consent.expires_on && *consent.expires_on < today_at(now));
}

bool is_recipient_of(const Record& record, Audience audience, std::string_view recipient) {
    switch (audience) {
        case Audience::kOffice:
            return has_row(record.receptions, recipient) || has_row(record.contacts, recipient);
        case Audience::kEscort:
            return has_row(record.escorts, recipient);
        case Audience::kTraveller:
            return has_row(record.persons, recipient);
        case Audience::kTransit:
            return has_row(record.transit_contacts, recipient);
        case Audience::kAuthority:
            return has_row(record.contacts, recipient);
    }
    return false;
}

bool is_any_recipient(const Record& record, std::string_view recipient) {
    return is_recipient_of(record, Audience::kOffice, recipient) ||
           is_recipient_of(record, Audience::kEscort, recipient) ||
           is_recipient_of(record, Audience::kTraveller, recipient) ||
           is_recipient_of(record, Audience::kTransit, recipient);
}

bool covers(const Record& record, const Coverage& coverage, Instant now) {
    return covers_row(record, coverage, now, /*must_be_named=*/false);
}

bool covers_kind(const Record& record, const Coverage& coverage, Instant now) {
    const auto* const kind = coverage.kind ? find_kind(*coverage.kind) : nullptr;
    const bool must_be_named =
        kind != nullptr && share_of(*kind, coverage.audience) == Share::kNamed;
    return covers_row(record, coverage, now, must_be_named);
}

bool is_kind_shared(const Record& record, Audience audience, std::string_view recipient,
                    std::string_view person, std::string_view kind, Instant now) {
    Coverage coverage{.audience = audience, .recipient = recipient, .person = person, .kind = kind};
    if (covers_kind(record, coverage, now)) {
        return true;
    }
    coverage.form = ConsentForm::kMedical;
    return covers_kind(record, coverage, now);
}

bool is_stopped(const Record& record, std::string_view person, Instant now) {
    return std::ranges::any_of(record.consents, [&](const Consent& withdrawn) {
        const bool is_of_wish = withdrawn.form == ConsentForm::kParticipation ||
                                withdrawn.form == ConsentForm::kGuardian;
        if (!is_of_wish || withdrawn.about != person || !withdrawn.withdrawn_at ||
            *withdrawn.withdrawn_at > now) {
            return false;
        }
        return std::ranges::none_of(record.consents, [&](const Consent& later) {
            return later.form == withdrawn.form && later.about == person &&
                   later.given_by == withdrawn.given_by && later.given_at > withdrawn.given_at &&
                   is_active(later, now);
        });
    });
}

}  // namespace valv::casework
