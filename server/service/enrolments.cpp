#include "server/service/enrolments.h"

#include "crypto/core/secret_bytes.h"
#include "server/service/log_events.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

[[noreturn]] void refuse_unknown() {
    throw Error(ErrorCode::kNotFound, "enrolments: unknown invitation or probe");
}

store::InvitationRow get_with_probe(Tx& tx, const VaultId& vault, const InvitationId& invitation,
                                    ByteView probe, Instant now) {
    std::optional<store::InvitationRow> row = tx.enrolments().find(vault, invitation);
    const crypto::Hash kept = row ? row->probe_sha256 : crypto::Hash{};
    if (!crypto::constant_time_equal(kept, crypto::sha256(probe)) || !row ||
        row->expires_at <= now) {
        refuse_unknown();
    }
    return std::move(*row);
}

store::LogEntry entry_of(std::string_view kind, const InvitationId& invitation, Instant now,
                         const Bytes& nonce) {
    Event event(kind, now);
    event.field("invitation", invitation);
    return log_entry(event, nonce);
}

}  // namespace

std::string Enrolments::create(const VaultId& vault, const protocol::CreateEnrolment& request,
                               const TlsKey& caller, const Once& once) {
    const Instant now = environment_.time.now();
    const store::LogEntry entry =
        entry_of("enrolment", request.invitation, now, draw_log_nonce(environment_.random));
    const store::InvitationRow row{.vault = vault,
                                   .invitation = request.invitation,
                                   .probe_sha256 = crypto::hash_from(request.probe_sha256),
                                   .expires_at = request.expires,
                                   .submissions = {},
                                   .approval = {}};
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_admin(tx, vault, caller);
        if (request.expires <= now || request.expires > now + limits::kMaxInvitationLifetime) {
            throw Error(ErrorCode::kInvalidArgument, "enrolments: the end is past, or too far",
                        "/expires");
        }
        return run_once(tx, once, now, [&](Tx& inner) {
            if (!inner.enrolments().insert(row)) {
                throw Error(ErrorCode::kConflict, "enrolments: the id exists");
            }
            inner.log().append(vault, entry);
            return protocol::encode_invitation(request.invitation);
        });
    });
}

std::vector<protocol::Enrolment> Enrolments::list(const VaultId& vault, const TlsKey& caller) {
    const Instant now = environment_.time.now();
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_admin(tx, vault, caller);
        std::vector<protocol::Enrolment> enrolments;
        for (const store::InvitationRow& row : tx.enrolments().list(vault, now)) {
            protocol::Enrolment enrolment{
                .invitation = row.invitation, .expires = row.expires_at, .submissions = {}};
            for (const std::string& submission : row.submissions) {
                enrolment.submissions.push_back(protocol::decode_submission(submission));
            }
            enrolments.push_back(std::move(enrolment));
        }
        return enrolments;
    });
}

void Enrolments::remove(const VaultId& vault, const InvitationId& invitation,
                        const TlsKey& caller) {
    environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_admin(tx, vault, caller);
        if (!tx.enrolments().remove(vault, invitation)) {
            refuse_unknown();
        }
    });
}

std::uint32_t Enrolments::submit(const VaultId& vault, const InvitationId& invitation,
                                 const protocol::Submit& request) {
    const Instant now = environment_.time.now();
    const std::string submission = encode(request.submission);
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)get_with_probe(tx, vault, invitation, request.probe, now);
        const std::optional<std::uint32_t> count =
            tx.enrolments().add_submission(vault, invitation, submission, now);
        if (!count) {
            throw Error(ErrorCode::kForbidden, "enrolments: no more submissions are taken");
        }
        return *count;
    });
}

protocol::PollReply Enrolments::poll(const VaultId& vault, const InvitationId& invitation,
                                     const protocol::Probe& request) {
    const Instant now = environment_.time.now();
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) -> protocol::PollReply {
        const store::InvitationRow row = get_with_probe(tx, vault, invitation, request.probe, now);
        return {.approval = row.approval ? std::optional(protocol::decode_approval(*row.approval))
                                         : std::nullopt};
    });
}

void Enrolments::approve(const VaultId& vault, const InvitationId& invitation,
                         const protocol::Approval& approval, const TlsKey& caller) {
    const Instant now = environment_.time.now();
    const store::LogEntry entry =
        entry_of("approval", invitation, now, draw_log_nonce(environment_.random));
    environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_admin(tx, vault, caller);
        if (!tx.enrolments().approve(vault, invitation, encode(approval))) {
            refuse_unknown();
        }
        tx.log().append(vault, entry);
    });
}

}  // namespace valv::service
