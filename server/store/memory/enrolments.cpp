#include <algorithm>

#include "server/store/lease_rules.h"
#include "server/store/memory/tables.h"

namespace valv::store {

bool MemoryEnrolmentTable::insert(const InvitationRow& row) {
    if (state_.invitations.contains(row.invitation)) {
        return false;
    }
    journal_.change(state_.invitations, row.invitation) = row;
    return true;
}

std::optional<InvitationRow> MemoryEnrolmentTable::find(const VaultId& vault,
                                                        const InvitationId& invitation) {
    const auto found = state_.invitations.find(invitation);
    const bool is_theirs = found != state_.invitations.end() && found->second.vault == vault;
    return is_theirs ? std::optional(found->second) : std::nullopt;
}

std::vector<InvitationRow> MemoryEnrolmentTable::list(const VaultId& vault, Instant now) {
    std::vector<InvitationRow> rows;
    for (const auto& [id, row] : state_.invitations) {
        if (row.vault == vault && row.expires_at > now) {
            rows.push_back(row);
        }
    }
    std::ranges::stable_sort(rows, {}, &InvitationRow::expires_at);
    return rows;
}

std::optional<std::uint32_t> MemoryEnrolmentTable::add_submission(const VaultId& vault,
                                                                  const InvitationId& invitation,
                                                                  std::string_view submission,
                                                                  Instant now) {
    const auto row = find(vault, invitation);
    if (!row || row->approval || row->expires_at <= now ||
        row->submissions.size() >= kMaxSubmissions) {
        return std::nullopt;
    }
    auto& submissions = journal_.change(state_.invitations, invitation).submissions;
    submissions.emplace_back(submission);
    return static_cast<std::uint32_t>(submissions.size());
}

bool MemoryEnrolmentTable::approve(const VaultId& vault, const InvitationId& invitation,
                                   std::string_view approval) {
    const auto row = find(vault, invitation);
    if (!row || (row->approval && *row->approval != approval)) {
        return false;
    }
    journal_.change(state_.invitations, invitation).approval = std::string(approval);
    return true;
}

bool MemoryEnrolmentTable::remove(const VaultId& vault, const InvitationId& invitation) {
    const bool is_there = find(vault, invitation).has_value();
    if (is_there) {
        journal_.erase(state_.invitations, invitation);
    }
    return is_there;
}

void MemoryEnrolmentTable::remove_expired(Instant before) {
    journal_.erase_if(state_.invitations,
                      [&](const InvitationRow& row) { return row.expires_at < before; });
}

}  // namespace valv::store
