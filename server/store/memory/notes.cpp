#include "server/store/memory/tables.h"

namespace valv::store {
namespace {

MemoryChain key_of(const ChainKey& chain) {
    return {chain.vault, chain.kind, chain.case_id.value_or(CaseId{}), chain.object};
}

}  // namespace

std::optional<NoteHead> MemoryNoteTable::find_head(const ChainKey& chain) {
    const auto found = state_.heads.find(key_of(chain));
    return found == state_.heads.end() ? std::nullopt : std::optional(found->second);
}

bool MemoryNoteTable::put_if(const ChainKey& chain, const std::optional<Hash>& previous,
                             const NoteRow& row) {
    const auto head = find_head(chain);
    const bool follows = head ? previous == head->note_sha256 && row.head.number == head->number + 1
                              : !previous && row.head.number == 1;
    if (follows) {
        journal_.change(state_.heads, key_of(chain)) = row.head;
        journal_.change(state_.notes, {key_of(chain), row.head.number}) = row;
    }
    return follows;
}

std::optional<NoteRow> MemoryNoteTable::find(const ChainKey& chain, std::uint32_t number) {
    const auto found = state_.notes.find({key_of(chain), number});
    return found == state_.notes.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ChainKey> MemoryNoteTable::list_chains(const VaultId& vault) {
    std::vector<ChainKey> chains;
    for (const auto& [key, head] : state_.heads) {
        const auto& [of_vault, kind, case_id, object] = key;
        if (of_vault == vault) {
            chains.push_back(
                {.vault = vault,
                 .kind = kind,
                 .case_id = case_id == CaseId{} ? std::nullopt : std::optional(case_id),
                 .object = object});
        }
    }
    return chains;
}

bool MemoryCaseTable::insert(const VaultId& vault, const CaseId& case_id, Instant /*created_at*/) {
    if (state_.cases.contains(case_id) || state_.erasures.contains(case_id)) {
        return false;
    }
    journal_.change(state_.cases, case_id) = {.vault = vault};
    return true;
}

void MemoryCaseTable::replace_members(const VaultId& vault, const CaseId& case_id,
                                      const std::vector<DeviceId>& devices) {
    const auto found = state_.cases.find(case_id);
    if (found == state_.cases.end() || found->second.vault != vault) {
        throw Error(ErrorCode::kStore, "cases: members of a case that is not there");
    }
    journal_.change(state_.cases, case_id).members = {devices.begin(), devices.end()};
}

bool MemoryCaseTable::is_member(const VaultId& vault, const CaseId& case_id,
                                const DeviceId& device) {
    const auto found = state_.cases.find(case_id);
    return found != state_.cases.end() && found->second.vault == vault &&
           found->second.members.contains(device);
}

std::vector<CaseId> MemoryCaseTable::list_of_member(const VaultId& vault, const DeviceId& device) {
    std::vector<CaseId> cases;
    for (const auto& [case_id, row] : state_.cases) {
        if (row.vault == vault && row.members.contains(device)) {
            cases.push_back(case_id);
        }
    }
    return cases;
}

std::vector<CaseId> MemoryCaseTable::list(const VaultId& vault) {
    std::vector<CaseId> cases;
    for (const auto& [case_id, row] : state_.cases) {
        if (row.vault == vault) {
            cases.push_back(case_id);
        }
    }
    return cases;
}

}  // namespace valv::store
