#pragma once

#include <string>
#include <vector>

#include "crypto/core/object_note.h"
#include "server/service/environment.h"
#include "server/service/masks.h"
#include "server/service/notes.h"

namespace valv::service::test {

// A case as the services would keep it, with one of everything that an erasure must take away. The
// same name gives the same ids and octets.
class ErasedCase {
public:
    ErasedCase(const VaultId& vault, std::string name)
        : name_(std::move(name)),
          vault_(vault),
          case_id_(id_of<CaseId>("case")),
          link_(id_of<LinkId>("link")),
          document_(id_of<DocumentId>("document")) {}

    [[nodiscard]] const CaseId& id() const noexcept { return case_id_; }
    [[nodiscard]] const LinkId& link() const noexcept { return link_; }
    [[nodiscard]] DeviceId member() const { return id_of<DeviceId>("member"); }

    void make(Environment& environment, Instant now) {
        const crypto::SecretBytes key = make_key(environment, erasure_key_id(case_id_));
        const crypto::SecretBytes link_key = make_key(environment, erasure_key_id(link_));
        write_blob(environment);
        const store::Masked keyring =
            masked(key, mask_kind::kKeyring, filled("keyring"), environment.random);
        const store::LinkPublication publication = a_publication(environment, link_key, now);
        traces_.push_back(keyring.octets);
        traces_.push_back(publication.parts.front().file.octets);
        environment.store.transact(store::TxKind::kWrite, [&](store::Tx& tx) {
            VALV_CHECK(tx.cases().insert(vault_, case_id_, now));
            tx.cases().replace_members(vault_, case_id_, {member()});
            put(tx, keyring_chain(vault_, case_id_), "keyring note", keyring);
            put(tx, record_chain(vault_, case_id_), "record note",
                {.salt = {}, .octets = filled("record")});
            VALV_CHECK(tx.links().insert(publication));
            put_document(tx, now);
            tx.log().append(
                vault_, {.event = "resvalv/v1/event\nkind record\ncase " + case_id_.text() + "\n",
                         .nonce = filled("nonce"),
                         .leaf_hash = crypto::sha256(filled("leaf"))});
        });
        for (const char* const what : {"record", "header", "body", "nonce"}) {
            traces_.push_back(filled(what));
        }
    }

    // The newest retention note, signed by a key that nobody checks here.
    void decide(Environment& environment, std::optional<Instant> erase_after,
                std::optional<DeviceId> held_by = {}) {
        const store::NoteRow row = a_decision(environment);
        environment.store.transact(store::TxKind::kWrite, [&](store::Tx& tx) {
            const auto head = tx.notes().find_head(retention_chain(vault_, case_id_));
            store::NoteRow next = row;
            next.head.number = head ? head->number + 1 : 1;
            VALV_CHECK(tx.notes().put_if(retention_chain(vault_, case_id_),
                                         head ? std::optional(head->note_sha256) : std::nullopt,
                                         next));
            tx.erasures().put_retention({.vault = vault_,
                                         .case_id = case_id_,
                                         .erase_after = erase_after,
                                         .held_by = held_by});
        });
    }

    // Octets of which none may be found once the case is erased: keys, masked objects, ciphertext.
    [[nodiscard]] const std::vector<Bytes>& traces() const noexcept { return traces_; }

private:
    template <typename Id>
    [[nodiscard]] Id id_of(std::string_view what) const {
        return Id::from_bytes(
            ByteView(crypto::sha256(as_bytes(name_ + std::string(what)))).first(kIdBytes));
    }
    // Octets that are found nowhere else.
    [[nodiscard]] Bytes filled(std::string_view what) const {
        return to_bytes(crypto::sha256(as_bytes("octets of " + name_ + std::string(what))));
    }
    crypto::SecretBytes make_key(Environment& environment, const ErasureKeyId& id) {
        crypto::SecretBytes key =
            find_or_make_erasure_key(environment.erasure_keys, id, environment.random);
        traces_.push_back(to_bytes(key.reveal()));
        return key;
    }
    void write_blob(Environment& environment) {
        const auto writer = environment.blobs.create(id_of<BlobId>("blob"));
        writer->append(filled("body"));
        writer->commit();
    }
    void put(store::Tx& tx, const store::ChainKey& chain, std::string_view note,
             const store::Masked& object) const {
        const std::string text = std::string(note) + " of " + name_ + "\n";
        VALV_CHECK(tx.notes().put_if(chain, std::nullopt,
                                     {.head = {.epoch = 1,
                                               .number = 1,
                                               .note_sha256 = crypto::sha256(as_bytes(text)),
                                               .directory_number = 1},
                                      .note = text,
                                      .object = object}));
    }
    [[nodiscard]] store::LinkPublication a_publication(Environment& environment,
                                                       const crypto::SecretBytes& key,
                                                       Instant now) const {
        store::LinkPublication publication;
        publication.link.link = link_;
        publication.link.vault = vault_;
        publication.link.case_id = case_id_;
        publication.link.public_key =
            masked(key, mask_kind::kPublicKey, filled("public key"), environment.random);
        publication.link.version = 1;
        publication.link.not_after = now + std::chrono::hours(24);
        publication.link.max_opens = 1;
        publication.link.lease_length = std::chrono::minutes(60);
        publication.link.failures_allowed = limits::kFailuresToLock;
        publication.link.created_at = now;
        publication.parts.push_back(
            {.part = 0,
             .file = masked(key, mask_kind::kPackage, filled("package"), environment.random),
             .mac = filled("mac")});
        return publication;
    }
    void put_document(store::Tx& tx, Instant now) const {
        const auto upload = id_of<UploadId>("upload");
        VALV_CHECK(tx.documents().insert_upload({.vault = vault_,
                                                 .case_id = case_id_,
                                                 .document = document_,
                                                 .upload = upload,
                                                 .size = filled("body").size(),
                                                 .created_at = now}));
        VALV_CHECK(tx.documents().append_piece(
            upload, 0, {.blob = id_of<BlobId>("blob"), .size = filled("body").size()}));
        VALV_CHECK(tx.documents().finish_upload(upload, {.vault = vault_,
                                                         .case_id = case_id_,
                                                         .document = document_,
                                                         .size = filled("body").size(),
                                                         .header = filled("header"),
                                                         .created_at = now}));
    }
    [[nodiscard]] store::NoteRow a_decision(Environment& environment) const {
        crypto::ObjectNote note;
        note.kind = crypto::NoteKind::kRetention;
        note.vault = vault_;
        note.case_id = case_id_;
        note.directory = {.number = 1, .hash = crypto::sha256(as_bytes("directory"))};
        note.checkpoint.root = crypto::empty_root();
        const Bytes text = crypto::sign_object_note(note, member(),
                                                    crypto::SigningKey::random(environment.random));
        return {.head = {.epoch = 1,
                         .number = 1,
                         .note_sha256 = crypto::sha256(text),
                         .directory_number = 1},
                .note = std::string(as_text(text)),
                .object = {.salt = {}, .octets = to_bytes(as_bytes("{}"))}};
    }

    std::string name_;
    VaultId vault_;
    CaseId case_id_;
    LinkId link_;
    DocumentId document_;
    std::vector<Bytes> traces_;
};

}  // namespace valv::service::test
