#include "tests/fuzz/support.h"

#include <array>
#include <cstdint>
#include <optional>

#include "common/base/encoding.h"

namespace valv::fuzz {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumCharacters = 6;

char in_case(char character, bool is_upper) {
    const bool is_letter = character >= 'a' && character <= 'z';
    return is_upper && is_letter ? static_cast<char>(character - 'a' + 'A') : character;
}

std::uint8_t lower(char character) {
    const bool is_upper = character >= 'A' && character <= 'Z';
    return static_cast<std::uint8_t>(is_upper ? character - 'A' + 'a' : character);
}

// BIP 173, "Checksum": bech32_polymod over the values, with six zeros behind them.
std::uint32_t checksum(const Bytes& values) {
    constexpr std::array<std::uint32_t, 5> kGenerator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                      0x3d4233dd, 0x2a1462b3};
    std::uint32_t check = 1;
    for (std::size_t at = 0; at < values.size() + kChecksumCharacters; ++at) {
        const std::uint32_t top = check >> 25U;
        check = (check & 0x1ffffffU) << 5U;
        check ^= at < values.size() ? values[at] : 0U;
        for (std::size_t bit = 0; bit < kGenerator.size(); ++bit) {
            check ^= ((top >> bit) & 1U) != 0 ? kGenerator[bit] : 0U;
        }
    }
    return check ^ 1U;
}

// What the checksum is over: the human-readable part expanded, then the symbols. Nothing where a
// symbol is none.
std::optional<Bytes> values_of(std::string_view human_readable, std::string_view symbols) {
    Bytes values;
    for (const char character : human_readable) {
        values.push_back(static_cast<std::uint8_t>(lower(character) >> 5U));
    }
    values.push_back(0);
    for (const char character : human_readable) {
        values.push_back(lower(character) & 31U);
    }
    for (const char character : symbols) {
        const std::size_t value = kAlphabet.find(static_cast<char>(lower(character)));
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        values.push_back(static_cast<std::uint8_t>(value));
    }
    return values;
}

}  // namespace

bool is_prefix(ByteView front, ByteView whole) {
    return front.size() <= whole.size() && equal(front, whole.first(front.size()));
}

std::string with_checksum(std::string_view text) {
    const std::size_t separator = text.rfind('1');
    if (separator == std::string_view::npos || text.size() - separator - 1 < kChecksumCharacters) {
        return std::string(text);
    }
    const std::string_view front = text.substr(0, text.size() - kChecksumCharacters);
    const std::optional<Bytes> values =
        values_of(text.substr(0, separator), front.substr(separator + 1));
    if (!values) {
        return std::string(text);
    }
    const bool is_upper = std::ranges::any_of(front, [](char c) { return c >= 'A' && c <= 'Z'; });
    const std::uint32_t check = checksum(*values);
    std::string repaired(front);
    for (unsigned index = kChecksumCharacters; index-- > 0;) {
        repaired.push_back(in_case(kAlphabet[(check >> (5U * index)) & 31U], is_upper));
    }
    return repaired;
}

namespace {

sealed::AgeStanza changed(sealed::AgeStanza stanza, ByteView changes) {
    constexpr std::size_t kChangeBytes = 3;
    Bytes argument = from_base64_unpadded(stanza.arguments.at(1));
    const std::size_t whole = argument.size() + stanza.body.size();
    for (; changes.size() >= kChangeBytes; changes = changes.subspan(kChangeBytes)) {
        const std::size_t place = (std::size_t{changes[0]} << 8U | changes[1]) % whole;
        std::uint8_t& octet =
            place < argument.size() ? argument[place] : stanza.body[place - argument.size()];
        octet ^= changes[2];
    }
    stanza.arguments[1] = to_base64_unpadded(argument);
    return stanza;
}

}  // namespace

sealed::AgeStanza stanza_from(ByteView input, const sealed::AgeStanza& genuine) {
    std::string_view text = as_text(input);
    if (text.starts_with('~')) {
        return changed(genuine, input.subspan(1));
    }
    const std::size_t end = std::min(text.find('\n'), text.size());
    sealed::AgeStanza stanza;
    if (end < text.size()) {
        stanza.body = to_bytes(input.subspan(end + 1));
    }
    text = text.substr(0, end);
    for (std::size_t space = text.find(' '); space != std::string_view::npos;
         space = text.find(' ')) {
        stanza.arguments.emplace_back(text.substr(0, space));
        text.remove_prefix(space + 1);
    }
    stanza.arguments.emplace_back(text);
    return stanza;
}

bool has_shape(const sealed::AgeStanza& stanza, std::size_t argument_count, std::size_t octets) {
    constexpr std::size_t kWrappedBytes = 32;
    return stanza.arguments.size() == argument_count && stanza.body.size() == kWrappedBytes &&
           succeeds([&] {
               const Bytes decoded = from_base64_unpadded(stanza.arguments.at(1));
               if (decoded.size() != octets) {
                   throw Error(ErrorCode::kMalformed, "another length");
               }
           });
}

Unwrapping unwrap(const sealed::AgeIdentity& identity, const sealed::AgeStanza& stanza) {
    Unwrapping result = Unwrapping::kRefused;
    static_cast<void>(succeeds([&] {
        result = identity.unwrap({&stanza, 1}) ? Unwrapping::kOpened : Unwrapping::kNoMatch;
    }));
    return result;
}

}  // namespace valv::fuzz
