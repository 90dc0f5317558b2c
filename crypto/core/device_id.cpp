#include "crypto/core/device_id.h"

#include <algorithm>

#include "common/base/bech32.h"
#include "common/base/error.h"

namespace valv::crypto {

X25519Point recipient_point(std::string_view text) {
    const Bech32 decoded = bech32_decode(text);
    X25519Point point{};
    // One text for each value: age writes recipients in lower case.
    if (decoded.hrp != "age" || decoded.data.size() != point.size() ||
        text != to_lower_ascii(text)) {
        throw Error(ErrorCode::kMalformed, "recipient: not age1…");
    }
    std::ranges::copy(decoded.data, point.begin());
    return point;
}

DeviceId device_id(const DevicePublicKeys& keys) {
    constexpr std::array<std::uint8_t, 1> kSeparator{};
    const Hash hash = sha256({as_bytes("resvalv/v1/device"), kSeparator, keys.recipient,
                              keys.signing_key, keys.tls_key});
    return DeviceId::from_bytes(ByteView(hash).first(kIdBytes));
}

}  // namespace valv::crypto
