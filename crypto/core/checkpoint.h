#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/merkle.h"

// C2SP checkpoint (c2sp.org/tlog-checkpoint): a signed note over origin LF size LF base64(root) LF,
// no extension lines. The key name is the origin.
namespace valv::crypto {

struct Checkpoint {
    std::string origin;
    TreeHead head;
};

// `resvalv/v1/log/` + vault id
[[nodiscard]] std::string log_origin(const VaultId& vault);

[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
// Strict; throws kMalformed.
[[nodiscard]] Checkpoint parse_checkpoint_text(std::string_view text);

[[nodiscard]] Bytes sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);
// Throws kTampered, name `log_signature_invalid`, on another origin or a signature that does not
// verify.
[[nodiscard]] TreeHead verify_checkpoint(ByteView note, std::string_view origin,
                                         const VerifyKey& key);

}  // namespace valv::crypto
