#include "server/service/documents.h"

#include "common/protocol/wire_error.h"
#include "crypto/core/body_root.h"
#include "server/service/log_events.h"
#include "server/service/notes.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

constexpr std::size_t kReadBytes = 256 * 1024;

[[noreturn]] void refuse_offset(std::uint64_t standing) {
    throw protocol::Refusal(ErrorCode::kConflict, "documents: another offset stands",
                            {.reason = {}, .at = {}, .head = standing, .maximum = {}});
}

store::UploadRow get_upload(Tx& tx, const DocumentPath& path, const UploadId& upload) {
    std::optional<store::UploadRow> row =
        tx.documents().find_upload(path.vault, path.case_id, upload);
    if (!row || row->document != path.document) {
        throw Error(ErrorCode::kNotFound, "documents: no such upload");
    }
    return std::move(*row);
}

store::DocumentRow get_document(Tx& tx, const DocumentPath& path) {
    std::optional<store::DocumentRow> row =
        tx.documents().find(path.vault, path.case_id, path.document);
    if (!row) {
        throw Error(ErrorCode::kNotFound, "documents: no such document");
    }
    return std::move(*row);
}

store::DeviceRow member(Tx& tx, const DocumentPath& path, const TlsKey& caller, Right right) {
    return require_member(tx, path.vault, path.case_id, caller, right);
}

void check_size(std::uint64_t body_bytes, std::uint64_t max_document_bytes) {
    std::uint64_t plain_bytes = 0;
    try {
        plain_bytes = crypto::plain_size(body_bytes);
    } catch (const Error& error) {
        throw Error(ErrorCode::kInvalidArgument, error.what(), "/size");
    }
    if (plain_bytes > max_document_bytes) {
        throw Error(ErrorCode::kTooLarge, "documents: over the size that this server takes",
                    "/size");
    }
}

class BlobPieceSink final : public PieceSink {
public:
    struct Target {
        DocumentPath path;
        UploadId upload;
        std::uint64_t offset = 0;
        TlsKey caller;
    };
    BlobPieceSink(Environment& environment, Target target)
        : environment_(environment),
          target_(std::move(target)),
          blob_(BlobId::random(environment.random)),
          writer_(environment.blobs.create(blob_)) {}

    void append(ByteView octets) override {
        writer_->append(octets);
        size_ += octets.size();
    }

    std::uint64_t commit() override {
        writer_->commit();  // durable before the row that names it
        const bool is_appended = environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
            (void)member(tx, target_.path, target_.caller, Right::kWrite);
            return tx.documents().append_piece(target_.upload, target_.offset,
                                               {.blob = blob_, .size = size_});
        });
        if (!is_appended) {
            environment_.blobs.remove(blob_);
            refuse_offset(environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
                return get_upload(tx, target_.path, target_.upload).offset;
            }));
        }
        return target_.offset + size_;
    }

private:
    Environment& environment_;
    Target target_;
    BlobId blob_;
    std::unique_ptr<store::BlobWriter> writer_;
    std::uint64_t size_ = 0;
};

crypto::Hash root_of_body(BodyReader& body) {
    crypto::BodyRoot root;
    Bytes buffer(kReadBytes);
    std::uint64_t offset = 0;
    while (const std::size_t count = body.read_at(offset, buffer)) {
        root.push(ByteView(buffer).first(count));
        offset += count;
    }
    return root.finish();
}

store::LogEntry document_entry(std::string_view kind, const store::DocumentRow& row, Instant now,
                               const Bytes& nonce) {
    Event event(kind, now);
    event.field("case", row.case_id).field("document", row.document);
    event.field("size", row.size).octets("body_root", row.body_root);
    return log_entry(event, nonce);
}

// SHA-256 over document id ‖ header of each.
crypto::Hash hash_of(const std::vector<protocol::DocumentHeader>& headers) {
    crypto::Sha256 hash;
    for (const protocol::DocumentHeader& row : headers) {
        hash.update(row.document.bytes());
        hash.update(row.header);
    }
    return hash.finish();
}

}  // namespace

std::string Documents::create_upload(const DocumentPath& path,
                                     const protocol::CreateUpload& request, const TlsKey& caller,
                                     const Once& once) {
    const UploadId upload = UploadId::random(environment_.random);
    const Instant now = environment_.time.now();
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        const store::DeviceRow device = member(tx, path, caller, Right::kWrite);
        check_size(request.size, environment_.quotas.max_document_bytes);
        return run_once(tx, once, now, [&](Tx& inner) {
            if (inner.documents().octets_of(path.vault) + request.size >
                environment_.quotas.vault_bytes) {
                throw Error(ErrorCode::kStorageFull, "documents: over the vault's quota");
            }
            const store::UploadRow row{.vault = path.vault,
                                       .case_id = path.case_id,
                                       .document = path.document,
                                       .upload = upload,
                                       .device = device.device,
                                       .size = request.size,
                                       .offset = 0,
                                       .pieces = {},
                                       .created_at = now};
            if (!inner.documents().insert_upload(row)) {
                throw Error(ErrorCode::kConflict, "documents: the id exists");
            }
            return encode(protocol::UploadCreated{.upload = upload, .offset = 0});
        });
    });
}

std::uint64_t Documents::upload_offset(const DocumentPath& path, const UploadId& upload,
                                       const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)member(tx, path, caller, Right::kWrite);
        return get_upload(tx, path, upload).offset;
    });
}

