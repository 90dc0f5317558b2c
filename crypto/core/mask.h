#pragma once

#include <string_view>

#include "common/base/bytes.h"

namespace valv::crypto {

constexpr std::size_t kErasureKeyBytes = 32;
constexpr std::size_t kMaskSaltBytes = 16;

// docs/formats.md section 6: data XOR HMAC-SHA-256(E, "resvalv/v1/mask" ‖ 00 ‖ kind ‖ 00 ‖ salt ‖
// be64(block)) for blocks of 32 octets from 0. Its own inverse. The salt is drawn anew for each
// write by the caller, so no two texts share a stream. `kind` is an ASCII name of docs/formats.md
// without a zero octet (checked, as are sizes).
[[nodiscard]] Bytes mask(ByteView erasure_key, std::string_view kind, ByteView salt, ByteView data);

}  // namespace valv::crypto
