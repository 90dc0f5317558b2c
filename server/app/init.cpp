#include "server/app/init.h"

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/x509.h"
#include "server/app/file_token_inbox.h"
#include "server/app/secret_files.h"
#include "server/store/files/data_folder.h"
#include "server/store/files/file.h"

namespace valv::app {
namespace {

using crypto::SecretBytes;

constexpr std::string_view kCaName = "Resvalv server CA";
constexpr std::size_t kTokenBytes = 16;
// Clients trust this CA by its key and nobody else; a short life would only stop a server that
// nobody looked at. A clock that is a day wrong on either side must not stop it either.
constexpr std::chrono::hours kClockSlack{24};
constexpr std::chrono::years kCertificateLife{20};

crypto::Validity validity_from(Instant now) {
    return {.not_before = now - kClockSlack,
            .not_after = std::chrono::floor<std::chrono::seconds>(now + kCertificateLife)};
}

void write_staff_certificate(const std::filesystem::path& secrets, const Config& config,
                             Instant now, RandomSource& random) {
    const SecretBytes ca_key = require_secret(secrets / kCaKeyFile);
    const SecretBytes ca_certificate = require_secret(secrets / kCaCertificateFile);
    const SecretBytes key = crypto::make_p256_key(random);
    const crypto::ServerCertificateRequest request{.common_name = config.staff_names.front(),
                                                   .names = config.staff_names,
                                                   .validity = validity_from(now)};
    const std::string certificate = crypto::issue_server_certificate(
        ca_key, as_text(ca_certificate.reveal()), key, request, random);
    write_durably(secrets / kStaffKeyFile, key.reveal());
    write_durably(secrets / kStaffCertificateFile, as_bytes(certificate));
}

std::string next_steps(const Config& config) {
    return "Initialised " + config.data_folder +
           ".\n"
           "Next:\n"
           "  1. Keep a copy of the folder secrets/ in a safe: without server-ca.key every client "
           "must be enrolled anew.\n"
           "  2. Start the server: resvalvd serve\n"
           "  3. Make a token for the first vault: resvalvd vault-token\n"
           "     The founder is asked for it by: resvalv vault create\n";
}

}  // namespace

std::filesystem::path token_folder(const std::filesystem::path& secrets) {
    return secrets / "tokens";
}
std::filesystem::path log_key_folder(const std::filesystem::path& secrets) {
    return secrets / "log";
}

std::string init(const Config& config, Clock& clock, RandomSource& random) {
    const store::DataFolder folder(config.data_folder);
    std::filesystem::permissions(
        config.data_folder, std::filesystem::perms::owner_all);  // a package may have made it wider
    require_private_folder(config.data_folder);
    const std::filesystem::path secrets = folder.secrets();
    if (std::filesystem::exists(secrets / kStaffCertificateFile)) {  // written last
        throw Error(ErrorCode::kConflict,
                    "init: " + config.data_folder + " is initialised already; nothing was changed");
    }
    store::make_folder(token_folder(secrets));
    store::make_folder(log_key_folder(secrets));
    const Instant now = clock.now();
    const SecretBytes ca_key = crypto::make_p256_key(random);
    write_durably(secrets / kCaKeyFile, ca_key.reveal());
    write_durably(secrets / kCaCertificateFile, as_bytes(crypto::make_ca_certificate(
                                                    ca_key, kCaName, validity_from(now), random)));
    write_staff_certificate(secrets, config, now, random);
    return next_steps(config);
}

std::string reissue_staff_certificate(const Config& config, Clock& clock, RandomSource& random) {
    require_private_folder(config.data_folder);
    const store::DataFolder folder(config.data_folder);
    write_staff_certificate(folder.secrets(), config, clock.now(), random);
    return "Made a new staff certificate for the names of staff_names.\n";
}

std::string make_vault_token(const Config& config, Clock& clock, RandomSource& random) {
    // The owner only: a file that the server's user cannot read would stop every vault.
    require_private_folder(config.data_folder);
    const std::filesystem::path secrets = std::filesystem::path(config.data_folder) / "secrets";
    const SecretBytes ca_certificate = require_secret(secrets / kCaCertificateFile);
    const crypto::Hash pin = crypto::spki_hash_of_certificate_pem(as_text(ca_certificate.reveal()));
    const SecretBytes secret = SecretBytes::random(kTokenBytes, random);
    FileTokenInbox(token_folder(secrets))
        .add({.sha256 = crypto::sha256(secret.reveal()),
              .expires_at = clock.now() + limits::kVaultTokenLifetime});
    return to_base64url(concat({secret.reveal(), pin})) + "\n";
}

}  // namespace valv::app
