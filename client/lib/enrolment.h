#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "client/lib/environment.h"
#include "client/lib/profile.h"
#include "client/lib/vault.h"
#include "common/protocol/messages.h"
#include "crypto/sealed/digit_code.h"
#include "crypto/sealed/invitation.h"

// How a second device comes into a vault without trust on first use (docs/formats.md section 8).
namespace valv::client {

// ---- the admin ----

struct InvitationRequest {
    std::optional<PersonId> person;  // another device of someone known; absent: a new person
    std::string name;                // of a new person
    crypto::Role role = crypto::Role::kCoordinator;
    std::chrono::hours lifetime{48};
};
struct MadeInvitation {
    InvitationId id;
    crypto::SecretBytes file;  // its octets: to be written 0600 and carried past the server
    sealed::DigitCode code;    // to be told another way; shown once
    Instant expires;
};

struct PendingEnrolment {
    InvitationId invitation;
    PersonId person;
    std::string name;
    crypto::Role role = crypto::Role::kCoordinator;
    Instant expires;
    DeviceId device;
    std::string words;  // eight, of the device's keys: the newcomer's screen shows the same
    bool already_listed = false;  // an approval was cut: approve finishes it
    sealed::DevicePublicKeys keys;
};
// What was sent in and does not hold: a wrong code, or somebody without it.
struct EnrolmentList {
    std::vector<PendingEnrolment> pending;
    std::size_t refused = 0;
};

class Enrolments {
public:
    explicit Enrolments(Vault& vault) : vault_(vault) {}
    // Kept sealed in the profile: only the device that invited can approve.
    [[nodiscard]] MadeInvitation invite(const InvitationRequest& request);
    // Verified submissions to this device's own live invitations.
    [[nodiscard]] EnrolmentList list();
    // Directory note n + 1 with the new line, then the approval.
    void approve(const PendingEnrolment& pending);
    void withdraw(const InvitationId& invitation);

private:
    Vault& vault_;
};

// ---- the newcomer ----

class Enrolling {
public:
    // Makes the profile or opens the one that an earlier, cut call made for this invitation. kEnded
    // name `expired`.
    [[nodiscard]] static Enrolling begin(Environment& environment,
                                         const std::filesystem::path& folder,
                                         ByteView invitation_file, const sealed::DigitCode& code,
                                         crypto::SecretBytes passphrase);
    [[nodiscard]] const sealed::Invitation& invitation() const noexcept { return invitation_; }
    [[nodiscard]] std::string words() const;  // eight, to compare with the admin's screen
    void submit();                            // again is no harm
    // Asks once. True: approved, everything checked and pinned, the profile is ready. Throws
    // kTampered `enrolment_invalid` when the approval's MAC is wrong.
    [[nodiscard]] bool poll();

private:
    Enrolling(Environment& environment, Profile profile, sealed::Invitation invitation,
              crypto::Hash hash, sealed::InvitationKeys keys);
    void accept(const protocol::Approval& approval);
    void finish();
    Environment& environment_;
    Profile profile_;
    sealed::Invitation invitation_;
    crypto::Hash hash_;
    sealed::InvitationKeys keys_;
    std::unique_ptr<Transport> transport_;
};

}  // namespace valv::client
