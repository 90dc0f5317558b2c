#include "crypto/sealed/age/ml_kem.h"

#include <array>
#include <memory>
#include <string>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "common/base/error.h"
#include "crypto/core/openssl.h"
#include "crypto/sealed/age/hybrid.h"

namespace valv::sealed {
namespace {

using crypto::KeyContext;
using crypto::PrivateOrPublicKey;
using crypto::require;
using crypto::SecretBytes;

constexpr const char* kAlgorithm = "ML-KEM-768";
// Names of OpenSSL 3.5 that older headers do not have (EVP_PKEY-ML-KEM(7), EVP_KEM-ML-KEM(7)).
constexpr const char* kSeedParameter = "seed";
constexpr const char* kEntropyParameter = "ikme";
constexpr std::size_t kEntropyBytes = 32;

// Null when OpenSSL refuses the octets.
PrivateOrPublicKey key_from(const char* parameter, ByteView octets, int selection) {
    const KeyContext context(::EVP_PKEY_CTX_new_from_name(nullptr, kAlgorithm, nullptr));
    require(context != nullptr && ::EVP_PKEY_fromdata_init(context.get()) == 1,
            "EVP_PKEY_fromdata_init ML-KEM-768");
    std::array<OSSL_PARAM, 2> parameters{crypto::octets_parameter(parameter, octets),
                                         ::OSSL_PARAM_construct_end()};
    EVP_PKEY* key = nullptr;
    if (::EVP_PKEY_fromdata(context.get(), &key, selection, parameters.data()) != 1) {
        crypto::forget_errors();
        return nullptr;
    }
    return PrivateOrPublicKey(key);
}

PrivateOrPublicKey private_key(const SecretBytes& seed) {
    require_ml_kem();
    VALV_CHECK(seed.size() == kMlKemSeedBytes);
    PrivateOrPublicKey key = key_from(kSeedParameter, seed.reveal(), EVP_PKEY_KEYPAIR);
    require(key != nullptr, "EVP_PKEY_fromdata ML-KEM-768 seed");
    return key;
}

}  // namespace

bool has_ml_kem() noexcept {
    static const bool is_there = [] {
        const std::unique_ptr<EVP_KEM, crypto::CDeleter<EVP_KEM_free>> kem(
            ::EVP_KEM_fetch(nullptr, kAlgorithm, nullptr));
        crypto::forget_errors();
        return kem != nullptr;
    }();
    return is_there;
}

void require_ml_kem() {
    if (!has_ml_kem()) {
        throw Error(ErrorCode::kUnsupported, "OpenSSL has no ML-KEM-768", {}, "ml_kem_missing");
    }
}

MlKemEncapsulation ml_kem_encapsulate(ByteView public_key, RandomSource& random) {
    require_ml_kem();
    VALV_CHECK(public_key.size() == kMlKemPublicBytes);
    const PrivateOrPublicKey key =
        key_from(OSSL_PKEY_PARAM_PUB_KEY, public_key, EVP_PKEY_PUBLIC_KEY);
    if (key == nullptr) {
        throw Error(ErrorCode::kInvalidArgument, "age: a recipient that is no ML-KEM-768 key");
    }
    const SecretBytes entropy = SecretBytes::random(kEntropyBytes, random);
    std::array<OSSL_PARAM, 2> parameters{
        crypto::octets_parameter(kEntropyParameter, entropy.reveal()),
        ::OSSL_PARAM_construct_end()};
    const KeyContext context(::EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    MlKemEncapsulation made;
    made.ciphertext.resize(kMlKemCiphertextBytes);
    made.shared = SecretBytes(kMlKemSharedBytes);
    std::size_t ciphertext_size = made.ciphertext.size();
    std::size_t shared_size = made.shared.size();
    require(
        context != nullptr && ::EVP_PKEY_encapsulate_init(context.get(), parameters.data()) == 1 &&
            ::EVP_PKEY_encapsulate(context.get(), made.ciphertext.data(), &ciphertext_size,
                                   made.shared.reveal_for_writing().data(), &shared_size) == 1 &&
            ciphertext_size == kMlKemCiphertextBytes && shared_size == kMlKemSharedBytes,
        "EVP_PKEY_encapsulate ML-KEM-768");
    return made;
}

SecretBytes ml_kem_decapsulate(const SecretBytes& seed, ByteView ciphertext) {
    VALV_CHECK(ciphertext.size() == kMlKemCiphertextBytes);
    const PrivateOrPublicKey key = private_key(seed);
    const KeyContext context(::EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    SecretBytes shared(kMlKemSharedBytes);
    std::size_t size = shared.size();
    require(context != nullptr && ::EVP_PKEY_decapsulate_init(context.get(), nullptr) == 1 &&
                ::EVP_PKEY_decapsulate(context.get(), shared.reveal_for_writing().data(), &size,
                                       ciphertext.data(), ciphertext.size()) == 1 &&
                size == kMlKemSharedBytes,
            "EVP_PKEY_decapsulate ML-KEM-768");
    return shared;
}

Bytes ml_kem_public_key(const SecretBytes& seed) {
    const PrivateOrPublicKey key = private_key(seed);
    Bytes octets(kMlKemPublicBytes);
    std::size_t size = 0;
    require(::EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, octets.data(),
                                              octets.size(), &size) == 1 &&
                size == octets.size(),
            "EVP_PKEY_get_octet_string_param ML-KEM-768");
    return octets;
}

}  // namespace valv::sealed
