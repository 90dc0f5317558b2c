#include "crypto/sealed/secret_text.h"

#include <string>

#include <openssl/crypto.h>

#include "common/base/bech32.h"
#include "common/base/encoding.h"
#include "common/base/error.h"

namespace valv::sealed {
namespace {

// The unpadded encoders of base reserve exactly what they write, so there is one buffer to wipe.
void append_and_wipe(crypto::SecretBuilder& text, std::string encoded) {
    text.append(encoded);
    ::OPENSSL_cleanse(encoded.data(), encoded.size());
}

crypto::SecretBytes take_and_wipe(Bytes octets) {
    crypto::SecretBytes secret = crypto::SecretBytes::from(octets);
    ::OPENSSL_cleanse(octets.data(), octets.size());
    return secret;
}

constexpr std::size_t kGroupOctets = 3;
constexpr std::size_t kGroupCharacters = 4;

}  // namespace

void append_base64url(crypto::SecretBuilder& text, ByteView octets) {
    append_and_wipe(text, to_base64url(octets));
}

void append_base64(crypto::SecretBuilder& text, ByteView octets) {
    append_and_wipe(text, to_base64_unpadded(octets));
    constexpr std::string_view kPadding = "==";
    text.append(kPadding.substr(0, (kGroupOctets - octets.size() % kGroupOctets) % kGroupOctets));
}

crypto::SecretBytes secret_from_base64url(std::string_view text) {
    return take_and_wipe(from_base64url(text));
}

crypto::SecretBytes secret_from_base64(std::string_view text) {
    if (text.size() % kGroupCharacters != 0) {
        throw Error(ErrorCode::kMalformed, "encoding: base64 without its padding");
    }
    return take_and_wipe(from_base64(text));
}

crypto::SecretBytes secret_bech32(std::string_view hrp, ByteView octets) {
    // bech32_encode reserves what it needs, so there is one buffer to wipe.
    std::string encoded = bech32_encode(hrp, octets);
    crypto::SecretBytes text = crypto::SecretBytes::from(as_bytes(encoded));
    ::OPENSSL_cleanse(encoded.data(), encoded.size());
    return text;
}

void append_secret_line(crypto::SecretBuilder& text, std::string_view key, std::string_view value) {
    text.append(key);
    text.append(" ");
    text.append(value);
    text.append("\n");
}

}  // namespace valv::sealed
