#pragma once

#include <optional>

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "crypto/core/device_id.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/object_note.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/digit_code.h"

// Enrolment without trust on first use (docs/formats.md section 8).
namespace valv::sealed {

constexpr std::size_t kInvitationCodeDigits = 16;

using InvitationSecret = crypto::Key<struct InvitationSecretTag>;  // I
using InvitationProbe = crypto::Key<struct InvitationProbeTag>;
using InvitationMacKey = crypto::Key<struct InvitationMacKeyTag>;

// What follows from the invitation alone: I0 = HKDF-Extract("resvalv/v1/invite", I).
class InvitationEntry {
public:
    explicit InvitationEntry(const InvitationSecret& secret);
    [[nodiscard]] const InvitationId& id() const noexcept { return id_; }
    [[nodiscard]] InvitationProbe probe() const;
    [[nodiscard]] crypto::Hash probe_hash() const;
    // ik. h = SHA-256(invitation). One scrypt of N = 2^17 (128 MiB).
    [[nodiscard]] crypto::SecretBytes unlock(const crypto::Hash& invitation_hash,
                                             const DigitCode& code) const;

private:
    crypto::SecretBytes i0_;
    InvitationId id_;
};

// What follows from invitation and code.
class InvitationKeys {
public:
    [[nodiscard]] static InvitationKeys derive(const InvitationEntry& entry,
                                               const crypto::Hash& invitation_hash,
                                               const DigitCode& code);
    [[nodiscard]] crypto::SigningKey signing_key() const;  // X(ik, "resvalv/v1/invite/sign", h, 32)
    [[nodiscard]] InvitationMacKey mac_key() const;        // X(ik, "resvalv/v1/invite/mac", h, 32)

private:
    InvitationKeys(crypto::SecretBytes ik, const crypto::Hash& invitation_hash)
        : ik_(std::move(ik)), invitation_hash_(invitation_hash) {}
    crypto::SecretBytes ik_;
    crypto::Hash invitation_hash_;
};

// What a newcomer's device submits, without the two signatures.
struct EnrolmentSubmission {
    VaultId vault;
    crypto::Hash invitation{};  // h
    crypto::DevicePublicKeys keys;
};
// What both `sign` and the device's own key sign: "resvalv/v1/enrolment" ‖ 00 ‖ vault ‖ h ‖ X25519
// ‖ Ed25519 ‖ TLS hash.
[[nodiscard]] Bytes submission_message(const EnrolmentSubmission& submission);

// What an admin's approval tells the newcomer to pin.
struct EnrolmentApproval {
    VaultId vault;
    crypto::Hash invitation{};  // h
    DeviceId device;
    crypto::NoteHead directory;
    crypto::TreeHead checkpoint;
};
// HMAC-SHA-256(mac, "resvalv/v1/approval" ‖ 00 ‖ vault ‖ h ‖ device ‖ be32(number) ‖ hash ‖
// be64(size) ‖ root).
[[nodiscard]] crypto::Hash approval_mac(const InvitationMacKey& key,
                                        const EnrolmentApproval& approval);

}  // namespace valv::sealed
