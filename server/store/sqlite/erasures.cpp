#include "common/base/error.h"
#include "server/store/sqlite/tables.h"

namespace valv::store {
namespace {

std::vector<RetentionRow> read_retentions(Statement& row) {
    std::vector<RetentionRow> rows;
    while (row.step()) {
        rows.push_back(
            {.vault = row.id<VaultId>(0),
             .case_id = row.id<CaseId>(1),
             .erase_after = row.maybe_instant(2),
             .held_by = row.is_null(3) ? std::nullopt : std::optional(row.id<DeviceId>(3))});
    }
    return rows;
}

std::vector<ErasureRow> read_erasures(Statement& row) {
    std::vector<ErasureRow> rows;
    while (row.step()) {
        rows.push_back({.vault = row.id<VaultId>(0),
                        .case_id = row.id<CaseId>(1),
                        .event = row.text(2),
                        .nonce = row.octets(3),
                        .leaf_hash = row.hash(4),
                        .log_size = row.size(5),
                        .note = row.text(6),
                        .object = row.octets(7),
                        .is_finished = row.flag(8)});
    }
    return rows;
}

template <typename Row>
std::optional<Row> only_row(std::vector<Row> rows) {
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

void drop_links(Connection& db, const VaultId& vault, const CaseId& case_id) {
    db.run(
        "DELETE FROM link_part WHERE link IN (SELECT link FROM link WHERE vault = ? AND case_id = "
        "?)",
        vault, case_id);
    db.run(
        "DELETE FROM link_document WHERE link IN (SELECT link FROM link WHERE vault = ? AND "
        "case_id = ?)",
        vault, case_id);
    db.run(
        "DELETE FROM link_challenge WHERE link IN (SELECT link FROM link WHERE vault = ? AND "
        "case_id = ?)",
        vault, case_id);
    db.run(
        "DELETE FROM link_network WHERE link IN (SELECT link FROM link WHERE vault = ? AND case_id "
        "= ?)",
        vault, case_id);
    db.run(
        "DELETE FROM link_lease WHERE link IN (SELECT link FROM link WHERE vault = ? AND case_id = "
        "?)",
        vault, case_id);
    db.run(
        "DELETE FROM link_opened WHERE link IN (SELECT link FROM link WHERE vault = ? AND case_id "
        "= ?)",
        vault, case_id);
    db.run("DELETE FROM link WHERE vault = ? AND case_id = ?", vault, case_id);
}

void drop_documents(Connection& db, const VaultId& vault, const CaseId& case_id) {
    db.run(
        "DELETE FROM document_piece WHERE vault = ?1 AND document IN"
        " (SELECT document FROM document WHERE vault = ?1 AND case_id = ?2)",
        vault, case_id);
    db.run("DELETE FROM document WHERE vault = ? AND case_id = ?", vault, case_id);
    db.run(
        "DELETE FROM upload_piece WHERE upload IN"
        " (SELECT upload FROM upload WHERE vault = ? AND case_id = ?)",
        vault, case_id);
    db.run("DELETE FROM upload WHERE vault = ? AND case_id = ?", vault, case_id);
}

}  // namespace

void SqliteErasureTable::put_retention(const RetentionRow& row) {
    const int put = db_.run(
        "INSERT INTO case_retention SELECT ?1, ?2, ?3, ?4 WHERE EXISTS"
        " (SELECT 1 FROM vault_case WHERE vault = ?1 AND case_id = ?2)"
        " ON CONFLICT (vault, case_id) DO UPDATE SET erase_after = ?3, held_by = ?4",
        row.vault, row.case_id, row.erase_after, row.held_by);
    if (put != 1) {
        throw Error(ErrorCode::kStore, "erasures: retention of a case that is not there");
    }
}

std::optional<RetentionRow> SqliteErasureTable::find_retention(const VaultId& vault,
                                                               const CaseId& case_id) {
    Statement row =
        db_.query("SELECT * FROM case_retention WHERE vault = ? AND case_id = ?", vault, case_id);
    return only_row(read_retentions(row));
}

std::vector<RetentionRow> SqliteErasureTable::list_due(Instant now) {
    Statement row = db_.query(
        "SELECT * FROM case_retention WHERE erase_after <= ? AND held_by IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM case_erasure WHERE case_erasure.case_id = case_retention.case_id)"
        " ORDER BY case_id",
        now);
    return read_retentions(row);
}

bool SqliteErasureTable::begin(const ErasureRow& row) {
    const int begun = db_.run(
        "INSERT INTO case_erasure SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE EXISTS"
        " (SELECT 1 FROM vault_case WHERE vault = ?1 AND case_id = ?2) ON CONFLICT DO NOTHING",
        row.vault, row.case_id, row.event, row.nonce, row.leaf_hash, row.log_size, row.note,
        row.object, row.is_finished);
    if (begun == 1) {
        db_.run(
            "INSERT INTO erased_member SELECT vault, case_id, device FROM case_member"
            " WHERE vault = ? AND case_id = ?",
            row.vault, row.case_id);
        db_.run("DELETE FROM case_member WHERE vault = ? AND case_id = ?", row.vault, row.case_id);
    }
    return begun == 1;
}

std::optional<ErasureRow> SqliteErasureTable::find(const VaultId& vault, const CaseId& case_id) {
    Statement row =
        db_.query("SELECT * FROM case_erasure WHERE vault = ? AND case_id = ?", vault, case_id);
    return only_row(read_erasures(row));
}

bool SqliteErasureTable::was_member(const VaultId& vault, const CaseId& case_id,
                                    const DeviceId& device) {
    Statement found =
        db_.query("SELECT 1 FROM erased_member WHERE vault = ? AND case_id = ? AND device = ?",
                  vault, case_id, device);
    return found.step();
}

std::vector<ErasureRow> SqliteErasureTable::list(const VaultId& vault) {
    Statement row = db_.query("SELECT * FROM case_erasure WHERE vault = ? ORDER BY case_id", vault);
    return read_erasures(row);
}

std::vector<ErasureRow> SqliteErasureTable::list_unfinished() {
    Statement row = db_.query("SELECT * FROM case_erasure WHERE is_finished = 0 ORDER BY case_id");
    return read_erasures(row);
}

void SqliteErasureTable::drop_rows(const VaultId& vault, const CaseId& case_id) {
    drop_links(db_, vault, case_id);
    drop_documents(db_, vault, case_id);
    db_.run("DELETE FROM note WHERE vault = ? AND case_id = ?", vault, case_id);
    db_.run("DELETE FROM note_head WHERE vault = ? AND case_id = ?", vault, case_id);
    db_.run("DELETE FROM case_retention WHERE vault = ? AND case_id = ?", vault, case_id);
    db_.run("DELETE FROM case_member WHERE vault = ? AND case_id = ?", vault, case_id);
    db_.run("DELETE FROM vault_case WHERE vault = ? AND case_id = ?", vault, case_id);
}

void SqliteErasureTable::finish(const VaultId& vault, const CaseId& case_id) {
    db_.run("UPDATE case_erasure SET is_finished = 1 WHERE vault = ? AND case_id = ?", vault,
            case_id);
}

}  // namespace valv::store
