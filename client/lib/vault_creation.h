#pragma once

#include <filesystem>
#include <string>

#include "client/lib/environment.h"
#include "client/lib/profile.h"
#include "client/lib/vault.h"

namespace valv::client {

struct NewVault {
    std::filesystem::path profile;
    std::string server;         // https://host:port of the staff listener
    crypto::SecretBytes token;  // as the operator gave it; it carries the CA pin
    std::string vault_name;
    std::string person_name;  // the founder
    std::string link_origin;  // public origin of links
    crypto::SecretBytes passphrase;
};

// Throws kMalformed when the text is no vault token.
[[nodiscard]] crypto::Hash server_ca_of_token(const crypto::SecretBytes& token);

// Profile, POST vault, directory note 1. The same call goes on where an earlier one was cut (same
// token, same profile; the passphrase must then be the old one).
[[nodiscard]] Profile create_vault(Environment& environment, NewVault wanted);

}  // namespace valv::client
