#include "crypto/core/mask.h"

#include <algorithm>
#include <array>

#include "common/base/error.h"
#include "crypto/core/hash.h"

namespace valv::crypto {

Bytes mask(ByteView erasure_key, std::string_view kind, ByteView salt, ByteView data) {
    VALV_CHECK(erasure_key.size() == kErasureKeyBytes && salt.size() == kMaskSaltBytes);
    VALV_CHECK(!kind.empty() && kind.find('\0') == std::string_view::npos);
    constexpr std::array<std::uint8_t, 1> kSeparator{};
    const Bytes prefix =
        concat({as_bytes("resvalv/v1/mask"), kSeparator, as_bytes(kind), kSeparator, salt});
    Hmac hmac(erasure_key);
    Bytes masked(data.size());
    for (std::size_t offset = 0; offset < data.size(); offset += kHashBytes) {
        const Hash stream = hmac({prefix, be64(offset / kHashBytes)});
        const std::size_t end = std::min(data.size(), offset + kHashBytes);
        for (std::size_t at = offset; at < end; ++at) {
            masked[at] = static_cast<std::uint8_t>(data[at] ^ stream[at - offset]);
        }
    }
    return masked;
}

}  // namespace valv::crypto
