#include "client/lib/recovery.h"

#include <set>
#include <utility>

#include "client/lib/errors.h"
#include "client/lib/words.h"
#include "crypto/sealed/age/x25519.h"

namespace valv::client {
namespace {

constexpr unsigned kMaxShares = 255;

std::size_t admin_count(const crypto::Directory& directory) {
    std::set<PersonId> admins;
    for (const crypto::DeviceLine& line : directory.devices) {
        if (line.is_active() && line.role == crypto::Role::kAdmin) {
            admins.insert(line.person);
        }
    }
    return admins.size();
}

void require_admin(const Vault& vault) {
    if (vault.own_line().role != crypto::Role::kAdmin) {
        throw Error(ErrorCode::kForbidden, "recovery: only an admin");
    }
}

void accept(Vault& vault, const std::string& recipient) {
    vault.profile().update_pins([&](Pins& pins) { pins.recovery = recipient; });
}

// Of the recipient whose words were compared, not of one that was proposed meanwhile.
void put_confirmed(Vault& vault, const std::string& recipient) {
    vault.change_directory([&](crypto::Directory& next, Names& /*names*/) {
        if (next.recovery_proposed != recipient) {
            throw Error(ErrorCode::kNotFound, "recovery: another one is proposed by now");
        }
        next.recovery = std::exchange(next.recovery_proposed, {});
    });
}

}  // namespace

NewRecovery split_recovery(Vault& vault, unsigned threshold, unsigned count) {
    require_admin(vault);
    if (threshold < sealed::kMinShareThreshold || threshold > count || count > kMaxShares) {
        throw Error(ErrorCode::kInvalidArgument, "recovery: 2 <= threshold <= shares <= 255");
    }
    RandomSource& random = vault.environment().random;
    const sealed::X25519Identity identity = sealed::X25519Identity::random(random);
    NewRecovery made{.recipient = identity.recipient().text(),
                     .shares = sealed::split_recovery_secret(
                         identity.secret(), static_cast<std::uint8_t>(threshold),
                         static_cast<std::uint8_t>(count), random)};
    vault.change_directory([&](crypto::Directory& next, Names& /*names*/) {
        next.recovery_proposed = made.recipient;
    });
    if (admin_count(vault.directory()) == 1) {
        put_confirmed(vault, made.recipient);
        made.is_confirmed = true;
    }
    accept(vault, made.recipient);
    return made;
}

std::string proposed_recovery(const Vault& vault) {
    return vault.directory().recovery_proposed;
}

std::string unaccepted_recovery(const Vault& vault) {
    const std::string& recovery = vault.directory().recovery;
    return recovery == vault.profile().pins().recovery ? std::string() : recovery;
}

void confirm_recovery(Vault& vault) {
    require_admin(vault);
    const std::string recipient = proposed_recovery(vault);
    if (recipient.empty()) {
        throw Error(ErrorCode::kNotFound, "recovery: nothing is proposed");
    }
    if (vault.head().proposed_by == vault.own_line().person && admin_count(vault.directory()) > 1) {
        throw Error(ErrorCode::kForbidden, "recovery: another admin confirms it", {},
                    "recovery_own_proposal");
    }
    put_confirmed(vault, recipient);
    accept(vault, recipient);
}

void accept_recovery(Vault& vault) {
    const std::string recipient = unaccepted_recovery(vault);
    if (recipient.empty()) {
        throw Error(ErrorCode::kNotFound, "recovery: nothing to accept");
    }
    accept(vault, recipient);
}

std::string recovery_for(const Vault& vault, const std::optional<crypto::Hash>& before) {
    const std::string& accepted = vault.profile().pins().recovery;
    const std::string& named = vault.directory().recovery;
    if (!accepted.empty()) {
        return accepted;
    }
    const bool is_vouched_for =
        !named.empty() && before && *before == crypto::sha256(as_bytes(named));
    return is_vouched_for ? named : std::string();
}

std::string recovery_words(std::string_view recipient) {
    constexpr std::size_t kShownBytes = 16;
    const crypto::Hash hash = crypto::sha256(as_bytes(recipient));
    return words_of(ByteView(hash).first(kShownBytes));
}

DrillResult drill_recovery(const Vault& vault, std::span<const sealed::RecoveryShare> shares) {
    const std::string recipient =
        sealed::X25519Identity::from_secret(sealed::combine_recovery_shares(shares))
            .recipient()
            .text();
    if (recipient == vault.directory().recovery) {
        return DrillResult::kOpens;
    }
    return vault.has_named_recovery(crypto::sha256(as_bytes(recipient)), vault.directory().number)
               ? DrillResult::kOpensOld
               : DrillResult::kOpensNone;
}

}  // namespace valv::client
