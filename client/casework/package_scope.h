#pragma once

#include <vector>

#include "client/casework/package_fields.h"

// Inside casework: whom a package is about.
namespace valv::casework {

// Everybody who travels; for a traveller only the person and the children they are guardian of: two
// travellers of one case may be a danger to each other (docs/casework.md 5.1).
[[nodiscard]] std::vector<const Person*> package_persons(const Record& record,
                                                         const PackageRequest& request);

}  // namespace valv::casework
