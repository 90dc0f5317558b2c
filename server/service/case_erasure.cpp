#include "server/service/case_erasure.h"

#include "server/service/log_events.h"
#include "server/service/masks.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

// What lies outside the database.
struct Remains {
    std::vector<LinkId> links;
    std::vector<BlobId> blobs;
};

Remains remains_of(Tx& tx, const VaultId& vault, const CaseId& case_id) {
    Remains remains;
    for (const store::LinkRow& row : tx.links().list(vault, case_id)) {
        remains.links.push_back(row.link);
    }
    const auto add = [&](const std::vector<store::Piece>& pieces) {
        for (const store::Piece& piece : pieces) {
            remains.blobs.push_back(piece.blob);
        }
    };
    for (const store::DocumentRow& row : tx.documents().list_of_case(vault, case_id)) {
        add(row.pieces);
    }
    for (const store::UploadRow& row : tx.documents().list_uploads()) {
        if (row.vault == vault && row.case_id == case_id) {
            add(row.pieces);
        }
    }
    return remains;
}

void drop_rows(Environment& environment, const store::ErasureRow& erasure,
               const std::vector<LinkId>& links) {
    environment.store.transact(TxKind::kWrite, [&](Tx& tx) {
        tx.erasures().drop_rows(erasure.vault, erasure.case_id);
        tx.log().forget_events(erasure.vault, "case " + erasure.case_id.text(), erasure.log_size);
        for (const LinkId& link : links) {
            tx.log().forget_events(erasure.vault, "link " + link.text(), erasure.log_size);
        }
    });
}

}  // namespace

CaseErasure::CaseErasure(Environment& environment, const VaultId& vault, const CaseId& case_id)
    : vault_(vault),
      case_id_(case_id),
      now_(environment.time.now()),
      nonce_(draw_log_nonce(environment.random)),
      links_(vault, case_id, now_, draw_log_nonce(environment.random)) {}

void CaseErasure::begin(Tx& tx, const store::NoteRow& decision, const DeviceId& decided_by) const {
    links_.revoke_all(tx);
    Event event("erasure", now_);
    event.field("case", case_id_).field("device", decided_by);
    event.field("documents", tx.documents().list_of_case(vault_, case_id_).size());
    event.octets("note_sha256", decision.head.note_sha256);
    const store::LogEntry entry = log_entry(event, nonce_);
    const bool has_begun = tx.erasures().begin({.vault = vault_,
                                                .case_id = case_id_,
                                                .event = entry.event,
                                                .nonce = entry.nonce,
                                                .leaf_hash = entry.leaf_hash,
                                                .log_size = tx.log().head(vault_).size,
                                                .note = decision.note,
                                                .object = decision.object.octets,
                                                .is_finished = false});
    if (!has_begun) {
        throw Error(ErrorCode::kNotFound, "erasures: no such case");
    }
    tx.log().append(vault_, entry);
    tx.raise_time(now_);
}

void finish_erasure(Environment& environment, const VaultId& vault, const CaseId& case_id) {
    const auto [erasure, remains] = environment.store.transact(TxKind::kRead, [&](Tx& tx) {
        return std::pair(tx.erasures().find(vault, case_id), remains_of(tx, vault, case_id));
    });
    if (!erasure || erasure->is_finished) {
        return;
    }
    environment.erasure_keys.destroy(erasure_key_id(case_id));
    for (const LinkId& link : remains.links) {
        environment.erasure_keys.destroy(erasure_key_id(link));
    }
    for (const BlobId& blob : remains.blobs) {
        environment.blobs.remove(blob);
    }
    drop_rows(environment, *erasure, remains.links);
    if (!environment.store.purge_removed()) {
        throw Error(ErrorCode::kUnavailable, "erasures: a reader keeps what was removed");
    }
    environment.store.transact(TxKind::kWrite,
                               [&](Tx& tx) { tx.erasures().finish(vault, case_id); });
}

}  // namespace valv::service
