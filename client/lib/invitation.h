#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "crypto/core/directory.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/invitation_keys.h"

namespace valv::client {

// The file that the admin hands over (docs/formats.md section 8). Holds a secret: not for printing.
struct Invitation {
    std::string server;
    crypto::Hash server_ca{};
    VaultId vault;
    crypto::VerifyKey founder{};
    crypto::VerifyKey log_key{};
    PersonId person;
    crypto::Role role = crypto::Role::kCoordinator;
    Instant expires;
    sealed::InvitationSecret secret;
};

[[nodiscard]] crypto::SecretBytes encode_invitation(const Invitation& invitation);
// Strict: encode(decode(x)) == x. Throws kMalformed.
[[nodiscard]] Invitation decode_invitation(ByteView file);

// "resvalv/v1/enrolment" ‖ 00 ‖ vault ‖ h ‖ keys: what code and device sign.
[[nodiscard]] Bytes enrolment_message(const VaultId& vault, const crypto::Hash& invitation_hash,
                                      const sealed::DevicePublicKeys& keys);

struct ApprovalFacts {
    VaultId vault;
    crypto::Hash invitation_hash{};
    DeviceId device;
    crypto::NoteHead directory;
    crypto::TreeHead checkpoint;
};
[[nodiscard]] crypto::Hash approval_mac(const sealed::InvitationMacKey& key, const ApprovalFacts& facts);

}  // namespace valv::client
