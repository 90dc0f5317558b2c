#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"

namespace valv {

struct Bech32 {
    std::string hrp;  // human-readable part, lower case
    Bytes data;
};

// BIP 173 without its limit of 90 characters, as age uses it (c2sp.org/age). Lower case; callers
// that want the upper case form (age identities) use to_upper_ascii.
[[nodiscard]] std::string bech32_encode(std::string_view hrp, ByteView data);

// Accepts all-lower or all-upper text. Throws kMalformed on mixed case, a wrong checksum, a bad
// separator, a character outside the alphabet, a full extra group or non-zero padding.
[[nodiscard]] Bech32 bech32_decode(std::string_view text);

// A decoder for secrets: the caller owns a buffer of the exact length, and nothing is left in a
// Bytes.
void bech32_decode_into(std::string_view text, std::string_view hrp, std::span<std::uint8_t> out);

[[nodiscard]] std::string to_upper_ascii(std::string_view text);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);

}  // namespace valv
