#pragma once

#include <optional>
#include <string>

#include "common/protocol/messages.h"
#include "crypto/core/directory.h"
#include "crypto/core/object_note.h"
#include "server/store/store.h"

// The checks that every signed note goes through before it is kept (docs/protocol.md section 3,
// "Put").
namespace valv::service {

struct KnownDirectory {
    crypto::Directory directory;
    crypto::Hash note_sha256{};
};

[[nodiscard]] store::ChainKey directory_chain(const VaultId& vault);
[[nodiscard]] store::ChainKey keyring_chain(const VaultId& vault, const CaseId& case_id);
[[nodiscard]] store::ChainKey record_chain(const VaultId& vault, const CaseId& case_id);
[[nodiscard]] store::ChainKey policy_chain(const VaultId& vault, const CaseId& case_id,
                                           const LinkId& link);
[[nodiscard]] store::ChainKey retention_chain(const VaultId& vault, const CaseId& case_id);

// The newest directory. Throws kNotFound when the vault has none yet.
[[nodiscard]] KnownDirectory newest_directory(store::Tx& tx, const VaultId& vault);

// What a note must be about.
struct NoteContext {
    crypto::NoteKind kind;
    VaultId vault;
    CaseId case_id;
    std::optional<LinkId> link;
};

// A note whose signature, context and object hash were checked: before the transaction, since none
// of it depends on the store.
struct CheckedNote {
    crypto::ObjectNote note;
    crypto::Hash note_sha256{};
    std::string text;
    DeviceId signer;
};
// Throws kMalformed or kInvalidArgument with the path of the field. `signer_key` is the caller's
// own.
[[nodiscard]] CheckedNote check_note(const protocol::Put& put, const NoteContext& context,
                                     const store::DeviceRow& signer);

// Appends to its chain: directory reference, order of epochs, compare-and-set. Throws kConflict
// with the head that stands, kInvalidArgument otherwise.
void append_note(store::Tx& tx, const store::ChainKey& chain, const CheckedNote& checked,
                 store::Masked object);

// What is written under a case belongs to its newest epoch, and is not made under a directory older
// than the newest keyring's. Throws kInvalidArgument.
void check_newest_epoch(store::Tx& tx, const CheckedNote& checked);

// kConflict, with the number of the head that stands.
[[noreturn]] void refuse_conflict(std::uint32_t head);

// Runs fn and turns the client's word for a broken note (kTampered) into the server's
// (kInvalidArgument at `path`).
template <typename Fn>
auto refuse_tampered(std::string_view path, Fn fn) {
    try {
        return fn();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kTampered || error.code() == ErrorCode::kMalformed) {
            throw Error(ErrorCode::kInvalidArgument, error.what(), std::string(path));
        }
        throw;
    }
}

}  // namespace valv::service
