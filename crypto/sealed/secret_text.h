#pragma once

// Inside crypto/sealed: text forms of secrets without a copy that nobody wipes.

#include <string_view>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

// base64url without padding; base64 with padding (docs/formats.md section 1). Decoders throw
// kMalformed.
void append_base64url(crypto::SecretBuilder& text, ByteView octets);
void append_base64(crypto::SecretBuilder& text, ByteView octets);
[[nodiscard]] crypto::SecretBytes secret_from_base64url(std::string_view text);
[[nodiscard]] crypto::SecretBytes secret_from_base64(std::string_view text);

// Bech32 of a secret, lower case; `hrp` in lower case.
[[nodiscard]] crypto::SecretBytes secret_bech32(std::string_view hrp, ByteView octets);

// Appends `key value` LF.
void append_secret_line(crypto::SecretBuilder& text, std::string_view key, std::string_view value);

}  // namespace valv::sealed
