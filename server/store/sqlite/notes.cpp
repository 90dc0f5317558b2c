#include "server/store/sqlite/tables.h"

namespace valv::store {
namespace {

// The chain's case as a key column: keys cannot be NULL, so "no case" is the empty blob.
ByteView case_octets(const ChainKey& chain) {
    return chain.case_id ? chain.case_id->bytes() : ByteView{};
}

std::int64_t kind_number(NoteKind kind) {
    return static_cast<std::int64_t>(kind);  // stored: enumerators of NoteKind are never reordered
}

bool move_head(Connection& db, const ChainKey& chain, const std::optional<Hash>& previous,
               const NoteHead& head) {
    if (!previous) {
        return head.number == 1 &&
               db.run(
                   "INSERT INTO note_head VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING",
                   chain.vault, kind_number(chain.kind), case_octets(chain), chain.object,
                   head.epoch, head.note_sha256, head.directory_number) == 1;
    }
    return head.number > 1 &&
           db.run(
               "UPDATE note_head SET epoch = ?5, number = ?6, note_sha256 = ?7, directory_number = "
               "?8"
               " WHERE vault = ?1 AND kind = ?2 AND case_id = ?3 AND object = ?4 AND number = ?6 - "
               "1"
               " AND note_sha256 = ?9",
               chain.vault, kind_number(chain.kind), case_octets(chain), chain.object, head.epoch,
               head.number, head.note_sha256, head.directory_number, *previous) == 1;
}

}  // namespace

std::optional<NoteHead> SqliteNoteTable::find_head(const ChainKey& chain) {
    Statement row = db_.query(
        "SELECT epoch, number, note_sha256, directory_number FROM note_head"
        " WHERE vault = ? AND kind = ? AND case_id = ? AND object = ?",
        chain.vault, kind_number(chain.kind), case_octets(chain), chain.object);
    if (!row.step()) {
        return std::nullopt;
    }
    return NoteHead{.epoch = row.number(0),
                    .number = row.number(1),
                    .note_sha256 = row.hash(2),
                    .directory_number = row.number(3)};
}

bool SqliteNoteTable::put_if(const ChainKey& chain, const std::optional<Hash>& previous,
                             const NoteRow& row) {
    if (!move_head(db_, chain, previous, row.head)) {
        return false;
    }
    db_.run("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", chain.vault,
            kind_number(chain.kind), case_octets(chain), chain.object, row.head.number,
            row.head.epoch, row.head.note_sha256, row.head.directory_number, row.note,
            row.object.salt, row.object.octets);
    return true;
}

std::optional<NoteRow> SqliteNoteTable::find(const ChainKey& chain, std::uint32_t number) {
    Statement row = db_.query(
        "SELECT epoch, number, note_sha256, directory_number, note, object_salt, object_octets "
        "FROM note"
        " WHERE vault = ? AND kind = ? AND case_id = ? AND object = ? AND number = ?",
        chain.vault, kind_number(chain.kind), case_octets(chain), chain.object, number);
    if (!row.step()) {
        return std::nullopt;
    }
    return NoteRow{.head = {.epoch = row.number(0),
                            .number = row.number(1),
                            .note_sha256 = row.hash(2),
                            .directory_number = row.number(3)},
                   .note = row.text(4),
                   .object = {.salt = row.octets(5), .octets = row.octets(6)}};
}

std::vector<ChainKey> SqliteNoteTable::list_chains(const VaultId& vault) {
    std::vector<ChainKey> chains;
    Statement row = db_.query(
        "SELECT kind, case_id, object FROM note_head WHERE vault = ? ORDER BY kind, case_id, "
        "object",
        vault);
    while (row.step()) {
        const Bytes case_id = row.octets(1);
        chains.push_back(
            {.vault = vault,
             .kind = static_cast<NoteKind>(row.integer(0)),
             .case_id = case_id.empty() ? std::nullopt : std::optional(CaseId::from_bytes(case_id)),
             .object = row.octets(2)});
    }
    return chains;
}

}  // namespace valv::store
