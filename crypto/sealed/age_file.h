#pragma once

#include <optional>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age_header.h"
#include "crypto/sealed/age_identity.h"
#include "crypto/sealed/file_key.h"

// Whole age files in memory, and headers by themselves (docs/formats.md section 2):
// header ‖ body is a file.
namespace valv::sealed {

// Views: the callers own what is pointed to. Never null.
using AgeRecipients = std::vector<const AgeRecipient*>;
using AgeIdentities = std::vector<const AgeIdentity*>;

[[nodiscard]] AgeRecipients recipients_of(const std::vector<X25519Recipient>& recipients);
[[nodiscard]] AgeIdentities identities_of(const std::vector<X25519Identity>& identities);

// ---- detached headers ----
// At least one recipient; a passphrase alone (kInvalidArgument).
[[nodiscard]] Bytes wrap_file_key(const FileKey& file_key, const AgeRecipients& recipients,
                                  RandomSource& random);
// The first identity that has a stanza wins, and then the MAC must hold. Nothing when none has one.
// Throws AgeFailure::kHeader or kHmac.
[[nodiscard]] std::optional<FileKey> unwrap_file_key(ByteView header,
                                                     const AgeIdentities& identities);
[[nodiscard]] std::optional<FileKey> unwrap_file_key(const AgeHeader& header,
                                                     const AgeIdentities& identities);

// ---- bodies ----
[[nodiscard]] Bytes seal_body(ByteView plaintext, const FileKey& file_key, RandomSource& random);
// All or nothing. Throws AgeFailure::kPayload.
[[nodiscard]] crypto::SecretBytes open_body(ByteView body, const FileKey& file_key);

// ---- files ----
// A fresh file key for each call.
[[nodiscard]] Bytes seal(ByteView plaintext, const AgeRecipients& recipients, RandomSource& random);
// All or nothing. Throws every AgeFailure; kNoMatch when no identity opens it.
[[nodiscard]] crypto::SecretBytes open(ByteView file, const AgeIdentities& identities);

}  // namespace valv::sealed
