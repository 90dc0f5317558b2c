// What every note of a case must hold to (docs/formats.md section 3).
#include <algorithm>
#include <utility>

#include "client/lib/vault.h"
#include "crypto/core/hash.h"

namespace valv::client {

crypto::ObjectNote Vault::new_note(crypto::NoteKind kind, const CaseId& case_id) const {
    crypto::ObjectNote note;
    note.kind = kind;
    note.vault = id();
    note.case_id = case_id;
    note.directory = head().head();
    note.checkpoint = log_head();
    return note;
}

std::string Vault::sign(const crypto::ObjectNote& note) {
    const Bytes text =
        crypto::sign_object_note(note, profile_.device(), profile_.keys().signing_key);
    signed_.insert(crypto::sha256(text));
    return std::string(as_text(text));
}

void Vault::meet_beyond_pins(const DeviceId& signer, const crypto::Hash& note) {
    if (signer == profile_.device() && !signed_.contains(note) && tell_older_copy_) {
        std::exchange(tell_older_copy_, nullptr)();
    }
}

void Vault::check_directory_claim(const crypto::NoteHead& claim, const Subject& subject) {
    if (claim.number > directories_.size()) {
        sync_directory();
    }
    if (claim.number > directories_.size()) {
        throw Tampered(tamper::kRolledBack, "made under a directory that the server does not show",
                       subject, std::to_string(claim.number), std::to_string(directories_.size()));
    }
    if (claim.number == 0 || directories_[claim.number - 1].note != claim.hash) {
        throw Tampered(tamper::kForked, "made under another directory than the one shown here",
                       subject);
    }
}

void Vault::check_checkpoint_claim(const crypto::TreeHead& claim, const Subject& subject) {
    if (claim.size > log_.size()) {
        sync_log();
    }
    if (claim.size > log_.size()) {
        throw Tampered(tamper::kRolledBack, "its writer saw a longer log", subject,
                       std::to_string(claim.size), std::to_string(log_.size()));
    }
    if (log_.root_at(claim.size) != claim.root) {
        throw Tampered(tamper::kForked, "its writer saw another log", subject,
                       "size " + std::to_string(claim.size), "another root");
    }
}

const crypto::Directory& Vault::directory_at(const crypto::NoteHead& claim,
                                             const Subject& subject) {
    check_directory_claim(claim, subject);
    return directories_[claim.number - 1].directory;
}

// A line's keys never change, so the newest directory knows every signer there ever was.
const crypto::DeviceLine& Vault::line_of(const DeviceId& signer, const Subject& subject) {
    if (directory().find_device(signer) == nullptr) {
        sync_directory();
    }
    const crypto::DeviceLine* const line = directory().find_device(signer);
    if (line == nullptr) {
        throw Tampered(tamper::kSigner, "signed by a device that no directory lists", subject, {},
                       signer.text());
    }
    return *line;
}

VerifiedNote Vault::verify_bare_note(std::string_view note, const Subject& subject) {
    return about(subject, [&] {
        const DeviceId signer = crypto::claimed_signer(as_bytes(note));
        const crypto::VerifyKey key = line_of(signer, subject).signing_key;
        VerifiedNote verified{.text = std::string(note),
                              .note = crypto::verify_object_note(as_bytes(note), signer, key),
                              .hash = crypto::sha256(as_bytes(note)),
                              .signer = signer,
                              .object = {}};
        if (verified.note.vault != id()) {
            throw Tampered(tamper::kContext, "of another vault", subject);
        }
        const crypto::Directory& then = directory_at(verified.note.directory, subject);
        const crypto::DeviceLine* const line = then.find_active(signer);
        const bool may_write =
            line != nullptr && (verified.note.kind == crypto::NoteKind::kKeyring ||
                                line->role != crypto::Role::kAuditor);
        if (!may_write) {
            throw Tampered(tamper::kSigner, "signed by a device that may not", subject, {},
                           signer.text());
        }
        check_checkpoint_claim(verified.note.checkpoint, subject);
        return verified;
    });
}

VerifiedNote Vault::verify_note(std::string_view note, Bytes object, const Subject& subject) {
    VerifiedNote verified = verify_bare_note(note, subject);
    if (crypto::sha256(object) != verified.note.object) {
        throw Tampered(tamper::kObjectHash, "not the object that its note names", subject);
    }
    verified.object = std::move(object);
    return verified;
}

bool Vault::has_named_recovery(const crypto::Hash& recipient, std::uint32_t number) const noexcept {
    return std::ranges::any_of(directories_, [&](const crypto::VerifiedDirectory& verified) {
        const std::string& named = verified.directory.recovery;
        return verified.directory.number <= number && !named.empty() &&
               crypto::sha256(as_bytes(named)) == recipient;
    });
}

}  // namespace valv::client
