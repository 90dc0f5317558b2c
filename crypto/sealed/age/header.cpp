#include "crypto/sealed/age/header.h"

#include <algorithm>

#include "common/base/encoding.h"
#include "crypto/core/kdf.h"

namespace valv::sealed {
namespace {

constexpr std::string_view kVersionLine = "age-encryption.org/v1\n";
constexpr std::string_view kStanzaPrefix = "-> ";
constexpr std::string_view kEndPrefix = "---";
constexpr std::size_t kBodyColumns = 64;

// base64 that is unpadded and canonical, else a header failure.
Bytes decode_base64(std::string_view text) {
    try {
        return from_base64_unpadded(text);
    } catch (const Error&) {
        fail(AgeFailure::kHeader, "base64 in the header");
    }
}

// Reads a header from front to back.
class HeaderReader {
public:
    explicit HeaderReader(std::string_view text) : rest_(text) {}

    AgeHeader read() {
        if (!rest_.starts_with(kVersionLine)) {
            fail(AgeFailure::kHeader, "not an age v1 file");
        }
        rest_.remove_prefix(kVersionLine.size());
        AgeHeader header;
        while (!rest_.starts_with(kEndPrefix)) {
            if (header.stanzas.size() == kMaxAgeStanzas) {
                fail(AgeFailure::kHeader, "too many stanzas");
            }
            header.stanzas.push_back(read_stanza());
        }
        header.mac = read_mac();
        if (!rest_.empty()) {
            fail(AgeFailure::kHeader, "something follows the header");
        }
        return header;
    }

private:
    std::string_view line() {
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos || end >= kMaxAgeLineBytes) {
            fail(AgeFailure::kHeader, "a line has no end or is too long");
        }
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }

    AgeStanza read_stanza() {
        const std::string_view first = line();
        if (!first.starts_with(kStanzaPrefix)) {
            fail(AgeFailure::kHeader, "a stanza begins otherwise");
        }
        AgeStanza stanza{.arguments = read_arguments(first.substr(kStanzaPrefix.size())),
                         .body = {}};
        while (true) {
            const std::string_view text = line();
            if (text.size() > kBodyColumns) {
                fail(AgeFailure::kHeader, "a body line is longer than 64 columns");
            }
            append(stanza.body, decode_base64(text));
            if (text.size() < kBodyColumns) {  // the last line is shorter, if need be empty
                return stanza;
            }
        }
    }

    static std::vector<std::string> read_arguments(std::string_view text) {
        std::vector<std::string> arguments;
        while (true) {
            const std::size_t space = text.find(' ');
            const std::string_view argument = text.substr(0, space);
            const auto is_visible = [](char c) { return c >= 0x21 && c <= 0x7e; };
            if (argument.empty() || !std::ranges::all_of(argument, is_visible)) {
                fail(AgeFailure::kHeader, "stanza arguments");
            }
            arguments.emplace_back(argument);
            if (space == std::string_view::npos) {
                return arguments;
            }
            text.remove_prefix(space + 1);
        }
    }

    crypto::Hash read_mac() {
        const std::string_view end = line();
        constexpr std::size_t kMacAt = kEndPrefix.size() + 1;
        if (end.size() <= kMacAt || end[kEndPrefix.size()] != ' ') {
            fail(AgeFailure::kHeader, "the end line");
        }
        const Bytes mac = decode_base64(end.substr(kMacAt));
        if (mac.size() != crypto::kHashBytes) {
            fail(AgeFailure::kHeader, "the MAC has another length");
        }
        return crypto::hash_from(mac);
    }

    std::string_view rest_;
};

// Up to and with the three dashes: what the MAC covers.
std::string encode_without_mac(const std::vector<AgeStanza>& stanzas) {
    std::string text(kVersionLine);
    for (const AgeStanza& stanza : stanzas) {
        text.append("->");
        for (const std::string& argument : stanza.arguments) {
            text.append(" ").append(argument);
        }
        text.append("\n");
        const std::string body = to_base64_unpadded(stanza.body);
        std::size_t at = 0;
        for (; body.size() - at >= kBodyColumns; at += kBodyColumns) {
            text.append(body, at, kBodyColumns).append("\n");
        }
        text.append(body, at).append("\n");  // may be empty
    }
    return text.append(kEndPrefix);
}

}  // namespace

std::optional<std::size_t> find_age_header_end(ByteView front) {
    const std::string_view text = as_text(front);
    const std::size_t known = std::min(text.size(), kVersionLine.size());
    if (text.substr(0, known) != kVersionLine.substr(0, known)) {
        fail(AgeFailure::kHeader, "not an age v1 file");
    }
    std::size_t at = 0;
    while (true) {
        const std::size_t end = text.find('\n', at);
        const std::size_t line_bytes = (end == std::string_view::npos ? text.size() : end) - at;
        if (line_bytes >= kMaxAgeLineBytes || at + line_bytes >= kMaxAgeHeaderBytes) {
            fail(AgeFailure::kHeader, "the header or a line of it is too long");
        }
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        if (text.substr(at, end - at).starts_with(kEndPrefix)) {
            return end + 1;
        }
        at = end + 1;
    }
}

AgeHeader parse_age_header(ByteView octets) {
    if (octets.size() > kMaxAgeHeaderBytes) {
        fail(AgeFailure::kHeader, "the header is too long");
    }
    return HeaderReader(as_text(octets)).read();
}

Bytes encode_age_header(const AgeHeader& header) {
    const std::string text =
        encode_without_mac(header.stanzas) + " " + to_base64_unpadded(header.mac) + "\n";
    return to_bytes(as_bytes(text));
}

Bytes decode_age_argument(std::string_view argument, std::size_t size) {
    Bytes octets = decode_base64(argument);
    if (octets.size() != size) {
        fail(AgeFailure::kHeader, "an argument of another length");
    }
    return octets;
}

crypto::Hash age_header_mac(const std::vector<AgeStanza>& stanzas, const FileKey& file_key) {
    const crypto::SecretBytes key =
        crypto::hkdf_expand(crypto::hkdf_extract({}, file_key.reveal()).reveal(),
                            as_bytes("header"), crypto::kHashBytes);
    return crypto::hmac_sha256(key.reveal(), {as_bytes(encode_without_mac(stanzas))});
}

void check_age_header_mac(const AgeHeader& header, const FileKey& file_key) {
    // Parsing is strict, so what is encoded anew are the octets that were read.
    if (!crypto::constant_time_equal(age_header_mac(header.stanzas, file_key), header.mac)) {
        fail(AgeFailure::kHmac, "the header's MAC does not hold");
    }
}

}  // namespace valv::sealed
