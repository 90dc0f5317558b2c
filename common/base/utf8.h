#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace valv {

// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;
// Code points of well-formed UTF-8.
[[nodiscard]] std::size_t code_point_count(std::string_view text) noexcept;
// A display or file name: UTF-8, no control characters, no bidi override (U+202A–202E,
// U+2066–2069).
[[nodiscard]] bool is_plain_line(std::string_view text) noexcept;
// The text with U+FFFD for everything that such a name may not hold.
[[nodiscard]] std::string to_plain_line(std::string_view text);

}  // namespace valv
