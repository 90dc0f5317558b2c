#pragma once

#include <string>
#include <vector>

#include "client/lib/cases.h"
#include "client/lib/vault.h"
#include "crypto/core/directory.h"

// Who belongs to the vault: what an admin changes in the directory, and what follows for the cases.
namespace valv::client {

// Note n + 1 in which these devices are revoked. Throws kNotFound for an unknown one, kForbidden
// unless this device is an admin's, kInvalidArgument when no admin would be left.
void revoke_devices(Vault& vault, const std::vector<DeviceId>& devices);
// Note n + 1 in which every active device of the person has this role; throws as revoke_devices.
void change_role(Vault& vault, const PersonId& person, crypto::Role role);
// Names of the vault and its people, nothing else changed.
void change_names(Vault& vault, const Names& names);

// A case that got new keys because a member is no longer active.
struct RotatedCase {
    CaseId id;
    std::string reference;
    std::size_t papers = 0;  // that who left could open, and may have copied
    std::vector<casework::Link> ended_links;
};
// Every case of this device that still lists a device which is no longer active: epoch + 1, papers
// moved, links ended. Cases of others rotate when a member of theirs writes next. Can be called
// again after a cut.
[[nodiscard]] std::vector<RotatedCase> rotate_left_cases(Vault& vault);

// Takes devices out of one case: new keys, papers moved, links ended. Returns the links that still
// opened before.
[[nodiscard]] RotatedCase take_out(Case& opened, const std::vector<DeviceId>& devices);

}  // namespace valv::client
