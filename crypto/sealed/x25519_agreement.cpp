#include "crypto/sealed/x25519_agreement.h"

#include <openssl/evp.h>

#include "crypto/core/openssl.h"

namespace valv::sealed {
namespace {

using crypto::require;
using crypto::SecretBytes;

crypto::PrivateOrPublicKey private_key(const SecretBytes& secret) {
    crypto::PrivateOrPublicKey key(::EVP_PKEY_new_raw_private_key(
        EVP_PKEY_X25519, nullptr, secret.reveal().data(), secret.size()));
    require(key != nullptr, "EVP_PKEY_new_raw_private_key");
    return key;
}

}  // namespace

X25519Point x25519_point(const SecretBytes& secret) {
    const crypto::PrivateOrPublicKey key = private_key(secret);
    X25519Point point{};
    std::size_t size = point.size();
    require(
        ::EVP_PKEY_get_raw_public_key(key.get(), point.data(), &size) == 1 && size == point.size(),
        "EVP_PKEY_get_raw_public_key");
    return point;
}

std::optional<SecretBytes> try_x25519(const SecretBytes& secret, const X25519Point& point) {
    const crypto::PrivateOrPublicKey ours = private_key(secret);
    const crypto::PrivateOrPublicKey theirs(
        ::EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, point.data(), point.size()));
    const crypto::KeyContext context(::EVP_PKEY_CTX_new_from_pkey(nullptr, ours.get(), nullptr));
    require(theirs != nullptr && context != nullptr && ::EVP_PKEY_derive_init(context.get()) == 1,
            "EVP_PKEY_derive_init");
    SecretBytes shared(crypto::kX25519Bytes);
    std::size_t size = shared.size();
    const bool is_agreed =
        ::EVP_PKEY_derive_set_peer(context.get(), theirs.get()) == 1 &&
        ::EVP_PKEY_derive(context.get(), shared.reveal_for_writing().data(), &size) == 1 &&
        size == shared.size();
    if (!is_agreed || crypto::constant_time_equal(shared.reveal(), X25519Point{})) {
        crypto::forget_errors();
        return std::nullopt;
    }
    return shared;
}

}  // namespace valv::sealed
