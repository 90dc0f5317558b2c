#include <algorithm>

#include "server/store/memory/tables.h"

namespace valv::store {
namespace {

void drop_chains(MemoryState& state, MemoryJournal& journal, const VaultId& vault,
                 const CaseId& case_id) {
    std::vector<MemoryChain> chains;
    for (const auto& [chain, head] : state.heads) {
        if (std::get<0>(chain) == vault && std::get<2>(chain) == case_id) {
            chains.push_back(chain);
        }
    }
    for (const MemoryChain& chain : chains) {
        for (std::uint32_t number = state.heads.at(chain).number; number > 0; --number) {
            journal.erase(state.notes, {chain, number});
        }
        journal.erase(state.heads, chain);
    }
}

template <typename Condition>
void drop_links(MemoryState& state, MemoryJournal& journal, const Condition& is_of_case) {
    std::vector<LinkId> links;
    for (const auto& [id, link] : state.links) {
        if (is_of_case(link.row)) {
            links.push_back(id);
        }
    }
    for (const LinkId& link : links) {
        journal.erase(state.link_contents, link);
        journal.erase(state.links, link);
    }
}

}  // namespace

void MemoryErasureTable::put_retention(const RetentionRow& row) {
    const auto found = state_.cases.find(row.case_id);
    if (found == state_.cases.end() || found->second.vault != row.vault) {
        throw Error(ErrorCode::kStore, "erasures: retention of a case that is not there");
    }
    journal_.change(state_.retentions, row.case_id) = row;
}

std::optional<RetentionRow> MemoryErasureTable::find_retention(const VaultId& vault,
                                                               const CaseId& case_id) {
    const auto found = state_.retentions.find(case_id);
    const bool is_theirs = found != state_.retentions.end() && found->second.vault == vault;
    return is_theirs ? std::optional(found->second) : std::nullopt;
}

std::vector<RetentionRow> MemoryErasureTable::list_due(Instant now) {
    std::vector<RetentionRow> due;
    for (const auto& [case_id, row] : state_.retentions) {
        const bool is_due = row.erase_after && *row.erase_after <= now && !row.held_by;
        if (is_due && !state_.erasures.contains(case_id)) {
            due.push_back(row);
        }
    }
    return due;
}

bool MemoryErasureTable::begin(const ErasureRow& row) {
    const auto found = state_.cases.find(row.case_id);
    if (found == state_.cases.end() || found->second.vault != row.vault ||
        state_.erasures.contains(row.case_id)) {
        return false;
    }
    journal_.change(state_.erasures, row.case_id) = {.row = row, .members = found->second.members};
    journal_.change(state_.cases, row.case_id).members.clear();
    return true;
}

std::optional<ErasureRow> MemoryErasureTable::find(const VaultId& vault, const CaseId& case_id) {
    const auto found = state_.erasures.find(case_id);
    const bool is_theirs = found != state_.erasures.end() && found->second.row.vault == vault;
    return is_theirs ? std::optional(found->second.row) : std::nullopt;
}

bool MemoryErasureTable::was_member(const VaultId& vault, const CaseId& case_id,
                                    const DeviceId& device) {
    const auto found = state_.erasures.find(case_id);
    return found != state_.erasures.end() && found->second.row.vault == vault &&
           found->second.members.contains(device);
}

std::vector<ErasureRow> MemoryErasureTable::list(const VaultId& vault) {
    std::vector<ErasureRow> rows;
    for (const auto& [case_id, erasure] : state_.erasures) {
        if (erasure.row.vault == vault) {
            rows.push_back(erasure.row);
        }
    }
    return rows;
}

std::vector<ErasureRow> MemoryErasureTable::list_unfinished() {
    std::vector<ErasureRow> rows;
    for (const auto& [case_id, erasure] : state_.erasures) {
        if (!erasure.row.is_finished) {
            rows.push_back(erasure.row);
        }
    }
    return rows;
}

void MemoryErasureTable::drop_rows(const VaultId& vault, const CaseId& case_id) {
    const auto is_of_case = [&](const auto& row) {
        return row.vault == vault && row.case_id == case_id;
    };
    drop_chains(state_, journal_, vault, case_id);
    drop_links(state_, journal_, is_of_case);
    journal_.erase_if(state_.documents,
                      [&](const MemoryDocument& entry) { return is_of_case(entry.row); });
    journal_.erase_if(state_.uploads, is_of_case);
    journal_.erase_if(state_.retentions, is_of_case);
    if (const auto found = state_.cases.find(case_id);
        found != state_.cases.end() && found->second.vault == vault) {
        journal_.erase(state_.cases, case_id);
    }
}

void MemoryErasureTable::finish(const VaultId& vault, const CaseId& case_id) {
    if (find(vault, case_id)) {
        journal_.change(state_.erasures, case_id).row.is_finished = true;
    }
}

}  // namespace valv::store
