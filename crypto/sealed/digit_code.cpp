#include "crypto/sealed/digit_code.h"

#include <algorithm>
#include <array>

#include "common/base/utf8.h"
#include "crypto/sealed/digit_scripts.h"

namespace valv::sealed {
namespace {

using crypto::SecretBuilder;
using crypto::SecretBytes;

constexpr std::uint8_t kDigits = 10;

std::optional<std::uint8_t> digit_value(char32_t character) {
    const auto* const after = std::ranges::upper_bound(kDigitZeros, character);
    if (after == kDigitZeros.begin() || character - *(after - 1) >= kDigits) {
        return std::nullopt;
    }
    return static_cast<std::uint8_t>(character - *(after - 1));
}

// Takes one code point off the front of well-formed UTF-8.
char32_t take_code_point(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t value = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t at = 1; at < length; ++at) {
        value = (value << 6U) | (static_cast<unsigned char>(text[at]) & 0x3fU);
    }
    text.remove_prefix(length);
    return value;
}

void append_digit(SecretBuilder& digits, std::uint8_t value) {
    const std::array<std::uint8_t, 1> character{static_cast<std::uint8_t>('0' + value)};
    digits.append(ByteView(character));
}

}  // namespace

DigitCode DigitCode::random(std::size_t count, RandomSource& random) {
    constexpr std::uint8_t kUnbiased =
        250;  // the largest multiple of 10 in an octet: 250…255 are drawn again
    SecretBuilder digits;
    for (std::size_t drawn = 0; drawn < count;) {
        const SecretBytes octet = SecretBytes::random(1, random);
        const std::uint8_t value = octet.reveal().front();
        if (value < kUnbiased) {
            append_digit(digits, static_cast<std::uint8_t>(value % kDigits));
            ++drawn;
        }
    }
    return DigitCode(digits.take());
}

std::optional<DigitCode> DigitCode::from_text(ByteView text, std::size_t count) {
    std::string_view rest = as_text(text);
    if (!is_utf8(rest)) {
        return std::nullopt;
    }
    SecretBuilder digits;
    std::size_t found = 0;
    while (!rest.empty()) {
        if (const std::optional<std::uint8_t> value = digit_value(take_code_point(rest))) {
            append_digit(digits, *value);
            ++found;
        }
    }
    return found == count ? std::optional(DigitCode(digits.take())) : std::nullopt;
}

SecretBytes DigitCode::grouped() const {
    constexpr std::size_t kGroup = 4;
    SecretBuilder text;
    const ByteView digits = digits_.reveal();
    for (std::size_t at = 0; at < digits.size(); at += kGroup) {
        if (at > 0) {
            text.append(" ");
        }
        text.append(digits.subspan(at, std::min(kGroup, digits.size() - at)));
    }
    return text.take();
}

}  // namespace valv::sealed
