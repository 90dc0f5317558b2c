#include "tests/crash/server_parts.h"

#include "crypto/core/body_root.h"
#include "server/service/case_erasure.h"
#include "server/service/masks.h"

namespace valv::crash {

using store::Tx;
using store::TxKind;
using store::testing::id_of;
using store::testing::kNow;

ServerParts::ServerParts(Parts& parts)
    : time_(clock_, parts.store),
      environment_{.store = parts.store,
                   .blobs = parts.blobs,
                   .erasure_keys = parts.erasure_keys,
                   .log_keys = log_keys_,
                   .tokens = tokens_,
                   .time = time_,
                   .random = random_,
                   .quotas = {}} {}

store::LinkRow DoomedCase::link() const {
    store::LinkRow row = store::testing::a_link(name_ + " link");
    row.case_id = id();
    return row;
}

store::ChainKey DoomedCase::chain(store::NoteKind kind) const {
    return {.vault = kVault, .kind = kind, .case_id = id(), .object = to_bytes(id().bytes())};
}

void DoomedCase::put_key(service::Environment& environment, const ErasureKeyId& key) const {
    environment.erasure_keys.put(key, crypto::SecretBytes::from(erasure_key_of(key)));
}

void DoomedCase::put_document(Tx& tx) const {
    const Bytes body = filled("body");
    const auto upload = id_of<UploadId>(name_);
    VALV_CHECK(tx.documents().insert_upload({.vault = kVault,
                                             .case_id = id(),
                                             .document = id_of<DocumentId>(name_),
                                             .upload = upload,
                                             .size = body.size(),
                                             .created_at = kNow}));
    VALV_CHECK(tx.documents().append_piece(upload, 0,
                                           {.blob = id_of<BlobId>(name_), .size = body.size()}));
    VALV_CHECK(tx.documents().finish_upload(upload, {.vault = kVault,
                                                     .case_id = id(),
                                                     .document = id_of<DocumentId>(name_),
                                                     .size = body.size(),
                                                     .body_root = crypto::body_root(body),
                                                     .header = filled("header"),
                                                     .created_at = kNow}));
}

void DoomedCase::make(service::Environment& environment) const {
    put_key(environment, service::erasure_key_id(id()));
    put_key(environment, service::erasure_key_id(link().link));
    const auto writer = environment.blobs.create(id_of<BlobId>(name_));
    writer->append(filled("body"));
    writer->commit();
    const Bytes salt = filled("salt");
    const store::Masked keyring{.salt = to_bytes(ByteView(salt).first(kIdBytes)),
                                .octets = filled("masked keyring")};
    environment.store.transact(TxKind::kWrite, [&](Tx& tx) {
        VALV_CHECK(tx.cases().insert(kVault, id(), kNow));
        store::NoteRow note = store::testing::a_note(1, name_ + " keyring");
        note.object = keyring;
        VALV_CHECK(tx.notes().put_if(chain(store::NoteKind::kKeyring), std::nullopt, note));
        note = store::testing::a_note(1, name_ + " record");
        note.object = {.salt = {}, .octets = filled("record")};
        VALV_CHECK(tx.notes().put_if(chain(store::NoteKind::kRecord), std::nullopt, note));
        store::LinkPublication publication = store::testing::a_publication(link());
        publication.parts.front().file.octets = filled("masked package");
        VALV_CHECK(tx.links().insert(publication));
        put_document(tx);
        tx.log().append(kVault, store::testing::an_entry("kind case\ncase " + id().text() + "\n"));
    });
}

void DoomedCase::begin_erasure(service::Environment& environment) const {
    const service::CaseErasure erasure(environment, kVault, id());
    const store::NoteRow decision = store::testing::a_note(1, name_ + " decision");
    environment.store.transact(
        TxKind::kWrite, [&](Tx& tx) { erasure.begin(tx, decision, id_of<DeviceId>("device")); });
}

Opens DoomedCase::opens_by(Parts& parts, Tx& tx) const {
    const auto keyring = tx.notes().find(chain(store::NoteKind::kKeyring), 1);
    const auto key = parts.erasure_keys.find(service::erasure_key_id(id()));
    const bool is_whole = keyring && keyring->object.octets == filled("masked keyring") && key &&
                          tx.documents().find(kVault, id(), id_of<DocumentId>(name_));
    return is_whole ? Opens::kYes : Opens::kNo;
}

std::vector<Bytes> DoomedCase::traces() const {
    return {erasure_key_of(service::erasure_key_id(id())),
            erasure_key_of(service::erasure_key_id(link().link)),
            filled("masked keyring"),
            filled("masked package"),
            filled("record"),
            filled("header")};
}

}  // namespace valv::crash
