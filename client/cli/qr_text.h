#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::cli {

// A QR code (ISO/IEC 18004, error correction M) in half blocks, two modules a character high, dark
// on light with its quiet zone, ending in a line feed: for a telephone's camera in front of a
// terminal. ASCII of at most 500 characters, checked.
[[nodiscard]] std::string qr_text(std::string_view text);
// The same code as an SVG picture with its quiet zone, dark where it is drawn, to stand in a page
// of HTML. libqrencode does not wipe what it works with.
[[nodiscard]] crypto::SecretBytes qr_svg(ByteView text);

}  // namespace valv::cli
