#include <algorithm>
#include <limits>

#include "common/base/error.h"
#include "crypto/core/merkle.h"
#include "server/store/sqlite/tables.h"

namespace valv::store {
namespace {

using crypto::MerkleFrontier;

std::vector<Hash> split_hashes(ByteView octets) {
    std::vector<Hash> hashes;
    for (std::size_t at = 0; at < octets.size(); at += crypto::kHashBytes) {
        hashes.push_back(crypto::hash_from(
            octets.subspan(at, std::min(crypto::kHashBytes, octets.size() - at))));
    }
    return hashes;
}

Bytes join_hashes(const std::vector<Hash>& hashes) {
    Bytes octets;
    for (const Hash& hash : hashes) {
        append(octets, hash);
    }
    return octets;
}

// SQLite's LIMIT is signed; a caller may ask for "all".
std::int64_t as_limit(std::uint64_t count) {
    return static_cast<std::int64_t>(
        std::min(count, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())));
}

MerkleFrontier read_frontier(Connection& db, const VaultId& vault) {
    Statement row = db.query("SELECT size, peaks FROM log_head WHERE vault = ?", vault);
    return row.step() ? MerkleFrontier(row.size(0), split_hashes(row.octets(1))) : MerkleFrontier();
}

}  // namespace

// The one writer numbers at once: index = size of the tree. The PRIMARY KEY is the second wall.
void SqliteLogTable::append(const VaultId& vault, const LogEntry& entry) {
    MerkleFrontier frontier = read_frontier(db_, vault);
    const std::uint64_t leaf = frontier.size();
    frontier.append(entry.leaf_hash);
    db_.run(
        "INSERT INTO log_head VALUES (?1, ?2, ?3) ON CONFLICT (vault) DO UPDATE SET size = ?2, "
        "peaks = ?3",
        vault, frontier.size(), join_hashes(frontier.peaks()));
    db_.run("INSERT INTO log_entry VALUES (?, ?, ?, ?, ?)", vault, leaf, entry.leaf_hash,
            entry.nonce, entry.event);
    complete_tiles(vault, frontier.size());
}

// Every 256 hashes of a level are one hash of the next, kept so that a proof reads a few hundred
// rows of a log of any size.
void SqliteLogTable::complete_tiles(const VaultId& vault, std::uint64_t size) {
    std::uint64_t count = size;
    for (unsigned level = 1; count > 0 && count % crypto::kTileWidth == 0; ++level) {
        const std::vector<Hash> tile =
            tile_hashes(vault, level - 1, count - crypto::kTileWidth, crypto::kTileWidth);
        count /= crypto::kTileWidth;
        db_.run("INSERT INTO log_tile_hash VALUES (?, ?, ?, ?)", vault, std::uint64_t{level},
                count - 1, crypto::root_of(tile));
    }
}

std::vector<Hash> SqliteLogTable::tile_hashes(const VaultId& vault, unsigned level,
                                              std::uint64_t first, std::uint64_t count) {
    if (level == 0) {
        return leaf_hashes(vault, first, count);
    }
    std::vector<Hash> hashes;
    Statement row = db_.query(
        "SELECT hash FROM log_tile_hash WHERE vault = ? AND level = ? AND at >= ? ORDER BY at "
        "LIMIT "
        "?",
        vault, std::uint64_t{level}, first, as_limit(count));
    while (row.step()) {
        hashes.push_back(row.hash(0));
    }
    return hashes;
}

LogHead SqliteLogTable::head(const VaultId& vault) {
    const MerkleFrontier frontier = read_frontier(db_, vault);
    return {.size = frontier.size(), .root = frontier.root()};
}

std::vector<Hash> SqliteLogTable::leaf_hashes(const VaultId& vault, std::uint64_t first,
                                              std::uint64_t count) {
    std::vector<Hash> hashes;
    Statement row = db_.query(
        "SELECT leaf_hash FROM log_entry WHERE vault = ? AND leaf >= ? ORDER BY leaf LIMIT ?",
        vault, first, as_limit(count));
    while (row.step()) {
        hashes.push_back(row.hash(0));
    }
    return hashes;
}

std::vector<LogEntry> SqliteLogTable::entries(const VaultId& vault, std::uint64_t first,
                                              std::uint64_t count) {
    std::vector<LogEntry> entries;
    Statement row = db_.query(
        "SELECT event, nonce, leaf_hash FROM log_entry WHERE vault = ? AND leaf >= ? ORDER BY leaf "
        "LIMIT ?",
        vault, first, as_limit(count));
    while (row.step()) {
        entries.push_back({.event = row.text(0), .nonce = row.octets(1), .leaf_hash = row.hash(2)});
    }
    return entries;
}

std::optional<std::uint64_t> SqliteLogTable::find_leaf(const VaultId& vault, const Hash& leaf_hash,
                                                       std::uint64_t first) {
    Statement row = db_.query(
        "SELECT leaf FROM log_entry WHERE vault = ? AND leaf >= ? AND leaf_hash = ?"
        " ORDER BY leaf LIMIT 1",
        vault, first, leaf_hash);
    return row.step() ? std::optional(row.size(0)) : std::nullopt;
}

void SqliteLogTable::forget_events(const VaultId& vault, std::string_view line,
                                   std::uint64_t before) {
    db_.run(
        "UPDATE log_entry SET event = '', nonce = x'' WHERE vault = ? AND leaf < ? AND"
        " instr(event, ?) > 0",
        vault, before, "\n" + std::string(line) + "\n");
}

std::optional<std::string> SqliteLogTable::find_checkpoint(const VaultId& vault,
                                                           std::uint64_t size) {
    Statement row = db_.query("SELECT checkpoint FROM log_checkpoint WHERE vault = ? AND size = ?",
                              vault, size);
    return row.step() ? std::optional(row.text(0)) : std::nullopt;
}

void SqliteLogTable::put_checkpoint(const VaultId& vault, std::uint64_t size,
                                    std::string_view checkpoint) {
    db_.run("INSERT INTO log_checkpoint VALUES (?, ?, ?) ON CONFLICT DO NOTHING", vault, size,
            checkpoint);
    if (find_checkpoint(vault, size) != checkpoint) {
        throw Error(ErrorCode::kConflict,
                    "log: another checkpoint stands for size " + std::to_string(size));
    }
}

}  // namespace valv::store
