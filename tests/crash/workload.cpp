#include "tests/crash/workload.h"

#include <set>

#include "crypto/core/body_root.h"
#include "crypto/core/checkpoint.h"
#include "server/service/case_erasure.h"
#include "tests/crash/parts.h"
#include "tests/crash/server_parts.h"

namespace valv::crash {
namespace {

using store::Hash;
using store::Tx;
using store::TxKind;
using store::testing::a_link;
using store::testing::a_note;
using store::testing::a_publication;
using store::testing::an_attempt;
using store::testing::an_entry;
using store::testing::hash_of;
using store::testing::id_of;
using store::testing::kNow;

constexpr std::size_t kPieceBytes = 5000;  // two pages, the second not full
constexpr std::size_t kRecordBytes = 3000;

class Workload {
public:
    Workload(const std::filesystem::path& folder, OrderFault fault, const Ack& ack)
        : parts_(folder), fault_(fault), ack_(ack) {}

    void run(int rounds) {
        make_vault();
        for (int round = 1; round <= rounds; ++round) {
            upload(round);
            commit_record(round);
            publish(round);
            open(round);
            if (round % 2 == 0) {
                revoke_and_erase(round - 1);
                remove_document(round - 1);
                make_and_erase_case(round);
            }
            publish_checkpoint();
        }
    }

private:
    // One promise after one transaction; or, with the fault, before it.
    template <typename Fn>
    void commit(const std::string& promise, Fn fn) {
        if (fault_ == OrderFault::kAckBeforeCommit) {
            ack_(promise);
        }
        parts_.store.transact(TxKind::kWrite, fn);
        if (fault_ != OrderFault::kAckBeforeCommit) {
            ack_(promise);
        }
    }
    void log(Tx& tx, const std::string& event) { tx.log().append(kVault, an_entry(event)); }

    void put_erasure_key(const ErasureKeyId& id) {
        parts_.erasure_keys.put(id, crypto::SecretBytes::from(erasure_key_of(id)));
        ack_("key " + id.text());
    }

    void make_vault() {
        put_erasure_key(ErasureKeyId::from_bytes(kCase.bytes()));
        const Bytes key = to_bytes(log_key().public_key());
        commit("vault", [&](Tx& tx) {
            tx.vaults().insert_token(hash_of("token"), kNow + std::chrono::hours(1));
            static_cast<void>(tx.vaults().claim_token(
                hash_of("token"), {.vault = kVault, .log_key = key, .created_at = kNow}, kNow));
            static_cast<void>(tx.cases().insert(kVault, kCase, kNow));
            log(tx, "vault");
        });
    }

    void write_blob(const BlobId& blob, ByteView octets) {
        const auto writer = parts_.blobs.create(blob);
        writer->append(octets);
        writer->commit();
    }
    void append_piece(const store::UploadRow& upload, std::uint64_t at, ByteView octets) {
        const auto blob = id_of<BlobId>(upload.upload.text() + std::to_string(at));
        if (fault_ != OrderFault::kRowBeforeBlob) {
            write_blob(blob, octets);
        }
        const std::string promise = "piece " + upload.upload.text() + " " +
                                    std::to_string(at + octets.size()) + " " +
                                    upload.document.text();
        parts_.store.transact(TxKind::kWrite, [&](Tx& tx) {
            return tx.documents().append_piece(upload.upload, at,
                                               {.blob = blob, .size = octets.size()});
        });
        if (fault_ == OrderFault::kRowBeforeBlob) {
            write_blob(blob, octets);
        }
        ack_(promise);
    }
    void upload(int round) {
        store::testing::SeededRandom random(static_cast<std::uint64_t>(round));
        Bytes body(2 * kPieceBytes);
        random.fill(body);
        const store::UploadRow row{.vault = kVault,
                                   .case_id = kCase,
                                   .document = id_of<DocumentId>(numbered("document", round)),
                                   .upload = id_of<UploadId>(numbered("upload", round)),
                                   .device = id_of<DeviceId>("device"),
                                   .size = body.size(),
                                   .created_at = kNow};
        parts_.store.transact(TxKind::kWrite,
                              [&](Tx& tx) { return tx.documents().insert_upload(row); });
        append_piece(row, 0, ByteView(body).first(kPieceBytes));
        append_piece(row, kPieceBytes, ByteView(body).subspan(kPieceBytes));
        const Hash root = crypto::body_root(body);
        commit("document " + row.document.text(), [&](Tx& tx) {
            static_cast<void>(tx.documents().finish_upload(row.upload, {.vault = kVault,
                                                                        .case_id = kCase,
                                                                        .document = row.document,
                                                                        .size = body.size(),
                                                                        .body_root = root,
                                                                        .device = row.device,
                                                                        .created_at = kNow}));
            log(tx, numbered("document", round));
        });
    }

