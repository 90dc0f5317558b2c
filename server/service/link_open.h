#pragma once

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "crypto/core/hash.h"

namespace valv::service {

// What the link's key signs at an open (docs/formats.md section 7): "resvalv/v1/link/open" ‖ 00 ‖
// id ‖ challenge ‖ SHA-256(holder). The server's own copy, because it links no crypto/sealed;
// tests/vectors holds the two together.
[[nodiscard]] inline Bytes link_open_message(const LinkId& link, ByteView challenge,
                                             const crypto::Hash& holder_sha256) {
    constexpr std::uint8_t kZero = 0;
    return concat({as_bytes("resvalv/v1/link/open"), ByteView(&kZero, 1), link.bytes(), challenge,
                   holder_sha256});
}

}  // namespace valv::service
