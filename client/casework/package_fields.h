#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "client/casework/record.h"

// What a package may hold (docs/casework.md 5.1 and section 2): an allow-list. A field that is not
// copied here by name is in no package. Only what is `●` in 5.1; what needs an explicit tick (`○`)
// is left out.
namespace valv::casework {

struct PackageRequest {
    Audience audience = Audience::kOffice;
    Lid recipient;  // a row of receptions or contacts, escorts, persons, transit_contacts, contacts
    std::vector<std::string> kinds;
};

// One paper that the package gives: the row of the record and its name in the package.
struct DocumentRow {
    DocumentId id;
    std::string kind;
    std::string media_type;
    std::int64_t size = 0;
    std::string
        file_name;  // `RV-2026-014-passport-1.pdf`; the sender's own name never leaves the record
    std::optional<Lid> about;
};

// Why a package may not be made: `unknown_recipient`, `recipient_not_of_audience`, `unknown_kind`,
// `kind_not_for_audience`, `no_consent`, `consent_withdrawn`, `case_stopped`. Path is into the
// request
// (`/recipient`, `/kinds/0`).
using Refusals = std::vector<Refusal>;

// The gates of 4.1 and section 2. Empty: the package may be made. A link to the traveller needs no
// sharing consent.
[[nodiscard]] Refusals check_package(const Record& record, const PackageRequest& request,
                                     Instant now);

// The papers of the kinds asked for, not void, that the recipient may have (a traveller: the own
// rows and those of the children they are guardian of), in the order of the record.
[[nodiscard]] std::variant<std::vector<DocumentRow>, Refusals> shared_documents(
    const Record& record, const PackageRequest& request, Instant now);

// The fields, as JSON:
// {"reference", "audience", "persons": [{name, …}], "legs": [{id, mode, from: {name, iata?, zone,
// country, terminal?},
//  to, departs, departs_utc, arrives, arrives_utc, carrier?, number?, status, seat…, min_change?}],
//  "contacts": [{name, role, phone}], "handovers", "receptions", "destination", "onward",
//  "mapping"?, "grants"?, "follow_ups"?}. Needs check_package to be empty.
[[nodiscard]] nlohmann::ordered_json package_view(const Record& record,
                                                  const PackageRequest& request, Instant now);

[[nodiscard]] std::string package_file_name(std::string_view reference, std::string_view kind,
                                            std::size_t number, std::string_view media_type);

}  // namespace valv::casework
