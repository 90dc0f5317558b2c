#include "common/base/encoding.h"

#include <array>
#include <cstdint>

#include "common/base/error.h"

namespace valv {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

[[noreturn]] void malformed(const char* what) {
    throw Error(ErrorCode::kMalformed, what);
}

// Groups of `bits` bits, most significant first; the last group is filled with zero bits.
std::string encode(ByteView octets, std::string_view alphabet, unsigned bits) {
    std::string text;
    text.reserve((octets.size() * 8 + bits - 1) / bits);
    std::uint32_t window = 0;
    unsigned filled = 0;
    const std::uint32_t mask = (1U << bits) - 1U;
    for (const std::uint8_t octet : octets) {
        window = (window << 8U) | octet;
        filled += 8;
        while (filled >= bits) {
            filled -= bits;
            text.push_back(alphabet[(window >> filled) & mask]);
        }
    }
    if (filled > 0) {
        text.push_back(alphabet[(window << (bits - filled)) & mask]);
    }
    return text;
}

Bytes decode(std::string_view text, std::string_view alphabet, unsigned bits) {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t index = 0; index < alphabet.size(); ++index) {
        values[static_cast<unsigned char>(alphabet[index])] = static_cast<std::int8_t>(index);
    }
    Bytes octets;
    octets.reserve(text.size() * bits / 8);
    std::uint32_t window = 0;
    unsigned filled = 0;
    for (const char character : text) {
        const std::int8_t value = values[static_cast<unsigned char>(character)];
        if (value < 0) {
            malformed("encoding: character outside the alphabet");
        }
        window = (window << bits) | static_cast<std::uint32_t>(value);
        filled += bits;
        if (filled >= 8) {
            filled -= 8;
            octets.push_back(static_cast<std::uint8_t>(window >> filled));
        }
    }
    if (filled >= bits) {
        malformed("encoding: impossible length");
    }
    if ((window & ((1U << filled) - 1U)) != 0) {
        malformed("encoding: trailing bits are not zero");
    }
    return octets;
}

}  // namespace

std::string to_hex(ByteView octets) {
    return encode(octets, kHex, 4);
}
Bytes from_hex(std::string_view text) {
    if (text.size() % 2 != 0) {
        malformed("encoding: odd number of hexadecimal digits");
    }
    return decode(text, kHex, 4);
}

std::string to_base64url(ByteView octets) {
    return encode(octets, kBase64Url, 6);
}
Bytes from_base64url(std::string_view text) {
    return decode(text, kBase64Url, 6);
}

std::string to_base64_unpadded(ByteView octets) {
    return encode(octets, kBase64, 6);
}
Bytes from_base64_unpadded(std::string_view text) {
    return decode(text, kBase64, 6);
}

std::string to_base64(ByteView octets) {
    std::string text = encode(octets, kBase64, 6);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Bytes from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        malformed("encoding: base64 without its padding");
    }
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    return decode(text.substr(0, text.size() - padding), kBase64, 6);
}

std::string to_base32(ByteView octets) {
    return encode(octets, kBase32, 5);
}
Bytes from_base32(std::string_view text) {
    return decode(text, kBase32, 5);
}

}  // namespace valv
