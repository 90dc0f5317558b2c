#include "crypto/sealed/invitation_keys.h"

#include <array>

#include "common/base/error.h"
#include "crypto/core/kdf.h"
#include "crypto/sealed/scrypt.h"

namespace valv::sealed {
namespace {

using crypto::expand_label;
using crypto::SecretBytes;

constexpr unsigned kInvitationWorkFactor = 17;
constexpr std::array<std::uint8_t, 1> kSeparator{};

}  // namespace

InvitationEntry::InvitationEntry(const InvitationSecret& secret)
    : i0_(crypto::hkdf_extract(as_bytes("resvalv/v1/invite"), secret.reveal())),
      id_(InvitationId::from_bytes(
          expand_label(i0_.reveal(), "resvalv/v1/invite/id", {}, kIdBytes).reveal())) {}

InvitationProbe InvitationEntry::probe() const {
    return InvitationProbe(expand_label(i0_.reveal(), "resvalv/v1/invite/probe", id_.bytes(),
                                        InvitationProbe::kBytes));
}

crypto::Hash InvitationEntry::probe_hash() const {
    return crypto::sha256(probe().reveal());
}

SecretBytes InvitationEntry::unlock(const crypto::Hash& invitation_hash,
                                    const DigitCode& code) const {
    if (code.digits().size() != kInvitationCodeDigits) {
        throw Error(ErrorCode::kInvalidArgument, "invitation: the code has 16 digits");
    }
    const SecretBytes code_salt = expand_label(i0_.reveal(), "resvalv/v1/invite/code-salt",
                                               invitation_hash, crypto::kHashBytes);
    const SecretBytes stretched = scrypt(code.digits().reveal(), code_salt.reveal(),
                                         kInvitationWorkFactor, crypto::kHashBytes);
    const SecretBytes salt =
        expand_label(i0_.reveal(), "resvalv/v1/invite/code", invitation_hash, crypto::kHashBytes);
    return crypto::hkdf_extract(salt.reveal(), stretched.reveal());
}

InvitationKeys InvitationKeys::derive(const InvitationEntry& entry,
                                      const crypto::Hash& invitation_hash, const DigitCode& code) {
    return {entry.unlock(invitation_hash, code), invitation_hash};
}

crypto::SigningKey InvitationKeys::signing_key() const {
    return crypto::SigningKey::from_seed(expand_label(ik_.reveal(), "resvalv/v1/invite/sign",
                                                      invitation_hash_, crypto::kEd25519KeyBytes));
}

InvitationMacKey InvitationKeys::mac_key() const {
    return InvitationMacKey(expand_label(ik_.reveal(), "resvalv/v1/invite/mac", invitation_hash_,
                                         InvitationMacKey::kBytes));
}

Bytes submission_message(const EnrolmentSubmission& submission) {
    return concat({as_bytes("resvalv/v1/enrolment"), kSeparator, submission.vault.bytes(),
                   submission.invitation, submission.keys.recipient, submission.keys.signing_key,
                   submission.keys.tls_key});
}

crypto::Hash approval_mac(const InvitationMacKey& key, const EnrolmentApproval& approval) {
    return crypto::hmac_sha256(
        key.reveal(),
        {as_bytes("resvalv/v1/approval"), kSeparator, approval.vault.bytes(), approval.invitation,
         approval.device.bytes(), be32(approval.directory.number), approval.directory.hash,
         be64(approval.checkpoint.size), approval.checkpoint.root});
}

}  // namespace valv::sealed
