#include "client/lib/keyring_chain.h"

#include <optional>

#include "client/lib/errors.h"
#include "client/lib/recovery.h"
#include "crypto/sealed/age/x25519.h"

namespace valv::client {

protocol::Put put_of(const NotedObject& noted) {
    return {.note = noted.note, .object = noted.object};
}

NotedObject seal_noted_keyring(Vault& vault, const sealed::Keyring& keyring,
                               const std::vector<DeviceId>& devices, const VerifiedNote* before) {
    std::vector<sealed::X25519Recipient> recipients;
    for (const DeviceId& device : devices) {
        const crypto::DeviceLine* const line = vault.directory().find_active(device);
        if (line == nullptr) {
            throw Error(ErrorCode::kInvalidArgument, "keyring: a device is not active in the vault",
                        "/devices");
        }
        recipients.push_back(sealed::X25519Recipient::parse(line->recipient));
    }
    const std::string recovery =
        recovery_for(vault, before == nullptr ? std::nullopt : before->note.recovery);
    if (!recovery.empty()) {
        recipients.push_back(sealed::X25519Recipient::parse(recovery));
    }
    NotedObject noted;
    noted.object = sealed::seal_keyring(keyring, sealed::recipients_of(recipients),
                                        vault.environment().random);
    crypto::ObjectNote note = vault.new_note(crypto::NoteKind::kKeyring, keyring.case_id);
    note.epoch = keyring.epoch;
    note.number = keyring.number;
    if (before != nullptr) {
        note.previous = before->hash;
    }
    note.object = crypto::sha256(noted.object);
    note.devices = devices;
    if (!recovery.empty()) {
        note.recovery = crypto::sha256(as_bytes(recovery));
    }
    noted.note = vault.sign(note);
    return noted;
}

void add_key(sealed::Keyring& keyring, RandomSource& random) {
    keyring.keys.push_back({.epoch = keyring.epoch, .key = sealed::CaseKey::random(random)});
}

void check_keyring_order(const VerifiedNote& before, const VerifiedNote& after,
                         const crypto::Directory& directory, const Subject& subject) {
    const crypto::ObjectNote& was = before.note;
    const crypto::ObjectNote& is = after.note;
    if (is.number != was.number + 1 || is.previous != before.hash || is.epoch < was.epoch ||
        is.epoch > was.epoch + 1 || is.directory.number < was.directory.number) {
        throw Tampered(tamper::kChain, "does not follow the keyring before", subject);
    }
    const crypto::DeviceLine* const line = directory.find_active(after.signer);
    if (line == nullptr || (!was.lists(after.signer) && line->role != crypto::Role::kAdmin)) {
        throw Tampered(tamper::kSigner, "signed by a device that may not hand it on", subject);
    }
}

sealed::Keyring keyring_before(const sealed::Keyring& after, const crypto::ObjectNote& before) {
    sealed::Keyring keyring = after.clone();
    keyring.epoch = before.epoch;
    keyring.number = before.number;
    std::erase_if(keyring.keys,
                  [&](const sealed::EpochKey& key) { return key.epoch > before.epoch; });
    return keyring;
}

}  // namespace valv::client
