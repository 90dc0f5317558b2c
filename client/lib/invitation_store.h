#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "client/lib/profile.h"
#include "crypto/sealed/digit_code.h"
#include "crypto/sealed/invitation.h"

// The invitations that this device gave out, sealed to itself in the profile's cache: approving
// needs the file and the code.
namespace valv::client {

struct KeptInvitation {
    crypto::SecretBytes file;  // as it was handed over
    sealed::DigitCode code;
    std::string name;  // of the person invited
};

class InvitationStore {
public:
    InvitationStore(const Profile& profile, RandomSource& random)
        : profile_(profile), random_(random) {}
    void keep(const InvitationId& id, const KeptInvitation& invitation);
    // Nothing when this device did not make it, or withdrew or used it.
    [[nodiscard]] std::optional<KeptInvitation> find(const InvitationId& id) const;
    void forget(const InvitationId& id);

private:
    [[nodiscard]] std::filesystem::path file_of(const InvitationId& id) const;
    const Profile& profile_;
    RandomSource& random_;
};

}  // namespace valv::client
