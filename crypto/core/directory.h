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

// The directory of a vault: a chain of signed notes, each with the whole directory (DESIGN section 3, docs/formats.md).
namespace valv::crypto {

enum class Role { kAdmin, kCoordinator, kAuditor };
enum class DeviceStatus { kActive, kRemoved };
[[nodiscard]] std::string_view to_string(Role role) noexcept;
[[nodiscard]] std::string_view to_string(DeviceStatus status) noexcept;
// Nothing when the text is no role (status).
[[nodiscard]] std::optional<Role> parse_role(std::string_view text) noexcept;
[[nodiscard]] std::optional<DeviceStatus> parse_device_status(std::string_view text) noexcept;

struct DeviceLine {
    PersonId person;
    DeviceId device;
    Role role = Role::kCoordinator;
    std::string recipient;     // `age1…`
    VerifyKey signing_key{};   // Ed25519
    Hash tls_key{};            // SHA-256 of the SubjectPublicKeyInfo
    DeviceStatus status = DeviceStatus::kActive;
    friend bool operator==(const DeviceLine&, const DeviceLine&) = default;
};

struct Directory {
    VaultId vault;
    std::uint32_t number = 1;
    std::optional<Hash> previous;            // of the signed note before
    Hash server_ca{};                        // SPKI pin
    std::optional<Hash> next_server_ca;      // the CA's named successor
    VerifyKey log_key{};
    std::string recovery;                    // recovery recipient `age1…`, or empty
    std::string proposed_recovery;           // waits for a second admin, or empty
    std::string link_origin;                 // `https://HOST[:PORT]`
    std::optional<Hash> names;               // SHA-256 of the age file with names, settings, address book
    TreeHead checkpoint;
    std::vector<DeviceLine> devices;
    friend bool operator==(const Directory&, const Directory&) = default;

    [[nodiscard]] const DeviceLine* find_device(const DeviceId& device) const noexcept;
    [[nodiscard]] const DeviceLine* find_active(const DeviceId& device) const noexcept;
    [[nodiscard]] std::size_t active_admin_count() const noexcept;
};

[[nodiscard]] std::string encode_directory(const Directory& directory);
// Strict: encode(decode(text)) == text. Throws kMalformed.
[[nodiscard]] Directory decode_directory(std::string_view text);

[[nodiscard]] Bytes sign_directory(const Directory& directory, const DeviceId& signer, const SigningKey& key);
// Throws kTampered (`note_signature_invalid`) or kMalformed.
[[nodiscard]] Directory verify_directory_note(ByteView note, const DeviceId& signer, const VerifyKey& key);

// The first note: number 1, no note before, the founder an active admin, at least one admin, all keys different.
// Throws kTampered: `note_chain_broken` or `note_signer_not_allowed`.
void check_first(const Directory& first, const DeviceId& founder);
// DESIGN section 3: n + 1 and the hash of the note before, same vault, signed by an active admin of `before`, every
// line of `before` still there with the same person, device and keys, removed stays removed, no id or key twice, at
// least one active admin. Throws kTampered: `note_chain_broken`, `note_signer_not_allowed`, `note_context_mismatch`.
void check_succession(const Directory& before, const Hash& note_before, const Directory& after,
                      const DeviceId& signer);

}  // namespace valv::crypto
