#include "common/base/bech32.h"

#include <algorithm>
#include <array>

#include "common/base/error.h"

namespace valv {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumCharacters = 6;

[[noreturn]] void malformed(const char* what) {
    throw Error(ErrorCode::kMalformed, what);
}

// BIP 173: the BCH code's checksum step.
class Checksum {
public:
    void add(std::uint8_t value) {
        constexpr std::array<std::uint32_t, 5> kGenerators{0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                           0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = state_ >> 25U;
        state_ = ((state_ & 0x1ffffffU) << 5U) ^ value;
        for (unsigned bit = 0; bit < kGenerators.size(); ++bit) {
            if (((top >> bit) & 1U) != 0) {
                state_ ^= kGenerators[bit];
            }
        }
    }
    void add_hrp(std::string_view hrp) {
        for (const char character : hrp) {
            add(static_cast<std::uint8_t>(static_cast<unsigned char>(character) >> 5U));
        }
        add(0);
        for (const char character : hrp) {
            add(static_cast<std::uint8_t>(static_cast<unsigned char>(character) & 31U));
        }
    }
    [[nodiscard]] std::uint32_t state() const { return state_; }

private:
    std::uint32_t state_ = 1;
};

struct Parts {
    std::string hrp;
    std::string symbols;  // one value 0…31 a character, without the checksum
};

bool is_mixed_case(std::string_view text) {
    const bool has_lower = std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    const bool has_upper = std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    return has_lower && has_upper;
}

// A volatile store is not optimised away.
void wipe(std::string& text) noexcept {
    for (char& character : text) {
        *static_cast<volatile char*>(&character) = 0;
    }
}

// Wipes on every way out: the text may be a secret key.
struct Wiped {
    std::string text;
    ~Wiped() { wipe(text); }
};

Parts verified_parts(std::string_view text) {
    if (is_mixed_case(text)) {
        malformed("bech32: mixed case");
    }
    const Wiped wiped{to_lower_ascii(text)};
    const std::string& lower = wiped.text;
    const std::size_t separator = lower.rfind('1');
    if (separator == std::string::npos || separator == 0 ||
        lower.size() - separator - 1 < kChecksumCharacters) {
        malformed("bech32: no separator");
    }
    Parts parts{.hrp = lower.substr(0, separator), .symbols = {}};
    parts.symbols.reserve(lower.size());  // growing would leave copies
    const auto is_printable = [](char c) { return c >= 33 && c <= 126; };
    if (!std::ranges::all_of(parts.hrp, is_printable)) {
        malformed("bech32: human-readable part");
    }
    Checksum checksum;
    checksum.add_hrp(parts.hrp);
    for (const char character : std::string_view(lower).substr(separator + 1)) {
        const std::size_t value = kAlphabet.find(character);
        if (value == std::string_view::npos) {
            malformed("bech32: character outside the alphabet");
        }
        checksum.add(static_cast<std::uint8_t>(value));
        parts.symbols.push_back(static_cast<char>(value));
    }
    if (checksum.state() != 1) {
        malformed("bech32: checksum");
    }
    parts.symbols.resize(parts.symbols.size() - kChecksumCharacters);
    return parts;
}

// 5-bit groups to octets; a full extra group or non-zero padding is refused.
template <typename Push>
void regroup(std::string_view symbols, Push push) {
    std::uint32_t window = 0;
    unsigned filled = 0;
    for (const char symbol : symbols) {
        window = ((window << 5U) | static_cast<std::uint32_t>(symbol)) & 0xfffU;
        filled += 5;
        if (filled >= 8) {
            filled -= 8;
            push(static_cast<std::uint8_t>(window >> filled));
        }
    }
    if (filled >= 5 || (window & ((1U << filled) - 1U)) != 0) {
        malformed("bech32: padding");
    }
}

}  // namespace

std::string to_upper_ascii(std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return upper;
}

std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

std::string bech32_encode(std::string_view hrp, ByteView data) {
    Checksum checksum;
    checksum.add_hrp(hrp);
    std::string text(hrp);
    text.reserve(hrp.size() + 1 + data.size() * 2 + kChecksumCharacters);
    text.push_back('1');
    const auto push = [&](std::uint32_t symbol) {
        checksum.add(static_cast<std::uint8_t>(symbol));
        text.push_back(kAlphabet[symbol]);
    };
    std::uint32_t window = 0;
    unsigned filled = 0;
    for (const std::uint8_t octet : data) {
        window = ((window << 8U) | octet) & 0xfffU;
        filled += 8;
        while (filled >= 5) {
            filled -= 5;
            push((window >> filled) & 31U);
        }
    }
    if (filled > 0) {
        push((window << (5 - filled)) & 31U);
    }
    Checksum whole = checksum;
    for (std::size_t index = 0; index < kChecksumCharacters; ++index) {
        whole.add(0);
    }
    const std::uint32_t value = whole.state() ^ 1U;
    for (unsigned index = 0; index < kChecksumCharacters; ++index) {
        text.push_back(kAlphabet[(value >> (5U * (5U - index))) & 31U]);
    }
    return text;
}

Bech32 bech32_decode(std::string_view text) {
    Parts parts = verified_parts(text);
    Bech32 decoded{.hrp = std::move(parts.hrp), .data = {}};
    regroup(parts.symbols, [&](std::uint8_t octet) { decoded.data.push_back(octet); });
    return decoded;
}

void bech32_decode_into(std::string_view text, std::string_view hrp, std::span<std::uint8_t> out) {
    Parts parts = verified_parts(text);
    std::size_t written = 0;
    Wiped symbols{std::move(parts.symbols)};
    if (parts.hrp != hrp || symbols.text.size() * 5 / 8 != out.size()) {
        malformed("bech32: another kind of key");
    }
    regroup(symbols.text, [&](std::uint8_t octet) { out[written++] = octet; });
}

}  // namespace valv
