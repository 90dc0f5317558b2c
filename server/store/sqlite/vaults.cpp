#include "server/store/lease_rules.h"
#include "server/store/sqlite/tables.h"

namespace valv::store {
namespace {

DeviceRow read_device(const Statement& row) {
    return {.vault = row.id<VaultId>(0),
            .device = row.id<DeviceId>(1),
            .person = row.id<PersonId>(2),
            .role = row.text(3),
            .signing_key = row.octets(4),
            .tls_key_sha256 = row.hash(5),
            .is_active = row.flag(6)};
}

bool stands_in_another_vault(Connection& db, const VaultId& vault, const DeviceRow& line) {
    Statement found = db.query(
        "SELECT 1 FROM device WHERE vault <> ?1 AND (device = ?2 OR signing_key = ?3 OR "
        "tls_key_sha256 = ?4)",
        vault, line.device, line.signing_key, line.tls_key_sha256);
    return found.step();
}

}  // namespace

void SqliteVaultTable::insert_token(const Hash& token_sha256, Instant expires_at) {
    db_.run(
        "INSERT INTO vault_token (token_sha256, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        token_sha256, expires_at);
}

bool SqliteVaultTable::claim_token(const Hash& token_sha256, const VaultRow& row, Instant now) {
    const int claimed = db_.run(
        "UPDATE vault_token SET vault = ?2 WHERE token_sha256 = ?1 AND is_finished = 0"
        " AND (vault = ?2 OR (vault IS NULL AND expires_at > ?3))",
        token_sha256, row.vault, now);
    if (claimed == 0) {
        return false;
    }
    db_.run("INSERT INTO vault VALUES (?, ?, ?) ON CONFLICT (vault) DO NOTHING", row.vault,
            row.log_key, row.created_at);
    return true;
}

bool SqliteVaultTable::is_token_usable(const Hash& token_sha256, const VaultId& vault,
                                       Instant now) {
    Statement row = db_.query(
        "SELECT 1 FROM vault_token WHERE token_sha256 = ?1 AND is_finished = 0"
        " AND (vault = ?2 OR (vault IS NULL AND expires_at > ?3))",
        token_sha256, vault, now);
    return row.step();
}

void SqliteVaultTable::finish_tokens_of(const VaultId& vault) {
    db_.run("UPDATE vault_token SET is_finished = 1 WHERE vault = ?", vault);
}

std::optional<VaultRow> SqliteVaultTable::find(const VaultId& vault) {
    Statement row = db_.query("SELECT log_key, created_at FROM vault WHERE vault = ?", vault);
    if (!row.step()) {
        return std::nullopt;
    }
    return VaultRow{.vault = vault, .log_key = row.octets(0), .created_at = row.instant(1)};
}

std::vector<VaultId> SqliteVaultTable::list() {
    std::vector<VaultId> vaults;
    Statement row = db_.query("SELECT vault FROM vault ORDER BY vault");
    while (row.step()) {
        vaults.push_back(row.id<VaultId>(0));
    }
    return vaults;
}

bool SqliteVaultTable::replace_devices(const VaultId& vault,
                                       const std::vector<DeviceRow>& devices) {
    if (has_twins(devices)) {
        return false;
    }
    for (const DeviceRow& line : devices) {
        if (stands_in_another_vault(db_, vault, line)) {
            return false;
        }
    }
    db_.run("DELETE FROM device WHERE vault = ?", vault);
    for (const DeviceRow& line : devices) {
        db_.run("INSERT INTO device VALUES (?, ?, ?, ?, ?, ?, ?)", vault, line.device, line.person,
                line.role, line.signing_key, line.tls_key_sha256, line.is_active);
    }
    return true;
}

std::optional<DeviceRow> SqliteVaultTable::find_device(const VaultId& vault,
                                                       const Hash& tls_key_sha256) {
    Statement row = db_.query(
        "SELECT vault, device, person, role, signing_key, tls_key_sha256, is_active FROM device"
        " WHERE tls_key_sha256 = ? AND vault = ?",
        tls_key_sha256, vault);
    return row.step() ? std::optional(read_device(row)) : std::nullopt;
}

Instant SqliteTx::time_high_water() {
    Statement row = db_.query("SELECT high_water FROM server_time");
    return row.step() ? row.instant(0) : Instant{};
}

void SqliteTx::raise_time(Instant now) {
    db_.run("UPDATE server_time SET high_water = ?1 WHERE high_water < ?1", now);
}

}  // namespace valv::store
