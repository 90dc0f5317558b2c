#include "crypto/tool/text_check.h"

#include <algorithm>
#include <string_view>

#include "common/base/utf8.h"

namespace valv::tool {
namespace {

constexpr std::size_t kMaxCharacterBytes = 4;

constexpr bool is_continuation(std::uint8_t octet) {
    return (octet & 0xc0U) == 0x80U;
}

// By the first octet (RFC 3629 section 3); 1 for one that begins no character of several octets.
constexpr std::size_t character_bytes(std::uint8_t first) {
    if (first < 0xc0U || first >= 0xf8U) {
        return 1;
    }
    if (first < 0xe0U) {
        return 2;
    }
    return first < 0xf0U ? 3 : kMaxCharacterBytes;
}

// Octets at the end that are the begin of a character.
std::size_t open_bytes(ByteView text) {
    const std::size_t furthest = std::min(text.size(), kMaxCharacterBytes - 1);
    for (std::size_t back = 1; back <= furthest; ++back) {
        const std::uint8_t octet = text[text.size() - back];
        if (!is_continuation(octet)) {
            return character_bytes(octet) > back ? back : 0;
        }
    }
    return 0;
}

// C0 but for tab and line ends, DEL, and C1, which is c2 80…9f in UTF-8.
bool has_controls(ByteView text) {
    std::uint8_t before = 0;
    for (const std::uint8_t octet : text) {
        const bool is_harmless = octet == '\t' || octet == '\n' || octet == '\r';
        const bool is_c1 = before == 0xc2U && octet < 0xa0U;
        if ((octet < 0x20U && !is_harmless) || octet == 0x7fU || is_c1) {
            return true;
        }
        before = octet;
    }
    return false;
}

}  // namespace

bool TextCheck::accepts(ByteView piece) {
    const crypto::SecretBytes text = crypto::SecretBytes::concat({open_.reveal(), piece});
    const ByteView octets = text.reveal();
    const std::size_t open = open_bytes(octets);
    const ByteView whole = octets.first(octets.size() - open);
    open_ = crypto::SecretBytes::from(octets.last(open));
    return is_utf8(as_text(whole)) && !has_controls(whole);
}

}  // namespace valv::tool
