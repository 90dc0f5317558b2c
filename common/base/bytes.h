#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valv {

// Octets. Public octets only: what must be wiped lives in crypto::SecretBytes.
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The octets of a text, and the text of octets that are known to be UTF-8 or ASCII. The result
// views its argument.
[[nodiscard]] ByteView as_bytes(std::string_view text) noexcept;
[[nodiscard]] std::string_view as_text(ByteView octets) noexcept;

[[nodiscard]] Bytes to_bytes(ByteView octets);
[[nodiscard]] Bytes concat(std::initializer_list<ByteView> parts);
void append(Bytes& target, ByteView octets);

// Big-endian, 4 and 8 octets (be32, be64 of docs/formats.md section 1).
[[nodiscard]] Bytes be32(std::uint32_t value);
[[nodiscard]] Bytes be64(std::uint64_t value);
// Throws kMalformed unless the view has exactly 4 (8) octets.
[[nodiscard]] std::uint32_t from_be32(ByteView octets);
[[nodiscard]] std::uint64_t from_be64(ByteView octets);

// Octet-wise equality of public values; secrets are compared with crypto::constant_time_equal.
[[nodiscard]] bool equal(ByteView left, ByteView right) noexcept;

}  // namespace valv
