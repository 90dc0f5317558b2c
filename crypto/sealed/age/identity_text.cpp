#include "crypto/sealed/age/identity_text.h"

#include <string>

#include "common/base/bech32.h"
#include "common/base/error.h"
#include "crypto/sealed/secret_text.h"

namespace valv::sealed {

using crypto::SecretBytes;

SecretBytes encode_identity(std::string_view prefix, const SecretBytes& secret) {
    SecretBytes text = secret_bech32(to_lower_ascii(prefix), secret.reveal());
    for (std::uint8_t& character : text.reveal_for_writing()) {
        if (character >= 'a' && character <= 'z') {
            character = static_cast<std::uint8_t>(character - 'a' + 'A');
        }
    }
    return text;
}

SecretBytes decode_identity(std::string_view prefix, ByteView text, std::size_t size) {
    if (!as_text(text).starts_with(prefix)) {
        throw Error(ErrorCode::kMalformed,
                    "age: an identity begins with " + std::string(prefix) + "1");
    }
    SecretBytes secret(size);
    bech32_decode_into(as_text(text), to_lower_ascii(prefix), secret.reveal_for_writing());
    return secret;
}

}  // namespace valv::sealed
