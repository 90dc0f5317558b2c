#pragma once

#include <vector>

#include "client/casework/record.h"

// `case import`: a record written by hand or by another program comes in over a case of the vault.
// Papers and links are objects of the vault, so they never come from a file:
// - the incoming record may hold rows of, and references to, only papers and links that the
// existing case holds;
// - merge_import takes what a person may write (facts, persons, legs, consents …) from the incoming
// record and keeps
//   from the existing one what only the vault may write:
//     case.id               always the existing one
//     documents             the existing rows, in their order; of a row that also comes in, what
//     describes the paper
//                           (about, number, dates, names, languages …) is taken, what the vault
//                           wrote (name, kind, media type, size, epoch, hashes, added_*) must be
//                           equal
//     links                 always the existing rows; an incoming row must be equal
//     checklist_state       the incoming rows when there are any, else the existing ones
//     notes                 the existing rows, then the incoming rows that are not among them
//     itinerary_changed_at  as the incoming one says; when the itinerary differs and that says
//     nothing new: now
namespace valv::casework {

// What the file started from, and what stands in the vault by now.
struct ImportOver {
    const Record& base;
    const Record& existing;
};
struct DecodedImport : DecodedRecord {
    // JSON Pointers into the file: what it changed since `base` and `existing` too, in another way.
    // The file's stands (merge.h).
    std::vector<std::string> contested;
};

// All of it: decode, check, merge by field with what changed since `base`, merge_import, and the
// rules of 3.5 on the result. `record` is the merged record.
[[nodiscard]] DecodedImport decode_import(std::string_view json, const ImportOver& over,
                                          const Places& places, Instant now);

// Rows of papers and links that `existing` does not hold: `unknown_reference`; a row that is there
// and differs in what the vault wrote: `row_differs`. References are `unknown_reference` too.
// Document order, at most 100.
[[nodiscard]] std::vector<Refusal> check_import(const Record& incoming, const Record& existing);

// Needs check_import(incoming, existing) to be empty.
[[nodiscard]] Record merge_import(Record incoming, const Record& existing);

// In legs, onward transport or escorts.
[[nodiscard]] bool itinerary_differs(const Record& left, const Record& right);

}  // namespace valv::casework
