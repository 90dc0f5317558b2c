#pragma once

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/identity.h"
#include "crypto/sealed/file_key.h"

// Whole bodies and age files in memory. All or nothing: what does not verify to its end gives no
// plaintext.
namespace valv::sealed {

[[nodiscard]] Bytes seal_body(ByteView plaintext, const FileKey& file_key, RandomSource& random);
// Throws AgeFailure::kPayload; kHeader when the nonce is cut.
[[nodiscard]] crypto::SecretBytes open_body(ByteView body, const FileKey& file_key);

// A fresh file key for each call. Throws as DetachedHeader::wrap.
[[nodiscard]] Bytes seal(ByteView plaintext, const AgeRecipients& recipients, RandomSource& random);
// Throws every AgeFailure but kArmor; kNoMatch when no identity opens it.
[[nodiscard]] crypto::SecretBytes open(ByteView file, const AgeIdentities& identities);
// The file key of a header: what DetachedHeader::unwrap finds, or the failure that says that
// nothing did (fail_passphrase for a passphrase).
[[nodiscard]] FileKey file_key_of(ByteView header, const AgeIdentities& identities);

}  // namespace valv::sealed
