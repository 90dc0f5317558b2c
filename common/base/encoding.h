#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"

// Strict text encodings. Every decoder throws kMalformed on a character outside its alphabet, a
// wrong length, wrong padding or non-zero trailing bits, so that each value has exactly one text
// (docs/formats.md section 1).
namespace valv {

[[nodiscard]] std::string to_hex(ByteView octets);  // lower case
[[nodiscard]] Bytes from_hex(std::string_view text);

// RFC 4648 section 5, unpadded: JSON, URLs.
[[nodiscard]] std::string to_base64url(ByteView octets);
[[nodiscard]] Bytes from_base64url(std::string_view text);

// RFC 4648 section 4, padded: signed notes (C2SP), armor.
[[nodiscard]] std::string to_base64(ByteView octets);
[[nodiscard]] Bytes from_base64(std::string_view text);

// RFC 4648 section 4, unpadded: age headers.
[[nodiscard]] std::string to_base64_unpadded(ByteView octets);
[[nodiscard]] Bytes from_base64_unpadded(std::string_view text);

// RFC 4648 section 6 in lower case, unpadded: ids.
[[nodiscard]] std::string to_base32(ByteView octets);
[[nodiscard]] Bytes from_base32(std::string_view text);

}  // namespace valv
