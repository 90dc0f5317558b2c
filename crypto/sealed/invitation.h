#pragma once

#include <string>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "crypto/core/directory.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/invitation_keys.h"

namespace valv::sealed {

// The invitation that an admin's client writes and that never passes the server (docs/formats.md
// section 8).
struct Invitation {
    std::string server;        // `https://host:port` of the staff listener
    crypto::Hash server_ca{};  // pin
    VaultId vault;
    crypto::VerifyKey founder{};  // Ed25519 key of the founder's device
    crypto::VerifyKey log_key{};
    PersonId person;
    crypto::Role role = crypto::Role::kCoordinator;
    Instant expires;
    InvitationSecret secret;  // I
};

// The text file; h of the key schedule is SHA-256 of exactly these octets.
[[nodiscard]] crypto::SecretBytes encode_invitation(const Invitation& invitation);
// Strict. Throws kMalformed.
[[nodiscard]] Invitation decode_invitation(ByteView text);
[[nodiscard]] crypto::Hash invitation_hash(ByteView text);

}  // namespace valv::sealed
