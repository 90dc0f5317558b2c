#include "server/service/housekeeping.h"

#include <unordered_set>

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
    empty_ended_links(now);
    drop_stale_uploads(now);
    sweep_blobs(now);
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
