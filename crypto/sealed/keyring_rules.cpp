// The succession of keyrings (docs/formats.md section 5).
#include <string>

#include "common/base/error.h"
#include "crypto/sealed/keyring.h"

namespace valv::sealed {
namespace {

constexpr const char* kChain = "note_chain_broken";
constexpr const char* kSigner = "note_signer_not_allowed";
constexpr const char* kContext = "note_context_mismatch";

[[noreturn]] void refuse(const char* name, const char* text) {
    throw Error(ErrorCode::kTampered, std::string("keyring: ").append(text), {}, name);
}

// (1) Signed by a device that the keyring before lists, or by an admin; in both cases an active
// one.
void check_signer(const NotedKeyring& before, const DeviceId& signer,
                  const crypto::Directory& directory) {
    const crypto::DeviceLine* const line = directory.find_active(signer);
    if (line == nullptr || (!before.note.lists(signer) && line->role != crypto::Role::kAdmin)) {
        refuse(kSigner, "signed by a device that may not hand it on");
    }
}

void check_order(const NotedKeyring& before, const crypto::Hash& note_before,
                 const NotedKeyring& after) {
    if (after.note.number != before.note.number + 1 || after.note.previous != note_before) {
        refuse(kChain, "does not follow the keyring before");
    }
    if (after.note.epoch < before.note.epoch || after.note.epoch > before.note.epoch + 1 ||
        after.note.directory.number < before.note.directory.number) {
        refuse(kChain, "its epoch or directory number goes back, or an epoch is left out");
    }
}

// (3) A key that is known for an epoch is the same.
void check_known_keys(const Keyring& before, const Keyring& after) {
    for (const EpochKey& known : before.keys) {
        const CaseKey* const key = after.find_key(known.epoch);
        if (key == nullptr || !crypto::constant_time_equal(key->reveal(), known.key.reveal())) {
            refuse(kContext, "the key of a known epoch changed");
        }
    }
}

}  // namespace

void check_keyring_context(const Keyring& keyring, const crypto::ObjectNote& note) {
    const bool fits = note.kind == crypto::NoteKind::kKeyring && note.vault == keyring.vault &&
                      note.case_id == keyring.case_id && note.epoch == keyring.epoch &&
                      note.number == keyring.number;
    if (!fits) {
        refuse(kContext, "it says otherwise than its note");
    }
}

void check_first_keyring(const NotedKeyring& first) {
    check_keyring_context(first.keyring, first.note);
    if (first.note.number != 1 || first.note.epoch != 1 || first.note.previous ||
        first.keyring.succession) {
        refuse(kChain, "not the first one");
    }
    if (!first.note.lists(first.signer)) {
        refuse(kSigner, "the first one does not list its maker");
    }
}

void check_keyring_succession(const NotedKeyring& before, const crypto::Hash& note_before,
                              const NotedKeyring& after, const crypto::Directory& directory) {
    check_keyring_context(after.keyring, after.note);
    if (after.keyring.vault != before.keyring.vault ||
        after.keyring.case_id != before.keyring.case_id) {
        refuse(kContext, "of another case");
    }
    check_order(before, note_before, after);
    check_signer(before, after.signer, directory);
    check_known_keys(before.keyring, after.keyring);
    const CaseKey* const newest = after.keyring.find_key(after.keyring.epoch);
    if (newest == nullptr || !after.keyring.succession) {
        refuse(kContext, "it was not handed on");
    }
    // (2) Who had no key of the keyring before cannot make this.
    const crypto::Hash expected = before.keyring.newest_keys().next_keyring_mac(
        after.keyring.epoch, after.keyring.number, *newest, after.note.devices);
    if (!crypto::constant_time_equal(expected, *after.keyring.succession)) {
        refuse(kContext, "it was not handed on by who held the keyring before");
    }
}

}  // namespace valv::sealed
