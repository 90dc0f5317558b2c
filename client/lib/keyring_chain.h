#pragma once

#include <string>
#include <vector>

#include "client/lib/vault.h"
#include "common/protocol/messages.h"
#include "crypto/sealed/keyring.h"

// One link of a case's keyring chain (docs/formats.md section 5), for members and for who recovers.
namespace valv::client {

// A note and what it is about, ready to be put.
struct NotedObject {
    std::string note;
    Bytes object;
    [[nodiscard]] crypto::NoteHead head(std::uint32_t number) const {
        return {.number = number, .hash = crypto::sha256(as_bytes(note))};
    }
};
[[nodiscard]] protocol::Put put_of(const NotedObject& noted);

// Seals a keyring to its devices, all of which the newest directory must list as active
// (kInvalidArgument), and to the recovery recipient (recovery.h); signs its note. `before` is the
// newest keyring's, null for the first.
[[nodiscard]] NotedObject seal_noted_keyring(Vault& vault, const sealed::Keyring& keyring,
                                             const std::vector<DeviceId>& devices,
                                             const VerifiedNote* before);
// A new key for the keyring's epoch.
void add_key(sealed::Keyring& keyring, RandomSource& random);

// Rule (1) and the order, for a keyring whose plaintext this device cannot know. Throws kTampered
// `note_chain_broken` or `note_signer_not_allowed`.
void check_keyring_order(const VerifiedNote& before, const VerifiedNote& after,
                         const crypto::Directory& directory, const Subject& subject);
// What the keyring before held, told by the one after it: the succession MAC is keyed from its
// newest K.
[[nodiscard]] sealed::Keyring keyring_before(const sealed::Keyring& after,
                                             const crypto::ObjectNote& before);

}  // namespace valv::client