    void commit_record(int round) {
        const auto number = static_cast<std::uint32_t>(round);
        const std::string text = numbered("record", round) + std::string(kRecordBytes, '.');
        const auto previous = round == 1
                                  ? std::nullopt
                                  : std::optional(hash_of(numbered("record", round - 1) +
                                                          std::string(kRecordBytes, '.') + "\n"));
        commit(numbered("record", round), [&](Tx& tx) {
            static_cast<void>(tx.notes().put_if(record_chain(), previous, a_note(number, text)));
            log(tx, numbered("record", round));
        });
    }

    void publish(int round) {
        const store::LinkRow link = a_link(numbered("link", round));
        put_erasure_key(ErasureKeyId::from_bytes(link.link.bytes()));
        commit("link " + link.link.text(), [&](Tx& tx) {
            static_cast<void>(tx.links().insert(a_publication(link)));
            log(tx, numbered("policy", round));
        });
    }
    void open(int round) {
        const store::LinkRow link = a_link(numbered("link", round));
        parts_.store.transact(TxKind::kWrite, [&](Tx& tx) {
            tx.links().insert_challenge(link.link, hash_of("challenge"),
                                        kNow + std::chrono::seconds(60), kNow);
        });
        const auto attempt = an_attempt(link, "challenge", numbered("holder", round));
        commit("open " + link.link.text() + " " + std::to_string(round), [&](Tx& tx) {
            static_cast<void>(tx.links().open(attempt));
            log(tx, numbered("open", round));
        });
    }

    void revoke_and_erase(int round) {
        const store::LinkRow link = a_link(numbered("link", round));
        const auto key = ErasureKeyId::from_bytes(link.link.bytes());
        commit("revoke " + link.link.text(), [&](Tx& tx) {
            static_cast<void>(tx.links().revoke(kVault, kCase, link.link, kNow));
            log(tx, numbered("revoked", round));
        });
        ack_("erasing " + key.text());
        parts_.erasure_keys.destroy(key);
        ack_("erased " + key.text());
        commit("emptied " + link.link.text(), [&](Tx& tx) { tx.links().mark_emptied(link.link); });
    }
    void remove_document(int round) {
        const auto document = id_of<DocumentId>(numbered("document", round));
        ack_("removing " + document.text());
        std::optional<store::DocumentRow> removed;
        commit("removed " + document.text(), [&](Tx& tx) {
            removed = tx.documents().remove(kVault, kCase, document);
            log(tx, numbered("removed", round));
        });
        for (const store::Piece& piece : removed->pieces) {
            parts_.blobs.remove(piece.blob);
        }
    }

    // A case with a keyring, a paper and a link, and its erasure as the server does it.
    void make_and_erase_case(int round) {
        const DoomedCase doomed(round);
        ServerParts server(parts_);
        doomed.make(server.environment());
        ack_("case " + std::to_string(round));
        ack_("case-erasing " + std::to_string(round));
        doomed.begin_erasure(server.environment());
        ack_("case-begun " + std::to_string(round));
        if (fault_ == OrderFault::kErasedBeforeItIs) {
            ack_("case-erased " + std::to_string(round));
        }
        service::finish_erasure(server.environment(), kVault, doomed.id());
        if (fault_ != OrderFault::kErasedBeforeItIs) {
            ack_("case-erased " + std::to_string(round));
        }
    }

    void publish_checkpoint() {
        const auto head =
            parts_.store.transact(TxKind::kRead, [](Tx& tx) { return tx.log().head(kVault); });
        const Bytes note = crypto::sign_checkpoint(
            {.origin = crypto::log_origin(kVault), .head = {.size = head.size, .root = head.root}},
            log_key());
        commit("checkpoint " + std::to_string(head.size),
               [&](Tx& tx) { tx.log().put_checkpoint(kVault, head.size, as_text(note)); });
    }

    Parts parts_;
    OrderFault fault_;
    const Ack& ack_;
};

}  // namespace

void run_workload(const std::filesystem::path& folder, OrderFault fault, int rounds,
                  const Ack& ack) {
    Workload(folder, fault, ack).run(rounds);
}

void run_recovery(const std::filesystem::path& folder) {
    Parts parts(folder);
    const auto referenced = parts.store.transact(TxKind::kWrite, [](Tx& tx) {
        tx.raise_time(kNow);
        return tx.documents().referenced_blobs();
    });
    const std::set<BlobId> named(referenced.begin(), referenced.end());
    for (const store::ListedBlob& listed : parts.blobs.list()) {
        if (!named.contains(listed.blob)) {
            parts.blobs.remove(listed.blob);
        }
    }
    ServerParts server(parts);
    for (const store::ErasureRow& row : parts.store.transact(
             TxKind::kRead, [](Tx& tx) { return tx.erasures().list_unfinished(); })) {
        service::finish_erasure(server.environment(), row.vault, row.case_id);
    }
}

}  // namespace valv::crash
