#pragma once

#include <string_view>

#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"
#include "server/store/blobs.h"
#include "server/store/rows.h"

// Masks of docs/formats.md section 6, and the erasure keys that they hang on.
namespace valv::service {

namespace mask_kind {
inline constexpr std::string_view kKeyring = "keyring";
inline constexpr std::string_view kPublicKey = "link/public-key";
inline constexpr std::string_view kPackage = "link/package";
inline constexpr std::string_view kPart = "link/part";
inline constexpr std::string_view kHeader = "link/header";
inline constexpr std::string_view kOpenSignature = "link/open-signature";
}  // namespace mask_kind

// With a fresh salt.
[[nodiscard]] store::Masked masked(const crypto::SecretBytes& erasure_key, std::string_view kind,
                                   ByteView octets, RandomSource& random);
[[nodiscard]] Bytes unmasked(const crypto::SecretBytes& erasure_key, std::string_view kind,
                             const store::Masked& value);

// The key under this id, made durable when there is none yet: before the row that needs it, so a
// cut leaves at most a key of nothing.
[[nodiscard]] crypto::SecretBytes find_or_make_erasure_key(store::ErasureKeys& keys,
                                                           const ErasureKeyId& id,
                                                           RandomSource& random);

template <typename Tag>
[[nodiscard]] ErasureKeyId erasure_key_id(const StrongId<Tag>& id) {
    return ErasureKeyId::from_bytes(id.bytes());
}

}  // namespace valv::service
