#include "server/service/housekeeping.h"

#include <unordered_set>

#include "crypto/core/object_note.h"
#include "server/service/case_erasure.h"
#include "server/service/masks.h"

namespace valv::service {

using store::Tx;
using store::TxKind;

void Housekeeping::run_once() {
    const Instant now = environment_.time.now();
    environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        tx.raise_time(now);
        tx.requests().remove_expired(now);
        tx.enrolments().remove_expired(now);
    });
    finish_erasures();
    erase_due_cases(now);
    empty_ended_links(now);
    drop_stale_uploads(now);
    sweep_blobs(now);
}

// Cut between two steps by the end of a process, or kept by a reader.
void Housekeeping::finish_erasures() {
    const std::vector<store::ErasureRow> unfinished = environment_.store.transact(
        TxKind::kRead, [](Tx& tx) { return tx.erasures().list_unfinished(); });
    for (const store::ErasureRow& row : unfinished) {
        finish_erasure(environment_, row.vault, row.case_id);
        logger_.write(LogLevel::kInfo, "case erased", {{"case", row.case_id}});
    }
}

void Housekeeping::erase_due_cases(Instant now) {
    const std::vector<store::RetentionRow> due = environment_.store.transact(
        TxKind::kRead, [&](Tx& tx) { return tx.erasures().list_due(now); });
    if (!due.empty() && environment_.time.has_jumped()) {
        logger_.write(LogLevel::kWarning, "erasures wait: the clock jumped, start the server anew");
        return;
    }
    for (const store::RetentionRow& row : due) {
        erase_due_case(row.vault, row.case_id, now);
    }
}

void Housekeeping::erase_due_case(const VaultId& vault, const CaseId& case_id, Instant now) {
    const CaseErasure erasure(environment_, vault, case_id);
    const bool has_begun = environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        const auto row = tx.erasures().find_retention(vault, case_id);
        const auto head = tx.notes().find_head(retention_chain(vault, case_id));
        const bool is_due = row && row->erase_after && *row->erase_after <= now && !row->held_by;
        if (!is_due || !head || tx.erasures().find(vault, case_id)) {
            return false;  // a member decided otherwise meanwhile
        }
        const auto decision = tx.notes().find(retention_chain(vault, case_id), head->number);
        erasure.begin(tx, decision.value(), crypto::claimed_signer(as_bytes(decision->note)));
        return true;
    });
    if (has_begun) {
        finish_erasure(environment_, vault, case_id);
        logger_.write(LogLevel::kInfo, "case erased", {{"case", case_id}});
    }
}

void Housekeeping::empty_ended_links(Instant now) {
    const std::vector<LinkId> ended = environment_.store.transact(
        TxKind::kRead, [&](Tx& tx) { return tx.links().list_to_empty(now); });
    for (const LinkId& link : ended) {
        environment_.erasure_keys.destroy(erasure_key_id(link));
        environment_.store.transact(TxKind::kWrite, [&](Tx& tx) { tx.links().mark_emptied(link); });
        logger_.write(LogLevel::kInfo, "link emptied", {{"link", link}});
    }
}

void Housekeeping::drop_stale_uploads(Instant now) {
    const std::vector<store::UploadRow> dropped = environment_.store.transact(
        TxKind::kWrite,
        [&](Tx& tx) { return tx.documents().remove_stale_uploads(now - limits::kUploadLifetime); });
    for (const store::UploadRow& upload : dropped) {
        for (const store::Piece& piece : upload.pieces) {
            environment_.blobs.remove(piece.blob);
        }
    }
}

void Housekeeping::sweep_blobs(Instant now) {
    // Listed before the rows are read: a blob whose row comes meanwhile is in the rows; one that is
    // younger than a day is left alone.
    const std::vector<store::ListedBlob> blobs = environment_.blobs.list();
    const std::vector<BlobId> named = environment_.store.transact(
        TxKind::kRead, [](Tx& tx) { return tx.documents().referenced_blobs(); });
    const std::unordered_set<BlobId> referenced(named.begin(), named.end());
    for (const store::ListedBlob& blob : blobs) {
        if (!referenced.contains(blob.blob) && blob.modified_at + limits::kOrphanBlobAge < now) {
            environment_.blobs.remove(blob.blob);
        }
    }
}

}  // namespace valv::service
