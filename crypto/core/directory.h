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
#include "crypto/core/object_note.h"

// The directory of a vault: a chain of signed notes, each with the whole directory (docs/formats.md
// section 3).
namespace valv::crypto {

enum class Role { kAdmin, kCoordinator, kAuditor };
enum class DeviceStatus { kActive, kRevoked };
[[nodiscard]] std::string_view to_string(Role role) noexcept;
[[nodiscard]] std::string_view to_string(DeviceStatus status) noexcept;
// Nothing when the text is no role (status).
[[nodiscard]] std::optional<Role> parse_role(std::string_view text) noexcept;
[[nodiscard]] std::optional<DeviceStatus> parse_device_status(std::string_view text) noexcept;

struct DeviceLine {
    PersonId person;
    DeviceId device;
    Role role = Role::kCoordinator;
    std::string recipient;    // `age1…`
    VerifyKey signing_key{};  // Ed25519
    Hash tls_key{};           // SHA-256 of the certificate's SubjectPublicKeyInfo
    DeviceStatus status = DeviceStatus::kActive;
    friend bool operator==(const DeviceLine&, const DeviceLine&) = default;

    [[nodiscard]] bool is_active() const noexcept { return status == DeviceStatus::kActive; }
};

struct Directory {
    VaultId vault;
    std::uint32_t number = 1;
    Hash object{};                 // SHA-256 of the age file with names, settings, address book
    std::optional<Hash> previous;  // of the signed note before: absent exactly in note 1
    TreeHead checkpoint{.size = 0, .root = empty_root()};
    Hash server_ca{};                    // pin of the server CA
    std::optional<Hash> server_ca_next;  // the pin that will follow it
    VerifyKey log_key{};
    std::string recovery;             // recovery recipient `age1…`, empty when none
    std::string recovery_proposed;    // waits for a second admin's note, empty when none
    std::string origin;               // public origin of links
    std::vector<DeviceLine> devices;  // ascending by device id
    friend bool operator==(const Directory&, const Directory&) = default;

    [[nodiscard]] const DeviceLine* find_device(const DeviceId& device) const noexcept;
    [[nodiscard]] const DeviceLine* find_active(const DeviceId& device) const noexcept;
    [[nodiscard]] const DeviceLine* find_active_tls(const Hash& tls_key) const noexcept;
    [[nodiscard]] std::size_t active_admin_count() const noexcept;
};

// `https://host[:port]`, or `http://` with 127.0.0.1 or localhost and a port; lower case, no path.
[[nodiscard]] bool is_link_origin(std::string_view text) noexcept;

[[nodiscard]] std::string encode_directory(const Directory& directory);
// Strict: encode(decode(text)) == text. Throws kMalformed.
[[nodiscard]] Directory decode_directory(std::string_view text);

[[nodiscard]] Bytes sign_directory(const Directory& directory, const DeviceId& signer,
                                   const SigningKey& key);
// Throws kTampered (`note_signature_invalid`); kMalformed for a text that is signed and no
// directory.
[[nodiscard]] Directory verify_directory_note(ByteView note, const DeviceId& signer,
                                              const VerifyKey& key);

// The first note: number 1, signed by a device that it lists as active admin, every id computed
// from its keys, no key or id twice. Throws kTampered: `note_chain_broken`,
// `note_signer_not_allowed`, `note_context_mismatch`.
void check_first(const Directory& first, const DeviceId& signer);
// docs/formats.md section 3, "Directory succession": n + 1 and the hash of the note before, same
// vault, signed by an active admin of `before`, every line of `before` still there with the same
// person, device and keys, revoked stays revoked, no id or key twice, at least one active admin.
// Throws as above. The recovery recipient is advance's matter.
void check_succession(const Directory& before, const Hash& note_before, const Directory& after,
                      const DeviceId& signer);

// A directory that was verified from its first note on.
struct VerifiedDirectory {
    Directory directory;
    Hash note{};  // SHA-256 of the whole note
    DeviceId signer;
    std::optional<PersonId> proposed_by;  // who proposed directory.recovery_proposed

    [[nodiscard]] NoteHead head() const { return {.number = directory.number, .hash = note}; }
};

// Everything there is to check about note 1 against the founder's pinned key, and about each later
// note against the one before. The recovery recipient changes only to what the note before
// proposed, by another admin than who proposed it, or by the only one. Throws kTampered as above,
// `note_signature_invalid`, or kMalformed.
[[nodiscard]] VerifiedDirectory start_directory(ByteView note, const VerifyKey& founder);
[[nodiscard]] VerifiedDirectory advance_directory(const VerifiedDirectory& before, ByteView note);

}  // namespace valv::crypto
