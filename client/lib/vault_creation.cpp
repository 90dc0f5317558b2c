#include "client/lib/vault_creation.h"

#include <algorithm>
#include <utility>

#include "client/lib/errors.h"
#include "client/lib/server_address.h"
#include "common/base/encoding.h"
#include "common/protocol/messages.h"

namespace valv::client {
namespace {

constexpr std::size_t kTokenSecretBytes = 16;

std::string token_text(const crypto::SecretBytes& token) {
    std::string_view text = as_text(token.reveal());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

// The profile of an earlier, cut call, or a new one.
Profile make_profile(Environment& environment, NewVault& wanted, const crypto::Hash& server_ca) {
    if (Profile::exists(wanted.profile)) {
        Profile profile = Profile::open(wanted.profile, std::move(wanted.passphrase));
        const bool is_ours = profile.facts().founder == profile.keys().signing_key.public_key();
        if (profile.pins().directory || !is_ours) {
            throw Error(ErrorCode::kConflict,
                        "vault create: the profile belongs to a vault already");
        }
        return profile;
    }
    const VaultId vault = VaultId::random(environment.random);
    sealed::DeviceKeys keys = sealed::DeviceKeys::random(vault, environment.random);
    VaultFacts facts{.vault = vault,
                     .server = wanted.server,
                     .server_ca = server_ca,
                     .server_ca_next = {},
                     .founder = keys.signing_key.public_key(),
                     .log_key = {},
                     .person = PersonId::random(environment.random)};
    return Profile::create(wanted.profile, std::move(keys), std::move(facts),
                           std::move(wanted.passphrase), environment.work, environment.random);
}

// May be repeated: the token stays usable for this vault id until directory note 1 is there.
void claim_vault(Environment& environment, Profile& profile, const crypto::SecretBytes& token) {
    const auto transport = environment.network.to_staff(profile.address(), profile.credentials());
    Call call = call_to(protocol::RouteName::kCreateVault);
    call.json = protocol::encode(
        protocol::CreateVault{.token = token_text(token), .vault = profile.facts().vault});
    call.key = RequestKey::random(environment.random);
    const crypto::VerifyKey log_key = about({.object = "vault"}, [&] {
        return crypto::verify_key_from(
            protocol::decode_vault_created(ask(*transport, call).text()).log_key);
    });
    profile.update_pins([&](Pins& pins) { pins.facts.log_key = log_key; });
}

// Is directory note 1 there, and ours?
bool is_founded(Vault& vault) {
    try {
        vault.sync();
        return true;
    } catch (const Error&) {  // the caller's own error says what went wrong
        return false;
    }
}

crypto::DeviceLine own_first_line(const Profile& profile) {
    const sealed::DevicePublicKeys keys = profile.keys().public_keys();
    return {.person = profile.facts().person,
            .device = profile.device(),
            .role = crypto::Role::kAdmin,
            .recipient = profile.keys().identity.recipient().text(),
            .signing_key = keys.signing_key,
            .tls_key = keys.tls_key,
            .status = crypto::DeviceStatus::kActive};
}

void post_first_directory(Vault& vault, const NewVault& wanted) {
    const VaultFacts& facts = vault.profile().facts();
    crypto::Directory first;
    first.vault = facts.vault;
    first.server_ca = facts.server_ca;
    first.log_key = facts.log_key;
    first.origin = wanted.link_origin;
    first.devices = {own_first_line(vault.profile())};
    const Names names{.vault = wanted.vault_name,
                      .people = {{.person = facts.person, .name = wanted.person_name}}};
    vault.put_directory(std::move(first), names);
}

}  // namespace

crypto::Hash server_ca_of_token(const crypto::SecretBytes& token) {
    const Bytes octets = from_base64url(token_text(token));
    if (octets.size() != kTokenSecretBytes + crypto::kHashBytes) {
        throw Error(ErrorCode::kMalformed, "vault token: wrong length");
    }
    return crypto::hash_from(ByteView(octets).subspan(kTokenSecretBytes));
}

Profile create_vault(Environment& environment, NewVault wanted) {
    const crypto::Hash server_ca = server_ca_of_token(wanted.token);
    (void)staff_host(wanted.server);
    if (!crypto::is_link_origin(wanted.link_origin)) {
        throw Error(ErrorCode::kInvalidArgument, "vault create: not an origin of links", "/origin");
    }
    Profile profile = make_profile(environment, wanted, server_ca);
    Vault vault(environment, profile);
    try {
        claim_vault(environment, profile, wanted.token);
    } catch (const Error& error) {
        // The reply to note 1 was lost: the token is used up, and the directory is there.
        if (error.code() != ErrorCode::kForbidden && error.code() != ErrorCode::kNotFound) {
            throw;
        }
        if (is_founded(vault)) {
            return profile;
        }
        throw;
    }
    post_first_directory(vault, wanted);
    return profile;
}

}  // namespace valv::client
