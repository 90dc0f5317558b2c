#include "server/service/masks.h"

#include "crypto/core/mask.h"

namespace valv::service {

store::Masked masked(const crypto::SecretBytes& erasure_key, std::string_view kind, ByteView octets,
                     RandomSource& random) {
    store::Masked value{.salt = Bytes(crypto::kMaskSaltBytes), .octets = {}};
    random.fill(value.salt);
    value.octets = crypto::mask(erasure_key.reveal(), kind, value.salt, octets);
    return value;
}

Bytes unmasked(const crypto::SecretBytes& erasure_key, std::string_view kind,
               const store::Masked& value) {
    return crypto::mask(erasure_key.reveal(), kind, value.salt, value.octets);
}

crypto::SecretBytes find_or_make_erasure_key(store::ErasureKeys& keys, const ErasureKeyId& id,
                                             RandomSource& random) {
    if (std::optional<crypto::SecretBytes> standing = keys.find(id)) {
        return std::move(*standing);
    }
    crypto::SecretBytes key = crypto::SecretBytes::random(crypto::kErasureKeyBytes, random);
    keys.put(id, key);
    return key;
}

}  // namespace valv::service
