#pragma once

#include <vector>

#include "client/casework/record.h"

// `case import`: a record written by hand or by another program comes in over a case of the vault. Papers and links
// are objects of the vault, so they never come from a file:
// - the incoming record may name papers and links only when the existing case holds them (check_import);
// - merge_import takes everything a person may write (facts, persons, legs, consents …) from the incoming record and
//   keeps from the existing one what only the vault may write:
//     case.id             always the existing one
//     documents, links    always the existing rows, whole
//     checklist_state     the incoming rows when there are any, else the existing ones
//     notes               the existing rows, then the incoming rows that are not among them
//     itinerary_changed_at  the existing one when legs, onward and escorts are equal, else the incoming one
//   The caller sets itinerary_changed_at to now when it is absent and the itinerary differs (itinerary_differs).
namespace valv::casework {

// Rows of and references to papers and links that `existing` does not hold: `unknown_reference` with the path; a row
// that is there and differs: `row_differs`. Document order, at most 100.
[[nodiscard]] std::vector<Refusal> check_import(const Record& incoming, const Record& existing);

// Needs check_import(incoming, existing) to be empty.
[[nodiscard]] Record merge_import(Record incoming, const Record& existing);

[[nodiscard]] bool itinerary_differs(const Record& left, const Record& right);

}  // namespace valv::casework
