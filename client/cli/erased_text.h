#pragma once

#include <string>
#include <vector>

#include "client/cli/session.h"
#include "client/lib/erasures.h"
#include "client/lib/retention.h"

namespace valv::cli {

// Says on standard error which cases were erased since this was last said, when and by whom, and
// drops what the profile keeps of them. A row for each, for JSON.
std::vector<protocol::JsonWriter> tell_erased(Session& session);

// `until 2028-03-03`, `on hold`, or nothing when nobody decided.
[[nodiscard]] std::string kept_text(const protocol::Retention& decision);

// The case's last day, before the instant at which it may go.
[[nodiscard]] casework::Date last_day(Instant erase_after);

}  // namespace valv::cli
