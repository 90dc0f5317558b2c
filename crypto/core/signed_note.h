#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "crypto/core/ed25519.h"

// C2SP signed note (c2sp.org/signed-note): text ending in LF, an empty line, then one line per
// signature:
//     — NAME SP base64(4-octet key id ‖ signature) LF
// The text is everything before the last empty line. UTF-8, no control character but LF.
namespace valv::crypto {

using NoteKeyId = std::array<std::uint8_t, 4>;

struct NoteSignature {
    std::string name;
    NoteKeyId key_id{};
    Bytes signature;
};

struct SignedNote {
    std::string text;  // with its final LF, without the empty line
    std::vector<NoteSignature> signatures;
};

constexpr std::size_t kMaxNoteBytes = 1U << 20U;  // a directory of some thousand devices
constexpr std::size_t kMaxNoteSignatures = 64;

// SHA-256(name ‖ 0A ‖ 01 ‖ public key), the first 4 octets.
[[nodiscard]] NoteKeyId note_key_id(std::string_view name, const VerifyKey& key);
// `name+hex(key id)+base64(01 ‖ public key)`
[[nodiscard]] std::string note_verifier_text(std::string_view name, const VerifyKey& key);

struct NoteVerifier {
    std::string name;
    VerifyKey key{};
};
// What note_verifier_text wrote. Throws kMalformed, also for a key id of another name or key.
[[nodiscard]] NoteVerifier parse_note_verifier(std::string_view text);

// `text` ends in LF and has no control character but LF; `name` has no space and no plus. Both are
// our own: checked.
[[nodiscard]] Bytes sign_note(std::string_view text, std::string_view name, const SigningKey& key);

// Throws kMalformed.
[[nodiscard]] SignedNote parse_note(ByteView note);

// The text, when exactly one signature line is there, of this name and key, and it verifies.
// Otherwise, and for what is no note at all, throws kTampered, name `note_signature_invalid`.
[[nodiscard]] std::string verify_note(ByteView note, std::string_view name, const VerifyKey& key);

// The same for notes that others may have signed too (checkpoints): unknown keys are ignored, the
// known key's line must be there and every line of it must verify.
[[nodiscard]] std::string verify_cosigned_note(ByteView note, std::string_view name,
                                               const VerifyKey& key);

}  // namespace valv::crypto
