#pragma once

#include "client/cli/session.h"
#include "client/lib/members.h"
#include "common/protocol/json.h"

namespace valv::cli {

// What a case's new keys mean for the people: what who left may have copied, and which links ended
// with the old keys.
void show_rotated(Output& output, const client::RotatedCase& rotated);
// Asks, where somebody can answer, whether the ended links are to be made anew, and makes them. For
// people only.
void offer_reissue(Session& session, const client::RotatedCase& rotated);
[[nodiscard]] protocol::JsonWriter rotated_json(const client::RotatedCase& rotated);

}  // namespace valv::cli
