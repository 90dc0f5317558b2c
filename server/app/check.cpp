#include "server/app/check.h"

#include "common/base/error.h"
#include "crypto/core/x509.h"
#include "server/app/secret_files.h"
#include "server/app/server_parts.h"

namespace valv::app {
namespace {

// The key of each vault's log, and the listener's own keys and certificates.
std::vector<std::string> secret_faults(ServerParts& parts) {
    std::vector<std::string> faults;
    const auto secrets = parts.secrets();
    const crypto::SecretBytes ca = require_secret(secrets / kCaCertificateFile);
    const crypto::SecretBytes staff = require_secret(secrets / kStaffCertificateFile);
    if (!crypto::is_signed_by(as_text(staff.reveal()), as_text(ca.reveal()))) {
        faults.emplace_back("secrets: staff.crt is not signed by server-ca.crt");
    }
    if (crypto::spki_hash_of_key_pem(require_secret(secrets / kStaffKeyFile)) !=
        crypto::spki_hash_of_certificate_pem(as_text(staff.reveal()))) {
        faults.emplace_back("secrets: staff.key is not the key of staff.crt");
    }
    const auto vaults = parts.store().transact(store::TxKind::kRead, [](store::Tx& tx) {
        std::vector<store::VaultRow> rows;
        for (const VaultId& vault : tx.vaults().list()) {
            if (auto row = tx.vaults().find(vault)) {
                rows.push_back(std::move(*row));
            }
        }
        return rows;
    });
    for (const store::VaultRow& row : vaults) {
        const auto key = parts.log_keys().find(row.vault);
        if (!key || !equal(key->public_key(), row.log_key)) {
            faults.push_back("secrets: the log key of vault " + row.vault.text() +
                             " is missing or another one");
        }
    }
    return faults;
}

void add_count(std::string& text, std::string_view name, std::uint64_t count) {
    text.append(std::to_string(count)).append(" ").append(name).append("\n");
}

}  // namespace

CheckResult check(const Config& config, store::ReadData read_data, Clock& clock,
                  RandomSource& random) {
    ServerParts parts(config, clock, random);
    std::vector<std::string> faults = parts.store().integrity_faults();
    const store::CheckReport report =
        store::check_store(parts.store(), parts.blobs(), parts.erasure_keys(), read_data);
    faults.insert(faults.end(), report.faults.begin(), report.faults.end());
    const std::vector<std::string> of_secrets = secret_faults(parts);
    faults.insert(faults.end(), of_secrets.begin(), of_secrets.end());
    CheckResult result{.text = {}, .is_good = faults.empty()};
    for (const std::string& fault : faults) {
        result.text.append("FAULT ").append(fault).append("\n");
    }
    add_count(result.text, "vaults", report.vaults);
    add_count(result.text, "notes", report.notes);
    add_count(result.text, "documents", report.documents);
    add_count(result.text, "links", report.links);
    add_count(result.text, "erased cases", report.erasures);
    add_count(result.text, "log entries", report.log_entries);
    add_count(result.text, "blobs", report.blobs);
    add_count(result.text, "octets read", report.octets_read);
    add_count(result.text, "orphan blobs, for the sweep", report.orphan_blobs);
    add_count(result.text, "orphan erasure keys", report.orphan_keys);
    result.text.append(result.is_good ? "good\n" : "not good\n");
    return result;
}

}  // namespace valv::app
