// The succession of directory notes (docs/formats.md section 3, "Directory succession").
#include <algorithm>
#include <set>

#include "common/base/error.h"
#include "crypto/core/device_id.h"
#include "crypto/core/directory.h"

namespace valv::crypto {
namespace {

[[noreturn]] void refuse(const char* name, const char* text) {
    throw Error(ErrorCode::kTampered, std::string("directory: ").append(text), {}, name);
}
constexpr const char* kChain = "note_chain_broken";
constexpr const char* kSigner = "note_signer_not_allowed";
constexpr const char* kContext = "note_context_mismatch";
constexpr const char* kSignature = "note_signature_invalid";

DevicePublicKeys keys_of(const DeviceLine& line) {
    return {.recipient = recipient_point(line.recipient),
            .signing_key = line.signing_key,
            .tls_key = line.tls_key};
}

// No key or id occurs twice; each id is the one computed from its keys.
void check_lines(const Directory& directory) {
    std::set<DeviceId> ids;
    std::set<X25519Point> recipients;
    std::set<VerifyKey> signing_keys;
    std::set<Hash> tls_keys;
    for (const DeviceLine& line : directory.devices) {
        const DevicePublicKeys keys = keys_of(line);
        if (line.device != device_id(keys)) {
            refuse(kContext, "a device id that does not come from its keys");
        }
        if (!ids.insert(line.device).second || !recipients.insert(keys.recipient).second ||
            !signing_keys.insert(line.signing_key).second ||
            !tls_keys.insert(line.tls_key).second) {
            refuse(kContext, "a key or id occurs twice");
        }
    }
    if (directory.active_admin_count() == 0) {
        refuse(kContext, "no active admin");
    }
}

void check_admin(const Directory& directory, const DeviceId& signer) {
    const DeviceLine* const line = directory.find_active(signer);
    if (line == nullptr || line->role != Role::kAdmin) {
        refuse(kSigner, "not signed by an active admin");
    }
}

void check_kept(const DeviceLine& before, const DeviceLine* after) {
    if (after == nullptr) {
        refuse(kContext, "a line is missing");
    }
    const bool is_same = after->person == before.person && after->recipient == before.recipient &&
                         after->signing_key == before.signing_key &&
                         after->tls_key == before.tls_key;
    if (!is_same) {
        refuse(kContext, "the keys or the person of a line changed");
    }
    if (!before.is_active() && after->is_active()) {
        refuse(kContext, "a revoked device came back");
    }
}

// docs/decisions.md "Two admins change the recovery recipient": two notes, two admins (one while
// there is only one).
void check_recovery(const VerifiedDirectory& before, const Directory& after,
                    const PersonId& signer) {
    if (after.recovery == before.directory.recovery) {
        return;
    }
    if (after.recovery.empty() || after.recovery != before.directory.recovery_proposed) {
        refuse(kContext, "a recovery recipient that nobody proposed");
    }
    std::set<PersonId> admins;
    for (const DeviceLine& line : before.directory.devices) {
        if (line.is_active() && line.role == Role::kAdmin) {
            admins.insert(line.person);
        }
    }
    if (before.proposed_by == signer && admins.size() > 1) {
        refuse(kSigner, "a recovery recipient confirmed by who proposed it");
    }
}

std::optional<PersonId> proposer(const VerifiedDirectory* before, const Directory& after,
                                 const PersonId& signer) {
    if (after.recovery_proposed.empty()) {
        return std::nullopt;
    }
    const bool is_older =
        before != nullptr && before->directory.recovery_proposed == after.recovery_proposed;
    return is_older ? before->proposed_by : signer;
}

}  // namespace

void check_first(const Directory& first, const DeviceId& signer) {
    if (first.number != 1 || first.previous) {
        refuse(kChain, "not the first note");
    }
    check_admin(first, signer);
    check_lines(first);
}

void check_succession(const Directory& before, const Hash& note_before, const Directory& after,
                      const DeviceId& signer) {
    if (after.vault != before.vault) {
        refuse(kContext, "another vault");
    }
    if (after.number != before.number + 1 || after.previous != note_before) {
        refuse(kChain, "does not follow the note before");
    }
    check_admin(before, signer);
    for (const DeviceLine& line : before.devices) {
        check_kept(line, after.find_device(line.device));
    }
    check_lines(after);
}

VerifiedDirectory start_directory(ByteView note, const VerifyKey& founder) {
    const DeviceId signer = claimed_signer(note);
    Directory directory = verify_directory_note(note, signer, founder);
    check_first(directory, signer);
    const DeviceLine& line = *directory.find_active(signer);  // check_first saw it
    if (line.signing_key != founder) {
        refuse(kSigner, "the founder's line has another key");
    }
    const std::optional<PersonId> proposed_by = proposer(nullptr, directory, line.person);
    return {.directory = std::move(directory),
            .note = sha256(note),
            .signer = signer,
            .proposed_by = proposed_by};
}

VerifiedDirectory advance_directory(const VerifiedDirectory& before, ByteView note) {
    const DeviceId signer = claimed_signer(note);
    const DeviceLine* const line = before.directory.find_device(signer);
    if (line == nullptr) {
        refuse(kSignature, "signed by a device that the note before does not list");
    }
    Directory directory = verify_directory_note(note, signer, line->signing_key);
    check_succession(before.directory, before.note, directory, signer);
    check_recovery(before, directory, line->person);
    const std::optional<PersonId> proposed_by = proposer(&before, directory, line->person);
    return {.directory = std::move(directory),
            .note = sha256(note),
            .signer = signer,
            .proposed_by = proposed_by};
}

}  // namespace valv::crypto
