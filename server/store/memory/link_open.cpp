#include <algorithm>

#include "server/store/lease_rules.h"
#include "server/store/memory/tables.h"

// The exact lease (docs/protocol.md section 4); the order of the steps is that of store.h and of
// sqlite/link_open.cpp.
namespace valv::store {
namespace {

OpenOutcome refuse_wrong_code(MemoryLink& link, const OpenAttempt& attempt) {
    MemoryNetwork& network = link.networks[attempt.network];
    if (const auto wait = wait_after(++network.failures)) {
        network.waits_until = attempt.now + std::chrono::seconds(*wait);
    }
    const bool is_newly_locked =
        ++link.row.failures >= link.row.failures_allowed && !link.row.locked_at;
    if (is_newly_locked) {
        link.row.locked_at = attempt.now;
    }
    return {.result = OpenResult::kWrongCode, .is_newly_locked = is_newly_locked, .link = link.row};
}

std::uint32_t number_of_holder(const MemoryLink& link, const Hash& holder_sha256) {
    std::uint32_t greatest = 0;
    for (const OpenedRow& row : link.opened) {
        if (row.holder_sha256 == holder_sha256) {
            return row.holder_number;
        }
        greatest = std::max(greatest, row.holder_number);
    }
    return greatest + 1;
}

OpenOutcome grant(MemoryLink& link, const OpenAttempt& attempt) {
    if (link.row.opens >= link.row.max_opens) {
        return {.result = OpenResult::kUsedUp, .link = link.row};
    }
    ++link.row.opens;
    const LeaseRow lease{.link = attempt.link,
                         .holder_sha256 = attempt.holder_sha256,
                         .holder_number = number_of_holder(link, attempt.holder_sha256),
                         .screen_key = attempt.screen_key,
                         .until = lease_end(link.row, attempt.now),
                         .log_leaf = attempt.log_leaf};
    link.leases[attempt.holder_sha256] = lease;
    link.opened.push_back({.at = attempt.now,
                           .network = attempt.network,
                           .holder_number = lease.holder_number,
                           .holder_sha256 = attempt.holder_sha256,
                           .challenge = attempt.challenge,
                           .signature = attempt.signature});
    return {.result = OpenResult::kLease, .lease = lease, .is_new_lease = true, .link = link.row};
}

OpenOutcome decide(MemoryLink& link, const OpenAttempt& attempt) {
    if (auto outcome = ended_outcome(link.row, attempt.now); outcome.result != OpenResult::kLease) {
        return outcome;
    }
    if (const auto until = link.networks[attempt.network].waits_until;
        until && *until > attempt.now) {
        return {.result = OpenResult::kWaiting, .at = until, .link = link.row};
    }
    if (!attempt.signature_is_right) {
        return refuse_wrong_code(link, attempt);
    }
    const auto lease = link.leases.find(attempt.holder_sha256);
    if (lease != link.leases.end() && lease->second.until > attempt.now) {
        return {.result = OpenResult::kLease, .lease = lease->second, .link = link.row};
    }
    if (link.row.locked_at) {
        return {.result = OpenResult::kLocked, .at = link.row.locked_at, .link = link.row};
    }
    return grant(link, attempt);
}

}  // namespace

OpenOutcome MemoryLinkTable::open(const OpenAttempt& attempt) {
    const auto found = state_.links.find(attempt.link);
    if (found == state_.links.end()) {
        return {.result = OpenResult::kNoChallenge};
    }
    const auto challenge = found->second.challenges.find(attempt.challenge_sha256);
    if (challenge == found->second.challenges.end() || challenge->second <= attempt.now) {
        return {.result = OpenResult::kNoChallenge};
    }
    MemoryLink& link = journal_.change(state_.links, attempt.link);
    link.challenges.erase(attempt.challenge_sha256);
    return decide(link, attempt);
}

}  // namespace valv::store
