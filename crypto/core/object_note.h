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

// The signed notes of a case's objects (DESIGN section 3 "Signatures", docs/formats.md): keyring, record, link policy.
// The directory's own note is in directory.h. Text: `key value` lines in fixed order, `-` for absent.
namespace valv::crypto {

enum class NoteKind { kKeyring, kRecord, kLinkPolicy };
[[nodiscard]] std::string_view to_string(NoteKind kind) noexcept;

// Number and hash of a note in a chain. The hash is SHA-256 of the whole signed note.
struct NoteHead {
    std::uint32_t number = 0;
    Hash hash{};
    friend bool operator==(const NoteHead&, const NoteHead&) = default;
};

struct ObjectNote {
    NoteKind kind = NoteKind::kRecord;
    VaultId vault;
    CaseId case_id;
    std::optional<LinkId> link;  // object id: the link of a link policy, else the case
    std::uint32_t epoch = 0;
    std::uint32_t number = 0;
    Hash object{};                  // SHA-256 of the object
    std::optional<Hash> previous;   // SHA-256 of the note before in this chain; absent in the first
    NoteHead directory;             // the directory note it is made under
    TreeHead checkpoint;            // what its writer last verified
    // Keyring only, empty otherwise:
    std::vector<DeviceId> devices;  // wrapped to, ascending, no duplicates
    std::optional<Hash> recovery;   // SHA-256 of the recovery recipient
    friend bool operator==(const ObjectNote&, const ObjectNote&) = default;
};

[[nodiscard]] std::string encode_object_note(const ObjectNote& note);
// Strict: encode(decode(text)) == text. Throws kMalformed.
[[nodiscard]] ObjectNote decode_object_note(std::string_view text);

[[nodiscard]] Bytes sign_object_note(const ObjectNote& note, const DeviceId& signer, const SigningKey& key);

// Name of the key that a note claims to be signed by; throws kMalformed. Nothing is verified: use it to look the signer
// up in the directory, then call verify.
[[nodiscard]] DeviceId claimed_signer(ByteView note);
// Throws kTampered (`note_signature_invalid`) or kMalformed.
[[nodiscard]] ObjectNote verify_object_note(ByteView note, const DeviceId& signer, const VerifyKey& key);

}  // namespace valv::crypto
