#include "server/service/notes.h"

#include "common/protocol/wire_error.h"
#include "crypto/core/signed_note.h"

namespace valv::service {
namespace {

constexpr std::string_view kNotePath = "/note";
constexpr std::string_view kObjectPath = "/object";

[[noreturn]] void refuse(const char* text, std::string_view path = kNotePath) {
    throw Error(ErrorCode::kInvalidArgument, text, std::string(path));
}

// The directory note that a note is made under must be one of ours, and not older than the one of
// the chain's head.
void check_directory_reference(store::Tx& tx, const VaultId& vault, const crypto::NoteHead& named,
                               std::uint32_t lowest) {
    const std::optional<store::NoteRow> known =
        tx.notes().find(directory_chain(vault), named.number);
    if (!known || known->head.note_sha256 != named.hash) {
        refuse("notes: made under an unknown directory note");
    }
    if (named.number < lowest) {
        refuse("notes: made under an older directory note than the one before it");
    }
}

store::ChainKey chain(const VaultId& vault, store::NoteKind kind, const CaseId& case_id,
                      ByteView object) {
    return {.vault = vault, .kind = kind, .case_id = case_id, .object = to_bytes(object)};
}

}  // namespace

void refuse_conflict(std::uint32_t head) {
    throw protocol::Refusal(ErrorCode::kConflict, "notes: another note stands",
                            {.reason = {}, .at = {}, .head = head, .maximum = {}});
}

store::ChainKey directory_chain(const VaultId& vault) {
    return {.vault = vault,
            .kind = store::NoteKind::kDirectory,
            .case_id = {},
            .object = to_bytes(vault.bytes())};
}
store::ChainKey keyring_chain(const VaultId& vault, const CaseId& case_id) {
    return chain(vault, store::NoteKind::kKeyring, case_id, case_id.bytes());
}
store::ChainKey record_chain(const VaultId& vault, const CaseId& case_id) {
    return chain(vault, store::NoteKind::kRecord, case_id, case_id.bytes());
}
store::ChainKey policy_chain(const VaultId& vault, const CaseId& case_id, const LinkId& link) {
    return chain(vault, store::NoteKind::kPolicy, case_id, link.bytes());
}

store::ChainKey retention_chain(const VaultId& vault, const CaseId& case_id) {
    return chain(vault, store::NoteKind::kRetention, case_id, case_id.bytes());
}

KnownDirectory newest_directory(store::Tx& tx, const VaultId& vault) {
    const store::ChainKey chain_key = directory_chain(vault);
    const std::optional<store::NoteHead> head = tx.notes().find_head(chain_key);
    if (!head) {
        throw Error(ErrorCode::kNotFound, "notes: the vault has no directory");
    }
    const std::optional<store::NoteRow> row = tx.notes().find(chain_key, head->number);
    VALV_CHECK(row.has_value());
    const crypto::SignedNote note = crypto::parse_note(as_bytes(row->note));
    return {.directory = crypto::decode_directory(note.text), .note_sha256 = head->note_sha256};
}

CheckedNote check_note(const protocol::Put& put, const NoteContext& context,
                       const store::DeviceRow& signer) {
    const ByteView octets = as_bytes(put.note);
    const crypto::ObjectNote note = refuse_tampered(kNotePath, [&] {
        return crypto::verify_object_note(octets, signer.device,
                                          crypto::verify_key_from(signer.signing_key));
    });
    if (note.kind != context.kind || note.vault != context.vault ||
        note.case_id != context.case_id || note.link != context.link) {
        refuse("notes: about something else");
    }
    if (note.object != crypto::sha256(put.object)) {
        refuse("notes: the object has another hash", kObjectPath);
    }
    return {.note = note,
            .note_sha256 = crypto::sha256(octets),
            .text = put.note,
            .signer = signer.device};
}

void append_note(store::Tx& tx, const store::ChainKey& chain_key, const CheckedNote& checked,
                 store::Masked object) {
    const crypto::ObjectNote& note = checked.note;
    const std::optional<store::NoteHead> head = tx.notes().find_head(chain_key);
    const std::optional<crypto::Hash> previous =
        head ? std::optional(head->note_sha256) : std::nullopt;
    const std::uint32_t standing = head ? head->number : 0;
    if (head && head->number == note.number && head->note_sha256 == checked.note_sha256) {
        return;  // the same note again: the reply was lost on its way
    }
    if (note.number != standing + 1 || note.previous != previous) {
        refuse_conflict(standing);
    }
    check_directory_reference(tx, note.vault, note.directory, head ? head->directory_number : 0);
    if (note.epoch == 0 || (head && note.epoch < head->epoch)) {
        refuse("notes: an older epoch than the note before it");
    }
    const store::NoteRow row{.head = {.epoch = note.epoch,
                                      .number = note.number,
                                      .note_sha256 = checked.note_sha256,
                                      .directory_number = note.directory.number},
                             .note = checked.text,
                             .object = std::move(object)};
    if (!tx.notes().put_if(chain_key, previous, row)) {
        refuse_conflict(standing);
    }
}

void check_newest_epoch(store::Tx& tx, const CheckedNote& checked) {
    const std::optional<store::NoteHead> keyring =
        tx.notes().find_head(keyring_chain(checked.note.vault, checked.note.case_id));
    if (!keyring || checked.note.epoch != keyring->epoch ||
        checked.note.directory.number < keyring->directory_number) {
        refuse("notes: not of the newest epoch");
    }
}

}  // namespace valv::service
