#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/journal.h"
#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/merkle.h"
#include "crypto/core/object_note.h"

// What a client knows for sure and carries from one command to the next (docs/formats.md section 4
// "pins").
namespace valv::client {

// Pinned at creation of the vault or by the invitation; only a directory note may change the CA and
// the log key.
struct VaultFacts {
    VaultId vault;
    std::string server;  // https://host:port
    crypto::Hash server_ca{};
    std::optional<crypto::Hash> server_ca_next;
    crypto::VerifyKey founder{};
    crypto::VerifyKey log_key{};
    PersonId person;
    friend bool operator==(const VaultFacts&, const VaultFacts&) = default;
};

struct KeyringPin {
    std::uint32_t epoch = 0;
    crypto::NoteHead head;
    friend bool operator==(const KeyringPin&, const KeyringPin&) = default;
};

struct CasePins {
    std::optional<KeyringPin> keyring;
    std::optional<crypto::NoteHead> record;
    std::optional<crypto::NoteHead> retention;
    friend bool operator==(const CasePins&, const CasePins&) = default;
};

struct Pins {
    VaultFacts facts;
    std::optional<crypto::NoteHead> directory;  // absent: not yet founded or approved
    crypto::TreeHead log{.size = 0, .root = crypto::empty_root()};
    std::uint64_t owed_log_size = 0;  // own acknowledged writes make the log at least this long
    std::string
        recovery;  // the recovery recipient whose words this person compared; empty for none
    std::map<CaseId, CasePins> cases;
    std::vector<JournalMonth> journal;
    std::vector<OwnWrite> new_writes;  // of this change: the profile puts them into the journal
    std::map<CaseId, std::uint64_t> erased;  // the leaf of each erasure that this person was told
    friend bool operator==(const Pins&, const Pins&) = default;

    // Forward only: an older head leaves the pin as it is.
    void pin_directory(const crypto::NoteHead& head);
    void pin_log(const crypto::TreeHead& head);
    void pin_keyring(const CaseId& case_id, const KeyringPin& pin);
    void pin_record(const CaseId& case_id, const crypto::NoteHead& head);
    // An own write was acknowledged: it goes into the journal, and the log is one entry longer than
    // both what was owed and what was seen.
    void owe(OwnWrite write);
    // The same for a write that makes no entry where it changes nothing.
    void remember(OwnWrite write);
    void pin_retention(const CaseId& case_id, const crypto::NoteHead& head);
    // The case is gone, and with it what was pinned of it.
    void pin_erased(const CaseId& case_id, std::uint64_t leaf);
};

// Without new_writes.
[[nodiscard]] std::string encode_pins(const Pins& pins);
// Throws kMalformed.
[[nodiscard]] Pins decode_pins(std::string_view json);

}  // namespace valv::client
