#include <algorithm>

#include "server/store/lease_rules.h"
#include "server/store/memory/tables.h"

namespace valv::store {
namespace {

bool share_a_key(const DeviceRow& one, const DeviceRow& other) {
    return one.device == other.device || one.signing_key == other.signing_key ||
           one.tls_key_sha256 == other.tls_key_sha256;
}

bool share_a_key(const std::vector<DeviceRow>& some, const std::vector<DeviceRow>& others) {
    return std::ranges::any_of(some, [&](const DeviceRow& one) {
        return std::ranges::any_of(others,
                                   [&](const DeviceRow& other) { return share_a_key(one, other); });
    });
}

}  // namespace

void MemoryVaultTable::insert_token(const Hash& token_sha256, Instant expires_at) {
    if (!state_.tokens.contains(token_sha256)) {
        journal_.change(state_.tokens, token_sha256) = {.expires_at = expires_at};
    }
}

bool MemoryVaultTable::is_token_usable(const Hash& token_sha256, const VaultId& vault,
                                       Instant now) {
    const auto found = state_.tokens.find(token_sha256);
    if (found == state_.tokens.end() || found->second.is_finished) {
        return false;
    }
    const MemoryToken& token = found->second;
    return token.vault ? *token.vault == vault : token.expires_at > now;
}

bool MemoryVaultTable::claim_token(const Hash& token_sha256, const VaultRow& row, Instant now) {
    if (!is_token_usable(token_sha256, row.vault, now)) {
        return false;
    }
    journal_.change(state_.tokens, token_sha256).vault = row.vault;
    if (!state_.vaults.contains(row.vault)) {
        journal_.change(state_.vaults, row.vault) = row;
    }
    return true;
}

void MemoryVaultTable::finish_tokens_of(const VaultId& vault) {
    for (auto& [hash, token] : state_.tokens) {
        if (token.vault == vault) {
            journal_.change(state_.tokens, hash).is_finished = true;
        }
    }
}

std::optional<VaultRow> MemoryVaultTable::find(const VaultId& vault) {
    const auto found = state_.vaults.find(vault);
    return found == state_.vaults.end() ? std::nullopt : std::optional(found->second);
}

std::vector<VaultId> MemoryVaultTable::list() {
    std::vector<VaultId> vaults;
    for (const auto& [vault, row] : state_.vaults) {
        vaults.push_back(vault);
    }
    return vaults;
}

bool MemoryVaultTable::replace_devices(const VaultId& vault,
                                       const std::vector<DeviceRow>& devices) {
    const bool is_taken = std::ranges::any_of(state_.devices, [&](const auto& entry) {
        return entry.first != vault && share_a_key(devices, entry.second);
    });
    if (is_taken || has_twins(devices)) {
        return false;
    }
    auto& lines = journal_.change(state_.devices, vault);
    lines = devices;
    for (DeviceRow& line : lines) {
        line.vault = vault;
    }
    return true;
}

std::optional<DeviceRow> MemoryVaultTable::find_device(const VaultId& vault,
                                                       const Hash& tls_key_sha256) {
    const auto lines = state_.devices.find(vault);
    if (lines == state_.devices.end()) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(lines->second, tls_key_sha256, &DeviceRow::tls_key_sha256);
    return found == lines->second.end() ? std::nullopt : std::optional(*found);
}

}  // namespace valv::store
