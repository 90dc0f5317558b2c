#include "client/lib/enrolment.h"

#include <algorithm>
#include <utility>

#include "client/lib/errors.h"
#include "client/lib/invitation_store.h"
#include "client/lib/words.h"
#include "common/base/utf8.h"

namespace valv::client {
namespace {

using protocol::RouteName;

// An invitation of ours with what its code gives.
struct OpenInvitation {
    KeptInvitation kept;
    sealed::Invitation invitation;
    crypto::Hash hash{};
    sealed::InvitationKeys keys;
};

OpenInvitation open_invitation(KeptInvitation kept) {
    sealed::Invitation invitation = sealed::decode_invitation(kept.file.reveal());
    const crypto::Hash hash = sealed::invitation_hash(kept.file.reveal());
    sealed::InvitationKeys keys =
        sealed::InvitationKeys::derive(sealed::InvitationEntry(invitation.secret), hash, kept.code);
    return {.kept = std::move(kept),
            .invitation = std::move(invitation),
            .hash = hash,
            .keys = std::move(keys)};
}

sealed::DevicePublicKeys keys_of(const protocol::Submission& submission) {
    return {.recipient = crypto::recipient_point(submission.age),
            .signing_key = crypto::verify_key_from(submission.signing),
            .tls_key = crypto::hash_from(submission.tls_sha256)};
}

// Signed by who has the code, and by the device itself.
bool holds(const protocol::Submission& submission, const OpenInvitation& invitation,
           const VaultId& vault) {
    if (submission.vault != vault || !equal(submission.h, invitation.hash)) {
        return false;
    }
    const sealed::DevicePublicKeys keys = keys_of(submission);
    const Bytes message =
        sealed::submission_message({.vault = vault, .invitation = invitation.hash, .keys = keys});
    return crypto::verify(invitation.keys.signing_key().public_key(), message,
                          submission.code_signature) &&
           crypto::verify(keys.signing_key, message, submission.device_signature);
}

PendingEnrolment pending_of(const protocol::Enrolment& enrolment,
                            const protocol::Submission& submission,
                            const OpenInvitation& invitation, const crypto::Directory& directory) {
    const sealed::DevicePublicKeys keys = keys_of(submission);
    const DeviceId device = sealed::device_id(keys);
    return {.invitation = enrolment.invitation,
            .person = invitation.invitation.person,
            .name = invitation.kept.name,
            .role = invitation.invitation.role,
            .expires = invitation.invitation.expires,
            .device = device,
            .words = words_of(device.bytes()),
            .already_listed = directory.find_active(device) != nullptr,
            .keys = keys};
}

void add_line(crypto::Directory& directory, const PendingEnrolment& pending) {
    crypto::DeviceLine line{.person = pending.person,
                            .device = pending.device,
                            .role = pending.role,
                            .recipient = sealed::X25519Recipient(pending.keys.recipient).text(),
                            .signing_key = pending.keys.signing_key,
                            .tls_key = pending.keys.tls_key};
    const auto place = std::ranges::lower_bound(directory.devices, pending.device, {},
                                                &crypto::DeviceLine::device);
    directory.devices.insert(place, std::move(line));
}

std::string name_for(Vault& vault, const InvitationRequest& request) {
    const std::string name = request.person ? vault.names().name_of(*request.person) : request.name;
    if (name.empty() || !is_plain_line(name)) {
        throw Error(ErrorCode::kInvalidArgument, "invite: a person has a name of one line",
                    "/name");
    }
    return name;
}

}  // namespace

MadeInvitation Enrolments::invite(const InvitationRequest& request) {
    Environment& environment = vault_.environment();
    const VaultFacts& facts = vault_.profile().facts();
    if (request.lifetime > limits::kMaxInvitationLifetime || request.lifetime.count() < 1) {
        throw Error(ErrorCode::kInvalidArgument, "invite: an invitation lives 1 to 48 hours",
                    "/lifetime");
    }
    const std::string name = name_for(vault_, request);
    sealed::Invitation invitation{
        .server = facts.server,
        .server_ca = facts.server_ca,
        .vault = facts.vault,
        .founder = facts.founder,
        .log_key = facts.log_key,
        .person = request.person ? *request.person : PersonId::random(environment.random),
        .role = request.role,
        .expires = environment.clock.now() + request.lifetime,
        .secret = sealed::InvitationSecret::random(environment.random)};
    const sealed::InvitationEntry entry(invitation.secret);
    MadeInvitation made{
        .id = entry.id(),
        .file = sealed::encode_invitation(invitation),
        .code = sealed::DigitCode::random(sealed::kInvitationCodeDigits, environment.random),
        .expires = invitation.expires};
    InvitationStore store(vault_.profile(), environment.random);
    auto digits =
        sealed::DigitCode::from_text(made.code.digits().reveal(), sealed::kInvitationCodeDigits);
    store.keep(made.id, {.file = made.file.clone(), .code = std::move(*digits), .name = name});
    Call call = call_to(RouteName::kCreateEnrolment, {vault_.id_text()});
    const crypto::Hash probe = entry.probe_hash();
    call.json = protocol::encode(protocol::CreateEnrolment{
        .invitation = made.id, .probe_sha256 = to_bytes(probe), .expires = made.expires});
    call.key = RequestKey::random(environment.random);
    ask(vault_.transport(), call);
    return made;
}

EnrolmentList Enrolments::list() {
    const Call call = call_to(RouteName::kListEnrolments, {vault_.id_text()});
    const auto enrolments = about({.object = "enrolments"}, [&] {
        return protocol::decode_enrolments(ask(vault_.transport(), call).text());
    });
    const InvitationStore store(vault_.profile(), vault_.environment().random);
    EnrolmentList list;
    for (const protocol::Enrolment& enrolment : enrolments) {
        std::optional<KeptInvitation> kept = store.find(enrolment.invitation);
        if (!kept || enrolment.submissions.empty()) {
            continue;
        }
        const OpenInvitation invitation = open_invitation(std::move(*kept));
        // By our own clock and count: the server could keep an invitation alive or let more tries
        // in.
        const bool is_live = vault_.environment().clock.now() < invitation.invitation.expires &&
                             enrolment.submissions.size() <= limits::kMaxSubmissions;
        for (const protocol::Submission& submission : enrolment.submissions) {
            const bool is_right = is_live && about({.object = "enrolments"}, [&] {
                                      return holds(submission, invitation, vault_.id());
                                  });
            if (!is_right) {
                ++list.refused;
                continue;
            }
            PendingEnrolment pending =
                pending_of(enrolment, submission, invitation, vault_.directory());
            if (std::ranges::find(list.pending, pending.device, &PendingEnrolment::device) ==
                list.pending.end()) {  // shown once, however often it is told
                list.pending.push_back(std::move(pending));
            }
        }
    }
    return list;
}

void Enrolments::approve(const PendingEnrolment& pending) {
    InvitationStore store(vault_.profile(), vault_.environment().random);
    std::optional<KeptInvitation> kept = store.find(pending.invitation);
    if (!kept) {
        throw Error(ErrorCode::kNotFound, "approve: this device made no such invitation");
    }
    const OpenInvitation invitation = open_invitation(std::move(*kept));
    if (vault_.directory().find_active(pending.device) == nullptr) {
        vault_.change_directory([&](crypto::Directory& next, Names& names) {
            add_line(next, pending);
            names.set_name(pending.person, pending.name);
        });
    }
    vault_.sync_log();
    const sealed::EnrolmentApproval facts{.vault = vault_.id(),
                                          .invitation = invitation.hash,
                                          .device = pending.device,
                                          .directory = vault_.head().head(),
                                          .checkpoint = vault_.log_head()};
    const crypto::Hash mac = sealed::approval_mac(invitation.keys.mac_key(), facts);
    Call call =
        call_to(RouteName::kApproveEnrolment, {vault_.id_text(), pending.invitation.text()});
    call.json =
        protocol::encode(protocol::Approval{.directory = facts.directory.number,
                                            .directory_sha256 = to_bytes(facts.directory.hash),
                                            .checkpoint_size = facts.checkpoint.size,
                                            .checkpoint_root = to_bytes(facts.checkpoint.root),
                                            .mac = to_bytes(mac)});
    ask(vault_.transport(), call);
    store.forget(pending.invitation);  // one use
}

void Enrolments::withdraw(const InvitationId& invitation) {
    ask(vault_.transport(),
        call_to(RouteName::kRemoveEnrolment, {vault_.id_text(), invitation.text()}));
    InvitationStore(vault_.profile(), vault_.environment().random).forget(invitation);
}

}  // namespace valv::client
