#pragma once

#include <span>
#include <string>
#include <vector>

#include "client/lib/vault.h"
#include "crypto/sealed/recovery_shares.h"

// The custodians' shares put to use: an admin's device becomes a member of every case.
namespace valv::client {

struct RecoveredCase {
    CaseId id;
    std::string reference;      // empty when it was not recovered
    bool is_recovered = false;  // false: its newest keyring is not wrapped to this recovery key
};

// Every case of the vault of which this device is no member: its keyring is opened with the
// recovery identity, and a keyring of the next epoch is made for the members that are still active
// and for this device; papers move to the new keys. Each step is logged by the server, which all
// admins see. Can be called again after a cut. Throws kForbidden unless this device is an admin's,
// kNotFound when the shares are of no recipient that this vault named, kTampered as Case does, and
// as combine_recovery_shares.
[[nodiscard]] std::vector<RecoveredCase> recover_cases(
    Vault& vault, std::span<const sealed::RecoveryShare> shares);

}  // namespace valv::client
