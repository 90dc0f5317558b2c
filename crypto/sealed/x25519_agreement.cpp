#include "crypto/sealed/x25519_agreement.h"

#include <array>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "common/base/error.h"

namespace valv::sealed {
namespace {

using crypto::require;
using crypto::SecretBytes;

crypto::PrivateOrPublicKey key_of(const SecretBytes& secret, const X25519Point& point) {
    const crypto::KeyContext context(::EVP_PKEY_CTX_new_from_name(nullptr, "X25519", nullptr));
    std::array<OSSL_PARAM, 3> parameters{
        crypto::octets_parameter(OSSL_PKEY_PARAM_PRIV_KEY, secret.reveal()),
        crypto::octets_parameter(OSSL_PKEY_PARAM_PUB_KEY, point), ::OSSL_PARAM_construct_end()};
    EVP_PKEY* key = nullptr;
    require(context != nullptr && ::EVP_PKEY_fromdata_init(context.get()) == 1 &&
                ::EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.data()) == 1,
            "EVP_PKEY_fromdata X25519");
    return crypto::PrivateOrPublicKey(key);
}

}  // namespace

X25519Key::X25519Key(const SecretBytes& secret)
    : key_(::EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, secret.reveal().data(),
                                          secret.size())) {
    std::size_t size = point_.size();
    require(key_ != nullptr &&
                ::EVP_PKEY_get_raw_public_key(key_.get(), point_.data(), &size) == 1 &&
                size == point_.size(),
            "EVP_PKEY_get_raw_public_key");
}

X25519Key::X25519Key(const SecretBytes& secret, const X25519Point& point)
    : key_(key_of(secret, point)), point_(point) {}

std::optional<SecretBytes> X25519Key::try_agree(const X25519Point& theirs) const {
    const crypto::PrivateOrPublicKey peer(
        ::EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, theirs.data(), theirs.size()));
    const crypto::KeyContext context(::EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    require(peer != nullptr && context != nullptr && ::EVP_PKEY_derive_init(context.get()) == 1,
            "EVP_PKEY_derive_init");
    SecretBytes shared(crypto::kX25519Bytes);
    std::size_t size = shared.size();
    const bool is_agreed =
        ::EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1 &&
        ::EVP_PKEY_derive(context.get(), shared.reveal_for_writing().data(), &size) == 1 &&
        size == shared.size();
    if (!is_agreed || crypto::constant_time_equal(shared.reveal(), X25519Point{})) {
        crypto::forget_errors();
        return std::nullopt;
    }
    return shared;
}

}  // namespace valv::sealed
