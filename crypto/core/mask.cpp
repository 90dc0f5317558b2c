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
    constexpr std::size_t kBlockNumberBytes = 8;
    // The number of the block is rewritten in place: one octet string per block, no allocation.
    Bytes input = concat(
        {as_bytes("resvalv/v1/mask"), kSeparator, as_bytes(kind), kSeparator, salt, be64(0)});
    const auto set_block = [&input](std::uint64_t block) {
        for (std::size_t at = 0; at < kBlockNumberBytes; ++at) {
            input[input.size() - 1 - at] = static_cast<std::uint8_t>(block >> (8 * at));
        }
    };
    Hmac hmac(erasure_key);
    Bytes masked(data.size());
    for (std::size_t offset = 0; offset < data.size(); offset += kHashBytes) {
        set_block(offset / kHashBytes);
        const Hash stream = hmac({input});
        const std::size_t end = std::min(data.size(), offset + kHashBytes);
        for (std::size_t at = offset; at < end; ++at) {
            masked[at] = static_cast<std::uint8_t>(data[at] ^ stream[at - offset]);
        }
    }
    return masked;
}

}  // namespace valv::crypto
