#pragma once

#include <string>
#include <string_view>

namespace valv::cli {

// A QR code (ISO/IEC 18004, error correction M) in half blocks, two modules a character high, dark
// on light with its quiet zone, ending in a line feed: for a telephone's camera in front of a
// terminal. ASCII of at most 500 characters, checked.
[[nodiscard]] std::string qr_text(std::string_view text);

}  // namespace valv::cli
