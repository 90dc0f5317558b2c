#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

// Three versions of a record, when two people changed it at once (docs/casework.md 3.6): `base` is
// what both started from, `theirs` what stands by now, `ours` what is written over it.
namespace valv::casework {

struct Merge {
    nlohmann::ordered_json json;
    // JSON Pointers into `ours` (into `theirs` for what it lacks): what both changed, each in its
    // own way.
    std::vector<std::string> contested;
};

// Field by field, and row by row where rows have an `id` or `item`. A field that one side changed
// is as that side has it; of a contested one `ours` stands, but a change stands over a removal.
// The order of rows is that of the side that changed it; new rows stay behind the row that they
// followed.
[[nodiscard]] Merge merge_versions(const nlohmann::ordered_json& base,
                                   const nlohmann::ordered_json& ours,
                                   const nlohmann::ordered_json& theirs);

}  // namespace valv::casework
