#pragma once

#include <cstdint>
#include <filesystem>

#include "client/lib/cases.h"
#include "client/lib/progress.h"

namespace valv::client {

// `case export DIR` (docs/formats.md section 10): case.json (the record), case.txt (the identities
// of all epochs, 0600) and documents/ID.age. Stock age then opens every paper: age -d -i
// DIR/case.txt DIR/documents/ID.age. The folder must be new or empty (kConflict). Everything in it
// is in the clear or opens with what lies beside it. Returns the number of the record.
std::uint32_t export_case(Case& opened, const std::filesystem::path& folder, const Progress& progress = {});

}  // namespace valv::client
