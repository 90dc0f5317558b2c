#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "server/app/config.h"

namespace valv::app {

// The folder `tokens` and `log` below secrets.
[[nodiscard]] std::filesystem::path token_folder(const std::filesystem::path& secrets);
[[nodiscard]] std::filesystem::path log_key_folder(const std::filesystem::path& secrets);

// Makes the data folder, the server's CA and the staff certificate (docs/decisions.md "A CA of the
// server's own, pinned by its key"), and answers what to tell the operator. Refuses (kConflict) a
// folder that is initialised; one whose init was cut short is begun anew, because nobody has its
// pin yet.
[[nodiscard]] std::string init(const Config& config, Clock& clock, RandomSource& random);

// A new staff key and certificate under the same CA, for changed staff_names; the clients' pins
// stand. The server must be stopped.
[[nodiscard]] std::string reissue_staff_certificate(const Config& config, Clock& clock,
                                                    RandomSource& random);

// Prints a token for one new vault, base64url(16 random octets ‖ SHA-256 of the CA's key), and
// leaves its hash for the server, which may run.
[[nodiscard]] std::string make_vault_token(const Config& config, Clock& clock,
                                           RandomSource& random);

}  // namespace valv::app
