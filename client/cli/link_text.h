#pragma once

#include <string>

#include "client/cli/command.h"
#include "client/lib/links.h"

// A link of ours as it is listed and shown.
namespace valv::cli {

// `live`, `revoked`, `locked`, `used up`, `ran out`, `not yet open`
[[nodiscard]] std::string state_text(const protocol::LinkState& state, Instant now);
[[nodiscard]] std::string recipient_text(const client::LinkView& view,
                                         const casework::Record& record);
// What the server enforces and counts, one fact a line.
void show_state(Output& output, const protocol::LinkState& state, Instant now);
[[nodiscard]] protocol::JsonWriter link_json(const client::LinkView& view, Instant now);
[[nodiscard]] protocol::JsonWriter state_json(const protocol::LinkState& state, Instant now);

}  // namespace valv::cli
