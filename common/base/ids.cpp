#include "common/base/ids.h"

#include <algorithm>

#include "common/base/encoding.h"
#include "common/base/error.h"

namespace valv::detail {

std::array<std::uint8_t, kIdBytes> id_from_bytes(ByteView octets) {
    if (octets.size() != kIdBytes) {
        throw Error(ErrorCode::kMalformed, "id: not 16 octets");
    }
    std::array<std::uint8_t, kIdBytes> id{};
    std::ranges::copy(octets, id.begin());
    return id;
}

std::array<std::uint8_t, kIdBytes> id_from_text(std::string_view text) {
    if (text.size() != kIdCharacters) {
        throw Error(ErrorCode::kMalformed, "id: not 26 characters");
    }
    return id_from_bytes(from_base32(text));
}

std::string id_to_text(ByteView octets) {
    return to_base32(octets);
}

}  // namespace valv::detail
