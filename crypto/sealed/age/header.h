#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/sealed/age/error.h"
#include "crypto/sealed/file_key.h"

// The text header of an age v1 file (c2sp.org/age). Strict: encode(parse(x)) == x.
namespace valv::sealed {

constexpr std::size_t kMaxAgeHeaderBytes =
    2U << 20U;  // ours: the format has no limit, a header is attacker input
constexpr std::size_t kMaxAgeLineBytes = 4096;
constexpr std::size_t kMaxAgeStanzas = 1024;

struct AgeStanza {
    std::vector<std::string>
        arguments;  // the first is the type; 1 or more characters 0x21…0x7E each
    Bytes body;
    friend bool operator==(const AgeStanza&, const AgeStanza&) = default;
};

struct AgeHeader {
    std::vector<AgeStanza> stanzas;
    crypto::Hash mac{};
};

// Octets up to and with the LF of the `---` line, when they are all there; nothing when more octets
// are needed. Throws AgeFailure::kHeader as soon as the limits are passed or the first line is not
// age's.
[[nodiscard]] std::optional<std::size_t> find_age_header_end(ByteView front);

// Of exactly a header. Throws AgeFailure::kHeader.
[[nodiscard]] AgeHeader parse_age_header(ByteView octets);
[[nodiscard]] Bytes encode_age_header(const AgeHeader& header);

// A stanza's argument as octets: base64, unpadded and canonical, of exactly `size` octets. Throws
// AgeFailure::kHeader.
[[nodiscard]] Bytes decode_age_argument(std::string_view argument, std::size_t size);

// HMAC-SHA-256 over the header up to and with `---`, under HKDF(file key, no salt, "header").
[[nodiscard]] crypto::Hash age_header_mac(const std::vector<AgeStanza>& stanzas,
                                          const FileKey& file_key);
// Throws AgeFailure::kHmac.
void check_age_header_mac(const AgeHeader& header, const FileKey& file_key);

}  // namespace valv::sealed
