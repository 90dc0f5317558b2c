#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "crypto/core/merkle.h"
#include "server/store/rows.h"

// What MemoryStore holds. Each map stands for a table of sqlite/schema.cpp.
namespace valv::store {

struct MemoryToken {
    Instant expires_at;
    std::optional<VaultId> vault{};
    bool is_finished = false;
};

struct MemoryCase {
    VaultId vault;
    std::set<DeviceId> members{};
};

struct MemoryErasure {
    ErasureRow row;
    std::set<DeviceId> members{};
};

struct MemoryDocument {
    DocumentRow row;
    UploadId upload;
};

struct MemoryNetwork {
    std::uint32_t failures = 0;
    std::optional<Instant> waits_until{};
};

// What opens of one link read and write.
struct MemoryLink {
    LinkRow row;
    std::map<Hash, Instant> challenges{};  // hash → expiry
    std::map<std::string, MemoryNetwork> networks{};
    std::map<Hash, LeaseRow> leases{};  // by holder
    std::vector<OpenedRow> opened{};
};

struct MemoryLinkContent {
    std::map<std::uint32_t, LinkPartRow> parts{};
    std::map<std::uint32_t, LinkDocumentRow> documents{};
};

using MemoryChain = std::tuple<VaultId, NoteKind, CaseId, Bytes>;  // CaseId{}: none

struct MemoryState {
    std::map<Hash, MemoryToken> tokens;
    std::map<VaultId, VaultRow> vaults;
    std::map<VaultId, std::vector<DeviceRow>> devices;
    std::map<MemoryChain, NoteHead> heads;
    std::map<std::pair<MemoryChain, std::uint32_t>, NoteRow> notes;
    std::map<CaseId, MemoryCase> cases;
    std::map<CaseId, RetentionRow> retentions;
    std::map<CaseId, MemoryErasure> erasures;
    std::map<UploadId, UploadRow> uploads;
    std::map<std::pair<VaultId, DocumentId>, MemoryDocument> documents;
    std::map<LinkId, MemoryLink> links;
    std::map<LinkId, MemoryLinkContent> link_contents;
    std::map<InvitationId, InvitationRow> invitations;
    std::map<VaultId, crypto::MerkleFrontier> log_frontiers;
    std::map<std::pair<VaultId, std::uint64_t>, LogEntry> log_entries;
    std::map<std::pair<VaultId, std::uint64_t>, std::string> log_checkpoints;
    std::map<std::pair<RequestKey, std::string>, RequestRow> requests;
    std::map<int, Instant> high_water;  // one entry, 0
};

enum class Writing { kAllowed, kRefused };

// How to take back what the running transaction has changed.
class MemoryJournal {
public:
    void begin(Writing writing) { is_writable_ = writing == Writing::kAllowed; }
    void commit() { undo_.clear(); }
    void roll_back() {
        for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) {
            (*step)();
        }
        undo_.clear();
    }

    // The entry of `key`, made when it is absent, to be changed; a roll-back puts it back as it
    // stood.
    template <typename Map>
    typename Map::mapped_type& change(Map& map, const typename Map::key_type& key) {
        save(map, key);
        return map[key];
    }
    template <typename Map>
    void erase(Map& map, const typename Map::key_type& key) {
        save(map, key);
        map.erase(key);
    }
    template <typename Map, typename Condition>
    void erase_if(Map& map, Condition condition) {
        for (auto entry = map.begin(); entry != map.end();) {
            const auto next = std::next(entry);
            if (condition(entry->second)) {
                erase(map, typename Map::key_type(entry->first));
            }
            entry = next;
        }
    }

private:
    template <typename Map>
    void save(Map& map, const typename Map::key_type& key) {
        if (!is_writable_) {
            throw Error(ErrorCode::kStore, "memory: a write in a read transaction");
        }
        std::optional<typename Map::mapped_type> old;
        if (const auto found = map.find(key); found != map.end()) {
            old = found->second;
        }
        undo_.emplace_back([&map, key, old = std::move(old)] {
            if (old) {
                map.insert_or_assign(key, *old);
            } else {
                map.erase(key);
            }
        });
    }

    bool is_writable_ = false;
    std::vector<std::function<void()>> undo_;
};

}  // namespace valv::store
