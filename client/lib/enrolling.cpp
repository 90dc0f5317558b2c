// The newcomer's side of enrolment.
#include <utility>

#include "client/lib/enrolment.h"
#include "client/lib/errors.h"
#include "client/lib/words.h"
#include "common/protocol/wire_error.h"
#include "crypto/local/files.h"

namespace valv::client {
namespace {

using protocol::RouteName;

VaultFacts facts_of(const sealed::Invitation& invitation) {
    return {.vault = invitation.vault,
            .server = invitation.server,
            .server_ca = invitation.server_ca,
            .server_ca_next = {},
            .founder = invitation.founder,
            .log_key = invitation.log_key,
            .person = invitation.person};
}

Profile make_profile(Environment& environment, const std::filesystem::path& folder,
                     const sealed::Invitation& invitation, crypto::SecretBytes passphrase) {
    if (!Profile::exists(folder)) {
        return Profile::create(
            folder, sealed::DeviceKeys::random(invitation.vault, environment.random),
            facts_of(invitation), std::move(passphrase), environment.work, environment.random);
    }
    Profile profile = Profile::open(folder, std::move(passphrase));
    const VaultFacts& facts = profile.facts();
    if (facts.vault != invitation.vault || facts.founder != invitation.founder ||
        facts.person != invitation.person) {
        throw Error(ErrorCode::kConflict, "enrol: the profile belongs to another vault or person");
    }
    return profile;
}

std::filesystem::path submitted_mark(const Profile& profile) {
    return profile.cache() / "submitted";
}

}  // namespace

Enrolling::Enrolling(Environment& environment, Profile profile, sealed::Invitation invitation,
                     crypto::Hash hash, sealed::InvitationKeys keys)
    : environment_(environment),
      profile_(std::move(profile)),
      invitation_(std::move(invitation)),
      hash_(hash),
      keys_(std::move(keys)),
      transport_(environment.network.to_staff(profile_.address(), profile_.credentials())) {}

Enrolling Enrolling::begin(Environment& environment, const std::filesystem::path& folder,
                           ByteView invitation_file, const sealed::DigitCode& code,
                           crypto::SecretBytes passphrase) {
    sealed::Invitation invitation = sealed::decode_invitation(invitation_file);
    if (environment.clock.now() >= invitation.expires) {
        throw protocol::Refusal(ErrorCode::kEnded, "enrol: the invitation has expired",
                                {.reason = protocol::EndReason::kExpired,
                                 .at = invitation.expires,
                                 .head = {},
                                 .maximum = {}});
    }
    const crypto::Hash hash = sealed::invitation_hash(invitation_file);
    sealed::InvitationKeys keys =
        sealed::InvitationKeys::derive(sealed::InvitationEntry(invitation.secret), hash, code);
    Profile profile = make_profile(environment, folder, invitation, std::move(passphrase));
    return {environment, std::move(profile), std::move(invitation), hash, std::move(keys)};
}

std::string Enrolling::words() const {
    return words_of(profile_.device().bytes());
}

void Enrolling::submit() {
    const sealed::DevicePublicKeys keys = profile_.keys().public_keys();
    const Bytes message =
        sealed::submission_message({.vault = invitation_.vault, .invitation = hash_, .keys = keys});
    const Bytes by_code = to_bytes(keys_.signing_key().sign(message));
    // Sent once for a code: the server takes five submissions, and a wrong code is sent again after
    // it was corrected.
    const std::optional<Bytes> sent =
        local::read_file_if(submitted_mark(profile_), limits::kSignatureBytes);
    if (sent == by_code) {
        return;
    }
    const sealed::InvitationEntry entry(invitation_.secret);
    protocol::Submit submit{.probe = to_bytes(entry.probe().reveal()), .submission = {}};
    submit.submission = {.vault = invitation_.vault,
                         .h = to_bytes(hash_),
                         .age = profile_.keys().identity.recipient().text(),
                         .signing = to_bytes(keys.signing_key),
                         .tls_sha256 = to_bytes(keys.tls_key),
                         .code_signature = by_code,
                         .device_signature = to_bytes(profile_.keys().signing_key.sign(message))};
    Call call = call_to(RouteName::kSubmitEnrolment, {invitation_.vault.text(), entry.id().text()});
    call.json = protocol::encode(submit);
    ask(*transport_, call);
    local::replace_file(submitted_mark(profile_), by_code);
}

bool Enrolling::poll() {
    if (profile_.pins()
            .directory) {  // an earlier call pinned, and was cut before it had read everything
        finish();
        return true;
    }
    const sealed::InvitationEntry entry(invitation_.secret);
    Call call = call_to(RouteName::kPollEnrolment, {invitation_.vault.text(), entry.id().text()});
    call.json = protocol::encode(protocol::Probe{.probe = to_bytes(entry.probe().reveal())});
    const protocol::PollReply reply = about({.object = "approval"}, [&] {
        return protocol::decode_poll_reply(ask(*transport_, call).text());
    });
    if (!reply.approval) {
        return false;
    }
    accept(*reply.approval);
    return true;
}

void Enrolling::accept(const protocol::Approval& approval) {
    const Subject subject{.object = "approval"};
    const sealed::EnrolmentApproval facts = about(subject, [&] {
        return sealed::EnrolmentApproval{
            .vault = invitation_.vault,
            .invitation = hash_,
            .device = profile_.device(),
            .directory = {.number = approval.directory,
                          .hash = crypto::hash_from(approval.directory_sha256)},
            .checkpoint = {.size = approval.checkpoint_size,
                           .root = crypto::hash_from(approval.checkpoint_root)}};
    });
    if (!crypto::constant_time_equal(sealed::approval_mac(keys_.mac_key(), facts), approval.mac)) {
        throw Tampered(tamper::kEnrolment, "not made by who holds invitation and code", subject);
    }
    // Pinned before the first read: an older directory or log is refused from here on.
    profile_.update_pins([&](Pins& pins) {
        pins.pin_directory(facts.directory);
        pins.pin_log(facts.checkpoint);
    });
    finish();
}

void Enrolling::finish() {
    Vault vault(environment_, profile_);
    vault.sync();
    const crypto::DeviceLine& line = vault.own_line();
    if (line.person != invitation_.person || line.role != invitation_.role) {
        throw Tampered(tamper::kEnrolment, "the directory gives this device another person or role",
                       {.object = "directory"});
    }
    local::remove_file(submitted_mark(profile_));
}

}  // namespace valv::client
