#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "client/lib/vault.h"
#include "crypto/sealed/recovery_shares.h"

// The recovery recipient of a vault: whose shares, put together, open every case (docs/formats.md
// section 11). It stands in the directory, where one admin proposes it and another confirms it; a
// client wraps keyrings to it once its person compared its words.
namespace valv::client {

struct NewRecovery {
    std::string recipient;  // `age1…`
    std::vector<sealed::RecoveryShare> shares;
    bool is_confirmed = false;  // at once, where there is one admin only
};

// A new recovery identity, split at once: nothing keeps it whole. Proposes its recipient. Throws
// kForbidden unless this device is an admin's, kInvalidArgument unless 2 ≤ threshold ≤ count ≤ 255.
[[nodiscard]] NewRecovery split_recovery(Vault& vault, unsigned threshold, unsigned count);
// The recipient that waits for another admin, or that this person has not compared yet; empty when
// there is none.
[[nodiscard]] std::string proposed_recovery(const Vault& vault);
[[nodiscard]] std::string unaccepted_recovery(const Vault& vault);
// After its words were compared. Confirming is an admin's, other than who proposed (kForbidden);
// both throw kNotFound when there is nothing to confirm or accept.
void confirm_recovery(Vault& vault);
void accept_recovery(Vault& vault);

// To which recipient this device wraps the keyring that follows `before`: the one that its person
// accepted, or the directory's where who made `before` vouched for it. Empty for none.
[[nodiscard]] std::string recovery_for(const Vault& vault,
                                       const std::optional<crypto::Hash>& before);
// The first 16 octets of its SHA-256, to compare as words.
[[nodiscard]] std::string recovery_words(std::string_view recipient);

enum class DrillResult {
    kOpens,      // these shares give the identity of the directory's recipient
    kOpensOld,   // of one that was replaced: what was wrapped to it stays open to it
    kOpensNone,  // of no recipient that this vault ever had
};
// Puts shares together and tells what they would open; the identity is forgotten. Throws as
// combine_recovery_shares.
[[nodiscard]] DrillResult drill_recovery(const Vault& vault,
                                         std::span<const sealed::RecoveryShare> shares);

}  // namespace valv::client
