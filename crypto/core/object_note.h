#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/merkle.h"

// The signed notes of a case's objects (docs/formats.md section 3): keyring, record, link policy,
// retention.
// The directory's own note is in directory.h. Text: `key value` lines in fixed order, `-` for
// absent.
namespace valv::crypto {

enum class NoteKind { kDirectory, kKeyring, kRecord, kPolicy, kRetention };
// `resvalv/v1/record` …
[[nodiscard]] std::string_view to_string(NoteKind kind) noexcept;
// Of a note's text, by its first line; throws kMalformed.
[[nodiscard]] NoteKind note_kind(std::string_view text);

// Number and hash of a note in a chain. The hash is SHA-256 of the whole signed note.
struct NoteHead {
    std::uint32_t number = 0;
    Hash hash{};
    friend bool operator==(const NoteHead&, const NoteHead&) = default;
};

struct ObjectNote {
    NoteKind kind = NoteKind::kRecord;  // not kDirectory
    VaultId vault;
    CaseId case_id;
    std::optional<LinkId>
        link;  // the object of a policy note; absent in the others, whose object is the case
    std::uint32_t epoch = 1;   // ≥ 1
    std::uint32_t number = 1;  // from 1 in its chain (vault, kind, case, object)
    Hash object{};             // SHA-256 of the object
    std::optional<Hash>
        previous;         // SHA-256 of the note before in this chain; absent exactly in note 1
    NoteHead directory;   // the directory note it is made under; number ≥ 1
    TreeHead checkpoint;  // what its writer last verified; size 0 with the empty root when none
    // Keyring only, empty otherwise:
    std::vector<DeviceId> devices;  // wrapped to: at least one, ascending, no duplicates
    std::optional<Hash> recovery;   // SHA-256 of the recovery recipient's text
    friend bool operator==(const ObjectNote&, const ObjectNote&) = default;

    [[nodiscard]] bool lists(const DeviceId& device) const noexcept;
};

// Breaking a rule above is our bug: checked.
[[nodiscard]] std::string encode_object_note(const ObjectNote& note);
// Strict: encode(decode(text)) == text. Throws kMalformed.
[[nodiscard]] ObjectNote decode_object_note(std::string_view text);

[[nodiscard]] Bytes sign_object_note(const ObjectNote& note, const DeviceId& signer,
                                     const SigningKey& key);

// Name of the key that a note claims to be signed by. Nothing is verified: use it to look the
// signer up in the directory, then call verify. Throws kTampered (`note_signature_invalid`) unless
// there is one signature line with a device id.
[[nodiscard]] DeviceId claimed_signer(ByteView note);
// Throws kTampered (`note_signature_invalid`); kMalformed for a text that is signed and no object
// note.
[[nodiscard]] ObjectNote verify_object_note(ByteView note, const DeviceId& signer,
                                            const VerifyKey& key);

}  // namespace valv::crypto