std::unique_ptr<PieceSink> Documents::begin_piece(const DocumentPath& path, const UploadId& upload,
                                                  std::uint64_t offset, std::uint64_t length,
                                                  const TlsKey& caller) {
    const store::UploadRow row = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)member(tx, path, caller, Right::kWrite);
        return get_upload(tx, path, upload);
    });
    if (length == 0 || length > limits::kMaxPieceBytes || length > row.size - row.offset) {
        throw Error(ErrorCode::kTooLarge,
                    "documents: the piece is empty, over its limit, or over the announced size");
    }
    if (offset != row.offset) {
        refuse_offset(row.offset);
    }
    return std::make_unique<BlobPieceSink>(
        environment_,
        BlobPieceSink::Target{.path = path, .upload = upload, .offset = offset, .caller = caller});
}

void Documents::finish_upload(const DocumentPath& path, const UploadId& upload,
                              const protocol::FinishUpload& request, const TlsKey& caller) {
    const crypto::Hash announced = crypto::hash_from(request.body_root);
    const auto is_finished = [&](Tx& tx) {
        const std::optional<store::DocumentRow> row =
            tx.documents().find(path.vault, path.case_id, path.document);
        return row && row->body_root == announced && row->size == request.size;
    };
    const auto row =
        environment_.store.transact(TxKind::kRead, [&](Tx& tx) -> std::optional<store::UploadRow> {
            (void)member(tx, path, caller, Right::kWrite);
            return is_finished(tx) ? std::nullopt : std::optional(get_upload(tx, path, upload));
        });
    if (!row) {
        return;  // the reply was lost on its way
    }
    if (row->offset != row->size || request.size != row->size) {
        refuse_offset(row->offset);
    }
    BodyReader body(environment_.blobs, row->pieces, crypto::Hash{});
    if (root_of_body(body) != announced) {
        throw Error(ErrorCode::kInvalidArgument, "documents: the body has another root",
                    "/body_root");
    }
    const Instant now = environment_.time.now();
    const store::DocumentRow document{.vault = path.vault,
                                      .case_id = path.case_id,
                                      .document = path.document,
                                      .size = row->size,
                                      .body_root = announced,
                                      .header = request.header,
                                      .pieces = row->pieces,
                                      .device = row->device,
                                      .created_at = now};
    const store::LogEntry entry =
        document_entry("document", document, now, draw_log_nonce(environment_.random));
    environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)member(tx, path, caller, Right::kWrite);
        if (is_finished(tx)) {
            return;
        }
        if (!tx.documents().finish_upload(upload, document)) {
            throw Error(ErrorCode::kConflict, "documents: the upload changed meanwhile");
        }
        tx.log().append(path.vault, entry);
    });
}

Bytes Documents::header(const DocumentPath& path, const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)member(tx, path, caller, Right::kRead);
        return get_document(tx, path).header;
    });
}

std::vector<protocol::DocumentHeader> Documents::headers(const VaultId& vault,
                                                         const CaseId& case_id,
                                                         const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_member(tx, vault, case_id, caller, Right::kRead);
        std::vector<protocol::DocumentHeader> headers;
        for (store::DocumentRow& row : tx.documents().list_of_case(vault, case_id)) {
            headers.push_back({.document = row.document, .header = std::move(row.header)});
        }
        return headers;
    });
}

void Documents::replace_headers(const VaultId& vault, const CaseId& case_id,
                                const protocol::ReplaceHeaders& request, const TlsKey& caller) {
    Event event("headers", environment_.time.now());
    event.field("case", case_id).field("epoch", request.epoch);
    event.field("count", request.headers.size());
    event.octets("sha256", hash_of(request.headers));
    const store::LogEntry entry = log_entry(event, draw_log_nonce(environment_.random));
    environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_member(tx, vault, case_id, caller, Right::kWrite);
        const std::optional<store::NoteHead> keyring =
            tx.notes().find_head(keyring_chain(vault, case_id));
        if (!keyring || keyring->epoch != request.epoch) {
            refuse_conflict(keyring ? keyring->epoch : 0);
        }
        for (std::size_t index = 0; index < request.headers.size(); ++index) {
            const protocol::DocumentHeader& row = request.headers[index];
            if (!tx.documents().replace_header(vault, case_id, row.document, row.header)) {
                throw Error(ErrorCode::kNotFound, "documents: no such document",
                            "/headers/" + std::to_string(index) + "/document");
            }
        }
        tx.log().append(vault, entry);
    });
}

std::unique_ptr<BodyReader> Documents::body(const DocumentPath& path, const TlsKey& caller) {
    const store::DocumentRow row = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)member(tx, path, caller, Right::kRead);
        return get_document(tx, path);
    });
    return std::make_unique<BodyReader>(environment_.blobs, row.pieces, row.body_root);
}

void Documents::remove(const DocumentPath& path, const TlsKey& caller) {
    const Bytes nonce = draw_log_nonce(environment_.random);
    const Instant now = environment_.time.now();
    const store::DocumentRow row = environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)member(tx, path, caller, Right::kWrite);
        std::optional<store::DocumentRow> removed =
            tx.documents().remove(path.vault, path.case_id, path.document);
        if (!removed) {
            throw Error(ErrorCode::kNotFound, "documents: no such document");
        }
        tx.log().append(path.vault, document_entry("document-removed", *removed, now, nonce));
        return std::move(*removed);
    });
    for (const store::Piece& piece : row.pieces) {
        environment_.blobs.remove(piece.blob);
    }
}

}  // namespace valv::service
