#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "server/store/rows.h"

// The numbers of the exact lease (docs/protocol.md section 4), shared by the stores so that they
// cannot drift apart.
namespace valv::store {

constexpr std::uint32_t kFailuresBeforeWaiting = 5;  // of one network prefix at one link
constexpr std::chrono::minutes kFirstWait{1};        // doubles with each further failure
constexpr std::chrono::minutes kLongestWait{15};
constexpr std::uint32_t kMaxSubmissions = 5;  // of one invitation

// How long a prefix waits after its `failures`th wrong signature; none before the fifth.
[[nodiscard]] constexpr std::optional<std::chrono::minutes> wait_after(std::uint32_t failures) {
    if (failures < kFailuresBeforeWaiting) {
        return std::nullopt;
    }
    const std::uint32_t doublings =
        std::min(failures - kFailuresBeforeWaiting, 4U);  // 16 minutes is past the longest
    return std::min(kLongestWait, kFirstWait * (1U << doublings));
}

[[nodiscard]] constexpr Instant lease_end(const LinkRow& link, Instant now) {
    return std::min(now + std::chrono::seconds(link.lease_length), link.not_after);
}

// Why a link gives nothing to anyone at `now`, whatever the signature; kLease when it may go on.
[[nodiscard]] inline OpenOutcome ended_outcome(const LinkRow& link, Instant now) {
    if (link.revoked_at) {
        return {.result = OpenResult::kRevoked, .at = link.revoked_at, .link = link};
    }
    if (now >= link.not_after) {
        return {.result = OpenResult::kExpired, .at = link.not_after, .link = link};
    }
    if (link.not_before && now < *link.not_before) {
        return {.result = OpenResult::kNotYet, .at = link.not_before, .link = link};
    }
    return {.result = OpenResult::kLease, .link = link};
}

// The same key, device id or signing key in two lines of one directory.
[[nodiscard]] inline bool has_twins(const std::vector<DeviceRow>& devices) {
    for (auto one = devices.begin(); one != devices.end(); ++one) {
        for (auto other = devices.begin(); other != one; ++other) {
            if (one->device == other->device || one->signing_key == other->signing_key ||
                one->tls_key_sha256 == other->tls_key_sha256) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace valv::store
