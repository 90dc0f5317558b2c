#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "client/lib/cases.h"

// What the members of a case decided about its end, as the server is told it (docs/formats.md
// section 12).
namespace valv::client {

struct RetentionState {
    protocol::Retention decision;     // neither date nor hold: nobody decided
    crypto::NoteHead head;            // number 0: there is no note yet
    std::optional<DeviceId> decider;  // who signed the newest note
};

// The newest note; its chain verified from the pin on. The case is as its last sync found it.
[[nodiscard]] RetentionState read_retention(Case& opened);

// Reads, changes, signs and puts; on a lost race again on the new state. Nothing is sent when
// `change` leaves the decision as it was.
RetentionState update_retention(
    Case& opened, const std::function<protocol::Retention(protocol::Retention)>& change);

// The signed order to erase the case now, to be sent as its call wants it.
[[nodiscard]] protocol::Put order_erasure(Case& opened, const RetentionState& standing);

// The first instant at which a case may go that was closed on this day and is kept for so many
// years: its last day is over in every time zone.
[[nodiscard]] Instant erase_after(casework::Date closed_on, std::uint32_t years);

}  // namespace valv::client
