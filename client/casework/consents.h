#pragma once

#include <optional>
#include <string_view>

#include "client/casework/record.h"

// What a consent allows (docs/casework.md 4.2): the one home of `active` and `covers`, for checks,
// rules and packages.
namespace valv::casework {

[[nodiscard]] bool is_active(const Consent& consent, Instant now);

// A row of receptions, escorts, transit_contacts, contacts or persons that an audience may name.
[[nodiscard]] bool is_recipient_of(const Record& record, Audience audience,
                                   std::string_view recipient);

// The id names a row of some audience today; a consent may also name one that was taken out since.
[[nodiscard]] bool is_any_recipient(const Record& record, std::string_view recipient);

struct Coverage {
    ConsentForm form = ConsentForm::kSharing;
    Audience audience = Audience::kOffice;
    std::string_view recipient;
    std::string_view person;
    std::optional<std::string_view> kind;
};

// An active consent of that form about the person has a scope row with this audience, with the
// recipient named or no recipients listed, and (when asked) the kind.
[[nodiscard]] bool covers(const Record& record, const Coverage& coverage, Instant now);

// The same for a kind of paper: what section 2 marks `n` must be in a row that names kind and
// recipient.
[[nodiscard]] bool covers_kind(const Record& record, const Coverage& coverage, Instant now);

// A sharing or a medical consent covers the kind, with what section 2 asks of it.
[[nodiscard]] bool is_kind_shared(const Record& record, Audience audience,
                                  std::string_view recipient, std::string_view person,
                                  std::string_view kind, Instant now);

// Somebody who travels withdrew and did not consent again (rule consent-stop); the answer is
// whether it holds for p.
[[nodiscard]] bool is_stopped(const Record& record, std::string_view person, Instant now);

}  // namespace valv::casework
