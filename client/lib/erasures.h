#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/lib/cases.h"
#include "client/lib/vault.h"

// Cases that are gone: what the server says of them, verified, and what this device still keeps of
// them (docs/formats.md section 12).
namespace valv::client {

struct ErasedCase {
    CaseId id;
    Instant at;
    DeviceId by;                  // who signed the decision
    std::uint64_t documents = 0;  // how many papers went
    protocol::Erasure proof;      // what all of this was read from
};

class Erasures {
public:
    explicit Erasures(Vault& vault) : vault_(vault) {}

    // The erasures that the server tells this device, each verified: its event is a leaf of the log
    // that this device knows, and names a decision that its device signed. Throws kTampered.
    [[nodiscard]] std::vector<ErasedCase> list();
    // Those of them that forget() was not called for.
    [[nodiscard]] std::vector<ErasedCase> list_untold();
    // Drops what the profile keeps of the case, then pins that it is gone. Call it once the person
    // was told.
    void forget(const ErasedCase& erased);

    // Signs the order and has it done; returns when it is. kOnHold while a legal hold stands,
    // kUnavailable when the server has not finished: again.
    ErasedCase erase(Case& opened);

    // The certificate, with a proof against the newest checkpoint. `vault_name` and the person's
    // name are as the vault's directory has them.
    [[nodiscard]] std::string certificate(const ErasedCase& erased);

private:
    [[nodiscard]] ErasedCase verify(protocol::Erasure proof);
    void verify_leaf(const protocol::Erasure& proof, const Subject& subject);
    void verify_decision(const protocol::Erasure& proof, const ErasedCase& erased,
                         std::string_view note_sha256, const Subject& subject);
    Vault& vault_;
};

}  // namespace valv::client
