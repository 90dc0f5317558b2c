#include "common/base/utf8.h"

#include <cstdint>
#include <optional>

namespace valv {
namespace {

constexpr char32_t kLastCodePoint = 0x10ffff;

// Takes one code point off the front; nothing when the text is not well formed there.
std::optional<char32_t> take(std::string_view& text) noexcept {
    const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = octet(0);
    if (lead < 0x80) {
        text.remove_prefix(1);
        return lead;
    }
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) {
        return std::nullopt;
    }
    char32_t value = lead & (0x7fU >> length);
    for (std::size_t at = 1; at < length; ++at) {
        if ((octet(at) & 0xc0U) != 0x80) {
            return std::nullopt;
        }
        value = (value << 6U) | (octet(at) & 0x3fU);
    }
    if (value < kSmallest[length] || value > kLastCodePoint ||
        (value >= 0xd800 && value <= 0xdfff)) {
        return std::nullopt;
    }
    text.remove_prefix(length);
    return value;
}

bool is_plain(char32_t value) noexcept {
    const bool is_control =
        value < 0x20 || (value >= 0x7f && value < 0xa0) || value == 0x2028 || value == 0x2029;
    const bool is_bidi =
        (value >= 0x202a && value <= 0x202e) || (value >= 0x2066 && value <= 0x2069);
    return !is_control && !is_bidi;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        if (!take(text)) {
            return false;
        }
    }
    return true;
}

std::size_t code_point_count(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char character : text) {
        count += (static_cast<unsigned char>(character) & 0xc0U) != 0x80 ? 1 : 0;
    }
    return count;
}

bool is_plain_line(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::optional<char32_t> value = take(text);
        if (!value || !is_plain(*value)) {
            return false;
        }
    }
    return true;
}

std::string to_plain_line(std::string_view text) {
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        std::string_view rest = text;
        const std::optional<char32_t> value = take(rest);
        const std::size_t octets = value ? text.size() - rest.size() : 1;
        plain += value && is_plain(*value) ? text.substr(0, octets) : kReplacement;
        text.remove_prefix(octets);
    }
    return plain;
}

}  // namespace valv
