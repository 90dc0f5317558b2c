#include "client/cli/text_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace valv::cli {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// General category Mn, Me and Cf of the scripts that our languages use (Unicode 15).
constexpr std::array kNoWidth{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0670, 0x0670}, Range{0x06D6, 0x06DC}, Range{0x0900, 0x0902},
    Range{0x093A, 0x093A}, Range{0x093C, 0x093C}, Range{0x0941, 0x0948}, Range{0x094D, 0x094D},
    Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E}, Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}};
// East Asian width W and F.
constexpr std::array kDoubleWidth{
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},  Range{0x3041, 0xA4CF}, Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},  Range{0xFF00, 0xFF60}, Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F64F}, Range{0x20000, 0x3FFFD}};
constexpr std::array kForbidden{Range{0x00, 0x08}, Range{0x0B, 0x1F}, Range{0x7F, 0x9F},
                                Range{0x202A, 0x202E}, Range{0x2066, 0x2069}};
constexpr std::size_t kWide = 2;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_in(char32_t point, const auto& ranges) {
    return std::ranges::any_of(
        ranges, [point](Range range) { return range.first <= point && point <= range.last; });
}

struct Decoded {
    char32_t point = 0;
    std::size_t octets = 1;
    bool is_valid = false;
};

std::size_t length_of(std::uint8_t lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        return 3;
    }
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool is_well_formed(char32_t point, std::size_t octets) {
    constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    return point >= kSmallest.at(octets) && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

// The code point at the front of a text that is not empty.
Decoded decode_front(std::string_view text) {
    const auto lead = static_cast<std::uint8_t>(text.front());
    const std::size_t octets = length_of(lead);
    if (octets == 0 || octets > text.size()) {
        return {};
    }
    constexpr std::array<std::uint8_t, 5> kLeadMask{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t point = lead & kLeadMask.at(octets);
    for (std::size_t index = 1; index < octets; ++index) {
        const auto octet = static_cast<std::uint8_t>(text[index]);
        if ((octet & 0xC0U) != 0x80) {
            return {};
        }
        point = (point << 6U) | (octet & 0x3FU);
    }
    return is_well_formed(point, octets) ? Decoded{point, octets, true} : Decoded{};
}

}  // namespace

std::size_t width_of(std::string_view text) noexcept {
    std::size_t width = 0;
    while (!text.empty()) {
        const Decoded decoded = decode_front(text);
        if (!is_in(decoded.point, kNoWidth)) {
            width += is_in(decoded.point, kDoubleWidth) ? kWide : 1;
        }
        text.remove_prefix(decoded.octets);
    }
    return width;
}

std::string shown(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Decoded decoded = decode_front(text);
        if (!decoded.is_valid || is_in(decoded.point, kForbidden)) {
            result += kReplacement;
        } else {
            result += text.substr(0, decoded.octets);
        }
        text.remove_prefix(decoded.octets);
    }
    return result;
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], width_of(row[column]));
        }
    }
    std::string text;
    for (const auto& row : rows_) {
        std::size_t owed = 0;  // blanks before the next cell that has text
        for (std::size_t column = 0; column < row.size(); ++column) {
            if (!row[column].empty()) {
                text.append(owed, ' ') += row[column];
                owed = 0;
            }
            owed += widths[column] - width_of(row[column]) + 2;
        }
        text += '\n';
    }
    return text;
}

}  // namespace valv::cli
