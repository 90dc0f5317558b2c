#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "client/casework/times.h"

// Local times and the system tz database (docs/casework.md 3.3). The database is loaded once, at
// first use, by the date library; after that every function is pure and may be called from any
// thread.
namespace valv::casework {

// A name in the system tzdata that holds a `/` and does not begin with `Etc/` (nor with tzdata's
// own folders).
[[nodiscard]] bool is_known_zone(std::string_view zone);

enum class LocalKind { kUnique, kGap, kAmbiguous };

struct LocalLookup {
    LocalKind kind = LocalKind::kUnique;
    Instant first;       // unique, or the earlier of two
    Instant second;      // ambiguous: the later; else as first
    Local gap_before{};  // gap: the last real minute before it
    Local gap_after{};   // gap: the first real minute after it
};

// The zone must be known.
[[nodiscard]] LocalLookup look_up(Local local, std::string_view zone);

// The instant of a local time that the record accepted: `fold` picks between two, absent means the
// earlier (times without a fold field). In a gap the clock that was valid before is read on, so
// arithmetic stays total.
[[nodiscard]] Instant to_utc(Local local, std::string_view zone,
                             std::optional<std::int64_t> fold = std::nullopt);
[[nodiscard]] Local to_local(Instant instant, std::string_view zone);
[[nodiscard]] Date date_in(Instant instant, std::string_view zone);
[[nodiscard]] std::chrono::seconds utc_offset(Instant instant, std::string_view zone);

// `today` of docs/casework.md 3.1: the date of `now` in Europe/Stockholm.
[[nodiscard]] Date today_at(Instant now);

}  // namespace valv::casework
