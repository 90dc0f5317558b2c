#include <algorithm>

#include "server/store/memory/tables.h"

namespace valv::store {
namespace {

bool is_same_upload(const UploadRow& one, const UploadRow& other) {
    return one.vault == other.vault && one.case_id == other.case_id &&
           one.document == other.document && one.size == other.size;
}

// The upload belongs to the document's row and is complete.
bool completes(const UploadRow& upload, const DocumentRow& row) {
    return upload.vault == row.vault && upload.case_id == row.case_id &&
           upload.document == row.document && upload.size == row.size && upload.offset == row.size;
}

}  // namespace

bool MemoryDocumentTable::insert_upload(const UploadRow& row) {
    if (const auto found = state_.uploads.find(row.upload); found != state_.uploads.end()) {
        return is_same_upload(found->second, row);
    }
    const bool is_open = std::ranges::any_of(state_.uploads, [&](const auto& entry) {
        return entry.second.vault == row.vault && entry.second.document == row.document;
    });
    if (is_open || state_.documents.contains({row.vault, row.document})) {
        return false;
    }
    UploadRow& upload = journal_.change(state_.uploads, row.upload);
    upload = row;
    upload.offset = 0;
    upload.pieces.clear();
    return true;
}

std::optional<UploadRow> MemoryDocumentTable::find_upload(const VaultId& vault,
                                                          const CaseId& case_id,
                                                          const UploadId& upload) {
    const auto found = state_.uploads.find(upload);
    const bool is_theirs = found != state_.uploads.end() && found->second.vault == vault &&
                           found->second.case_id == case_id;
    return is_theirs ? std::optional(found->second) : std::nullopt;
}

bool MemoryDocumentTable::append_piece(const UploadId& upload, std::uint64_t at,
                                       const Piece& piece) {
    const auto found = state_.uploads.find(upload);
    if (found == state_.uploads.end() || found->second.offset != at ||
        piece.size > found->second.size - found->second.offset) {
        return false;
    }
    UploadRow& row = journal_.change(state_.uploads, upload);
    row.offset += piece.size;
    row.pieces.push_back(piece);
    return true;
}

void MemoryDocumentTable::remove_upload(const UploadId& upload) {
    journal_.erase(state_.uploads, upload);
}

bool MemoryDocumentTable::finish_upload(const UploadId& upload, const DocumentRow& row) {
    const auto found = state_.uploads.find(upload);
    if (found != state_.uploads.end() && completes(found->second, row)) {
        MemoryDocument& document = journal_.change(state_.documents, {row.vault, row.document});
        document = {.row = row, .upload = upload};
        document.row.pieces = found->second.pieces;
        remove_upload(upload);
        return true;
    }
    const auto made = state_.documents.find({row.vault, row.document});
    return made != state_.documents.end() && made->second.upload == upload &&
           made->second.row.case_id == row.case_id && made->second.row.size == row.size &&
           made->second.row.body_root == row.body_root;
}

std::optional<DocumentRow> MemoryDocumentTable::find(const VaultId& vault, const CaseId& case_id,
                                                     const DocumentId& document) {
    const auto found = state_.documents.find({vault, document});
    const bool is_theirs = found != state_.documents.end() && found->second.row.case_id == case_id;
    return is_theirs ? std::optional(found->second.row) : std::nullopt;
}

bool MemoryDocumentTable::replace_header(const VaultId& vault, const CaseId& case_id,
                                         const DocumentId& document, const Bytes& header) {
    if (!find(vault, case_id, document)) {
        return false;
    }
    journal_.change(state_.documents, {vault, document}).row.header = header;
    return true;
}

std::optional<DocumentRow> MemoryDocumentTable::remove(const VaultId& vault, const CaseId& case_id,
                                                       const DocumentId& document) {
    auto row = find(vault, case_id, document);
    if (row) {
        journal_.erase(state_.documents, {vault, document});
    }
    return row;
}

std::uint64_t MemoryDocumentTable::octets_of(const VaultId& vault) {
    std::uint64_t octets = 0;
    for (const auto& [key, document] : state_.documents) {
        octets += document.row.vault == vault ? document.row.size : 0;
    }
    for (const auto& [key, upload] : state_.uploads) {
        octets += upload.vault == vault ? upload.size : 0;
    }
    return octets;
}

std::vector<BlobId> MemoryDocumentTable::referenced_blobs() {
    std::set<BlobId> blobs;
    const auto insert = [&](const std::vector<Piece>& pieces) {
        for (const Piece& piece : pieces) {
            blobs.insert(piece.blob);
        }
    };
    for (const auto& [key, document] : state_.documents) {
        insert(document.row.pieces);
    }
    for (const auto& [key, upload] : state_.uploads) {
        insert(upload.pieces);
    }
    return {blobs.begin(), blobs.end()};
}

std::vector<UploadRow> MemoryDocumentTable::remove_stale_uploads(Instant before) {
    std::vector<UploadRow> stale = list_uploads();
    std::erase_if(stale, [&](const UploadRow& row) { return row.created_at >= before; });
    for (const UploadRow& row : stale) {
        remove_upload(row.upload);
    }
    return stale;
}

std::vector<DocumentRow> MemoryDocumentTable::list_of_case(const VaultId& vault,
                                                           const CaseId& case_id) {
    std::vector<DocumentRow> documents = list(vault);
    std::erase_if(documents, [&](const DocumentRow& row) { return row.case_id != case_id; });
    return documents;
}

std::vector<DocumentRow> MemoryDocumentTable::list(const VaultId& vault) {
    std::vector<DocumentRow> documents;
    for (const auto& [key, document] : state_.documents) {
        if (document.row.vault == vault) {
            documents.push_back(document.row);
        }
    }
    return documents;
}

std::vector<UploadRow> MemoryDocumentTable::list_uploads() {
    std::vector<UploadRow> uploads;
    for (const auto& [key, upload] : state_.uploads) {
        uploads.push_back(upload);
    }
    return uploads;
}

}  // namespace valv::store
