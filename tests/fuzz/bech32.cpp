// Bech32: what is accepted is encoded to the same text in lower case, and bech32_decode_into takes
// it with its prefix and length only, to the same octets; it refuses whatever bech32_decode does.
#include "common/base/bech32.h"

#include <algorithm>

#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

// What bech32_decode_into must be asked for, were the text a right one.
Bech32 shape_of(std::string_view text) {
    constexpr std::size_t kSeparatorAndChecksum = 7;
    const std::size_t separator = std::min(text.rfind('1'), text.size());
    const std::size_t behind = std::max(text.size() - separator, kSeparatorAndChecksum);
    return {.hrp = to_lower_ascii(text.substr(0, separator)),
            .data = Bytes((behind - kSeparatorAndChecksum) * 5 / 8)};
}

void check(std::string_view text) {
    Bech32 decoded = shape_of(text);
    const bool is_accepted = succeeds([&] { decoded = bech32_decode(text); });
    for (const std::size_t more : {0U, 1U}) {
        Bytes octets(decoded.data.size() + more);
        const bool is_taken = succeeds([&] { bech32_decode_into(text, decoded.hrp, octets); });
        VALV_CHECK(is_taken == (is_accepted && more == 0));
        VALV_CHECK(!is_taken || octets == decoded.data);
        VALV_CHECK(!succeeds([&] { bech32_decode_into(text, decoded.hrp + "x", octets); }));
    }
    VALV_CHECK(!is_accepted || bech32_encode(decoded.hrp, decoded.data) == to_lower_ascii(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    check(as_text(input));
    check(with_checksum(as_text(input)));
    return 0;
}

}  // namespace valv::fuzz
