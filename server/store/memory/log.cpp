#include <algorithm>

#include "crypto/core/merkle.h"
#include "server/store/memory/tables.h"

namespace valv::store {

void MemoryLogTable::append(const VaultId& vault, const LogEntry& entry) {
    auto& frontier = journal_.change(state_.log_frontiers, vault);
    journal_.change(state_.log_entries, {vault, frontier.size()}) = entry;
    frontier.append(entry.leaf_hash);
}

LogHead MemoryLogTable::head(const VaultId& vault) {
    const auto found = state_.log_frontiers.find(vault);
    const auto frontier =
        found == state_.log_frontiers.end() ? crypto::MerkleFrontier() : found->second;
    return {.size = frontier.size(), .root = frontier.root()};
}

std::vector<LogEntry> MemoryLogTable::entries(const VaultId& vault, std::uint64_t first,
                                              std::uint64_t count) {
    std::vector<LogEntry> entries;
    auto next = state_.log_entries.lower_bound({vault, first});
    while (next != state_.log_entries.end() && next->first.first == vault &&
           entries.size() < count) {
        entries.push_back(next->second);
        ++next;
    }
    return entries;
}

std::vector<Hash> MemoryLogTable::leaf_hashes(const VaultId& vault, std::uint64_t first,
                                              std::uint64_t count) {
    std::vector<Hash> hashes;
    for (const LogEntry& entry : entries(vault, first, count)) {
        hashes.push_back(entry.leaf_hash);
    }
    return hashes;
}

std::vector<Hash> MemoryLogTable::tile_hashes(const VaultId& vault, unsigned level,
                                              std::uint64_t first, std::uint64_t count) {
    if (level == 0) {
        return leaf_hashes(vault, first, count);
    }
    std::vector<Hash> hashes;
    const std::uint64_t end =
        std::min(first + count, crypto::tile_level_size(head(vault).size, level));
    for (std::uint64_t at = first; at < end; ++at) {
        hashes.push_back(crypto::root_of(
            tile_hashes(vault, level - 1, at * crypto::kTileWidth, crypto::kTileWidth)));
    }
    return hashes;
}

std::optional<std::uint64_t> MemoryLogTable::find_leaf(const VaultId& vault, const Hash& leaf_hash,
                                                       std::uint64_t first) {
    for (auto next = state_.log_entries.lower_bound({vault, first});
         next != state_.log_entries.end() && next->first.first == vault; ++next) {
        if (next->second.leaf_hash == leaf_hash) {
            return next->first.second;
        }
    }
    return std::nullopt;
}

void MemoryLogTable::forget_events(const VaultId& vault, std::string_view line,
                                   std::uint64_t before) {
    const std::string whole_line = "\n" + std::string(line) + "\n";
    for (auto next = state_.log_entries.lower_bound({vault, 0});
         next != state_.log_entries.end() && next->first < std::pair(vault, before); ++next) {
        if (next->second.event.find(whole_line) != std::string::npos) {
            LogEntry& entry = journal_.change(state_.log_entries, next->first);
            entry.event.clear();
            entry.nonce.clear();
        }
    }
}

std::optional<std::string> MemoryLogTable::find_checkpoint(const VaultId& vault,
                                                           std::uint64_t size) {
    const auto found = state_.log_checkpoints.find({vault, size});
    return found == state_.log_checkpoints.end() ? std::nullopt : std::optional(found->second);
}

void MemoryLogTable::put_checkpoint(const VaultId& vault, std::uint64_t size,
                                    std::string_view checkpoint) {
    if (const auto standing = find_checkpoint(vault, size); standing && *standing != checkpoint) {
        throw Error(ErrorCode::kConflict,
                    "log: another checkpoint stands for size " + std::to_string(size));
    }
    journal_.change(state_.log_checkpoints, {vault, size}) = std::string(checkpoint);
}

std::optional<RequestRow> MemoryRequestTable::find(const RequestKey& key,
                                                   std::string_view principal, Instant now) {
    const auto found = state_.requests.find({key, std::string(principal)});
    const bool is_live = found != state_.requests.end() && found->second.expires_at > now;
    return is_live ? std::optional(found->second) : std::nullopt;
}

void MemoryRequestTable::insert(const RequestRow& row) {
    const auto found = state_.requests.find({row.key, row.principal});
    if (found != state_.requests.end() && found->second.expires_at >= row.expires_at) {
        throw Error(ErrorCode::kConflict, "requests: the key stands already");
    }
    journal_.change(state_.requests, {row.key, row.principal}) = row;
}

void MemoryRequestTable::remove_expired(Instant before) {
    journal_.erase_if(state_.requests,
                      [&](const RequestRow& row) { return row.expires_at < before; });
}

}  // namespace valv::store
