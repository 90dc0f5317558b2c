#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "crypto/core/directory.h"
#include "crypto/core/object_note.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/case_keys.h"

namespace valv::sealed {

struct EpochKey {
    std::uint32_t epoch = 0;
    CaseKey key;
};

// The plaintext of a keyring (docs/formats.md section 5): an age identity file whose comments carry
// what we need beside.
struct Keyring {
    VaultId vault;
    CaseId case_id;
    std::uint32_t epoch = 1;
    std::uint32_t number = 1;  // in the keyring chain, which runs on over epochs
    std::optional<crypto::Hash>
        succession;  // next_keyring_mac of the keyring before; absent exactly in number 1
    std::optional<crypto::NoteHead>
        record;                  // record note that its maker last verified, for who is added
    std::vector<EpochKey> keys;  // one an epoch, from 1 to `epoch`, ascending

    // Nothing when there is no such epoch.
    [[nodiscard]] const CaseKey* find_key(std::uint32_t key_epoch) const noexcept;
    // The keys that follow from K of that epoch; throws kNotFound.
    [[nodiscard]] CaseKeys case_keys(std::uint32_t key_epoch) const;
    [[nodiscard]] CaseKeys newest_keys() const { return case_keys(epoch); }
    [[nodiscard]] Keyring clone() const;
};

[[nodiscard]] crypto::SecretBytes encode_keyring(const Keyring& keyring);
// Strict; recomputes every identity line from its K (docs/formats.md section 5, rule 3). Throws
// kMalformed.
[[nodiscard]] Keyring decode_keyring(ByteView plaintext);

[[nodiscard]] Bytes seal_keyring(const Keyring& keyring, const AgeRecipients& recipients,
                                 RandomSource& random);
[[nodiscard]] Keyring open_keyring(ByteView file, const AgeIdentities& identities);

// A keyring with its verified note.
struct NotedKeyring {
    const Keyring& keyring;
    const crypto::ObjectNote& note;
    DeviceId signer;
};

// The plaintext says what its note says: vault, case, epoch, number. Throws kTampered
// `note_context_mismatch`.
void check_keyring_context(const Keyring& keyring, const crypto::ObjectNote& note);
// The first keyring of a case: epoch 1, number 1, no note before, signed by a device that it lists.
void check_first_keyring(const NotedKeyring& first);
// Rules (1)–(3) of docs/formats.md section 5. `directory` is the one that the later note is made
// under. Throws kTampered: `note_signer_not_allowed`, `note_chain_broken`, `note_context_mismatch`.
void check_keyring_succession(const NotedKeyring& before, const crypto::Hash& note_before,
                              const NotedKeyring& after, const crypto::Directory& directory);

}  // namespace valv::sealed
