#pragma once

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::tool {

// Is what comes in pieces a text that a terminal may show: UTF-8 without control characters, but
// for line ends and tabs? A character may be split over two pieces.
class TextCheck {
public:
    [[nodiscard]] bool accepts(ByteView piece);

private:
    crypto::SecretBytes open_;  // the begin of a character whose rest is to come
};

}  // namespace valv::tool
