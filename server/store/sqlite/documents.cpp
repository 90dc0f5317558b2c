#include "server/store/sqlite/tables.h"

namespace valv::store {
namespace {

std::vector<Piece> read_pieces(Statement& row) {
    std::vector<Piece> pieces;
    while (row.step()) {
        pieces.push_back({.blob = row.id<BlobId>(0), .size = row.size(1)});
    }
    return pieces;
}

std::vector<Piece> pieces_of(Connection& db, const UploadId& upload) {
    Statement row =
        db.query("SELECT blob, size FROM upload_piece WHERE upload = ? ORDER BY at", upload);
    return read_pieces(row);
}

std::vector<Piece> pieces_of(Connection& db, const VaultId& vault, const DocumentId& document) {
    Statement row = db.query(
        "SELECT blob, size FROM document_piece WHERE vault = ? AND document = ? ORDER BY at", vault,
        document);
    return read_pieces(row);
}

// Columns: upload, vault, case_id, document, device, size, offset, created_at.
UploadRow read_upload(Connection& db, const Statement& row) {
    const auto upload = row.id<UploadId>(0);
    return {.vault = row.id<VaultId>(1),
            .case_id = row.id<CaseId>(2),
            .document = row.id<DocumentId>(3),
            .upload = upload,
            .device = row.id<DeviceId>(4),
            .size = row.size(5),
            .offset = row.size(6),
            .pieces = pieces_of(db, upload),
            .created_at = row.instant(7)};
}

// Columns: vault, case_id, document, size, body_root, header, device, created_at.
DocumentRow read_document(Connection& db, const Statement& row) {
    const auto vault = row.id<VaultId>(0);
    const auto document = row.id<DocumentId>(2);
    return {.vault = vault,
            .case_id = row.id<CaseId>(1),
            .document = document,
            .size = row.size(3),
            .body_root = row.hash(4),
            .header = row.octets(5),
            .pieces = pieces_of(db, vault, document),
            .device = row.id<DeviceId>(6),
            .created_at = row.instant(7)};
}

std::vector<DocumentRow> read_documents(Connection& db, Statement& row) {
    std::vector<DocumentRow> documents;
    while (row.step()) {
        documents.push_back(read_document(db, row));
    }
    return documents;
}

bool is_made_from(Connection& db, const UploadId& upload, const DocumentRow& row) {
    Statement found = db.query(
        "SELECT 1 FROM document WHERE vault = ? AND document = ? AND case_id = ? AND upload = ? "
        "AND size = ?"
        " AND body_root = ?",
        row.vault, row.document, row.case_id, upload, row.size, row.body_root);
    return found.step();
}

}  // namespace

bool SqliteDocumentTable::insert_upload(const UploadRow& row) {
    const int inserted = db_.run(
        "INSERT INTO upload SELECT ?1, ?2, ?3, ?4, ?5, ?6, 0, ?7"
        " WHERE NOT EXISTS (SELECT 1 FROM document WHERE vault = ?2 AND document = ?4) ON CONFLICT "
        "DO NOTHING",
        row.upload, row.vault, row.case_id, row.document, row.device, row.size, row.created_at);
    if (inserted == 1) {
        return true;
    }
    Statement same = db_.query(
        "SELECT 1 FROM upload WHERE upload = ? AND vault = ? AND case_id = ? AND document = ? AND "
        "size = ?",
        row.upload, row.vault, row.case_id, row.document, row.size);
    return same.step();
}

std::optional<UploadRow> SqliteDocumentTable::find_upload(const VaultId& vault,
                                                          const CaseId& case_id,
                                                          const UploadId& upload) {
    Statement row = db_.query(
        "SELECT upload, vault, case_id, document, device, size, offset, created_at FROM upload"
        " WHERE upload = ? AND vault = ? AND case_id = ?",
        upload, vault, case_id);
    return row.step() ? std::optional(read_upload(db_, row)) : std::nullopt;
}

bool SqliteDocumentTable::append_piece(const UploadId& upload, std::uint64_t at,
                                       const Piece& piece) {
    const int moved = db_.run(
        "UPDATE upload SET offset = offset + ?3 WHERE upload = ?1 AND offset = ?2 AND offset + ?3 "
        "<= size",
        upload, at, piece.size);
    if (moved == 0) {
        return false;
    }
    db_.run("INSERT INTO upload_piece VALUES (?, ?, ?, ?)", upload, at, piece.blob, piece.size);
    return true;
}

void SqliteDocumentTable::remove_upload(const UploadId& upload) {
    db_.run("DELETE FROM upload_piece WHERE upload = ?", upload);
    db_.run("DELETE FROM upload WHERE upload = ?", upload);
}

bool SqliteDocumentTable::finish_upload(const UploadId& upload, const DocumentRow& row) {
    const int inserted = db_.run(
        "INSERT INTO document SELECT vault, document, case_id, size, ?1, ?2, ?3, ?4, upload FROM "
        "upload"
        " WHERE upload = ?5 AND vault = ?6 AND case_id = ?7 AND document = ?8 AND size = ?9 AND "
        "offset = ?9",
        row.body_root, row.header, row.device, row.created_at, upload, row.vault, row.case_id,
        row.document, row.size);
    if (inserted == 0) {
        return is_made_from(db_, upload, row);
    }
    db_.run(
        "INSERT INTO document_piece SELECT ?2, ?3, at, blob, size FROM upload_piece WHERE upload = "
        "?1",
        upload, row.vault, row.document);
    remove_upload(upload);
    return true;
}

std::optional<DocumentRow> SqliteDocumentTable::find(const VaultId& vault, const CaseId& case_id,
                                                     const DocumentId& document) {
    Statement row = db_.query(
        "SELECT vault, case_id, document, size, body_root, header, device, created_at FROM document"
        " WHERE vault = ? AND document = ? AND case_id = ?",
        vault, document, case_id);
    return row.step() ? std::optional(read_document(db_, row)) : std::nullopt;
}

bool SqliteDocumentTable::replace_header(const VaultId& vault, const CaseId& case_id,
                                         const DocumentId& document, const Bytes& header) {
    return db_.run(
               "UPDATE document SET header = ?4 WHERE vault = ?1 AND document = ?3 AND case_id = "
               "?2",
               vault, case_id, document, header) == 1;
}

std::optional<DocumentRow> SqliteDocumentTable::remove(const VaultId& vault, const CaseId& case_id,
                                                       const DocumentId& document) {
    auto row = find(vault, case_id, document);
    if (row) {
        db_.run("DELETE FROM document_piece WHERE vault = ? AND document = ?", vault, document);
        db_.run("DELETE FROM document WHERE vault = ? AND document = ?", vault, document);
    }
    return row;
}

std::uint64_t SqliteDocumentTable::octets_of(const VaultId& vault) {
    Statement sum = db_.query(
        "SELECT (SELECT coalesce(sum(size), 0) FROM document WHERE vault = ?1)"
        " + (SELECT coalesce(sum(size), 0) FROM upload WHERE vault = ?1)",
        vault);
    return sum.step() ? sum.size(0) : 0;
}

std::vector<BlobId> SqliteDocumentTable::referenced_blobs() {
    std::vector<BlobId> blobs;
    Statement row =
        db_.query("SELECT blob FROM document_piece UNION SELECT blob FROM upload_piece ORDER BY 1");
    while (row.step()) {
        blobs.push_back(row.id<BlobId>(0));
    }
    return blobs;
}

std::vector<UploadRow> SqliteDocumentTable::remove_stale_uploads(Instant before) {
    std::vector<UploadRow> stale;
    {
        Statement row = db_.query(
            "SELECT upload, vault, case_id, document, device, size, offset, created_at FROM upload"
            " WHERE created_at < ? ORDER BY upload",
            before);
        while (row.step()) {
            stale.push_back(read_upload(db_, row));
        }
    }
    for (const UploadRow& row : stale) {
        remove_upload(row.upload);
    }
    return stale;
}

std::vector<DocumentRow> SqliteDocumentTable::list_of_case(const VaultId& vault,
                                                           const CaseId& case_id) {
    Statement row = db_.query(
        "SELECT vault, case_id, document, size, body_root, header, device, created_at FROM document"
        " WHERE vault = ? AND case_id = ? ORDER BY document",
        vault, case_id);
    return read_documents(db_, row);
}

std::vector<DocumentRow> SqliteDocumentTable::list(const VaultId& vault) {
    Statement row = db_.query(
        "SELECT vault, case_id, document, size, body_root, header, device, created_at FROM document"
        " WHERE vault = ? ORDER BY document",
        vault);
    return read_documents(db_, row);
}

std::vector<UploadRow> SqliteDocumentTable::list_uploads() {
    std::vector<UploadRow> uploads;
    Statement row = db_.query(
        "SELECT upload, vault, case_id, document, device, size, offset, created_at FROM upload "
        "ORDER BY upload");
    while (row.step()) {
        uploads.push_back(read_upload(db_, row));
    }
    return uploads;
}

}  // namespace valv::store
