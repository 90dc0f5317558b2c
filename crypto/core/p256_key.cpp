// The P-256 keys of x509.h.
#include <array>

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "crypto/core/openssl.h"
#include "crypto/core/x509.h"

namespace valv::crypto {
namespace {

using BigNumberContext = std::unique_ptr<BN_CTX, CDeleter<BN_CTX_free>>;
using Group = std::unique_ptr<EC_GROUP, CDeleter<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, CDeleter<EC_POINT_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, CDeleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, CDeleter<OSSL_PARAM_free>>;

constexpr std::size_t kScalarBytes = 32;
constexpr std::size_t kUncompressedPointBytes = 65;

// A secret scalar 1…n-1, by rejection: uniform, and reproducible with a seeded source.
BigNumber draw_scalar(const EC_GROUP* group, RandomSource& random) {
    while (true) {
        const SecretBytes octets = SecretBytes::random(kScalarBytes, random);
        BigNumber scalar(::BN_bin2bn(octets.reveal().data(), static_cast<int>(octets.size()),
                                     ::BN_secure_new()));
        require(scalar != nullptr, "BN_bin2bn");
        if (::BN_is_zero(scalar.get()) == 0 &&
            ::BN_cmp(scalar.get(), ::EC_GROUP_get0_order(group)) < 0) {
            ::BN_set_flags(scalar.get(), BN_FLG_CONSTTIME);
            return scalar;
        }
    }
}

std::array<std::uint8_t, kUncompressedPointBytes> public_point(const EC_GROUP* group,
                                                               const BIGNUM* scalar) {
    const BigNumberContext context(::BN_CTX_secure_new());
    const Point point(::EC_POINT_new(group));
    require(context != nullptr && point != nullptr &&
                ::EC_POINT_mul(group, point.get(), scalar, nullptr, nullptr, context.get()) == 1,
            "EC_POINT_mul");
    std::array<std::uint8_t, kUncompressedPointBytes> octets{};
    require(::EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, octets.data(),
                                 octets.size(), context.get()) == octets.size(),
            "EC_POINT_point2oct");
    return octets;
}

PrivateOrPublicKey draw_key(RandomSource& random) {
    const Group group(::EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    require(group != nullptr, "EC_GROUP_new_by_curve_name");
    const BigNumber scalar = draw_scalar(group.get(), random);
    const auto point = public_point(group.get(), scalar.get());
    const ParameterBuilder builder(::OSSL_PARAM_BLD_new());
    require(
        builder != nullptr &&
            ::OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                              "prime256v1", 0) == 1 &&
            ::OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get()) == 1 &&
            ::OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                               point.size()) == 1,
        "OSSL_PARAM_BLD");
    const Parameters parameters(::OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(::EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    require(parameters != nullptr && context != nullptr &&
                ::EVP_PKEY_fromdata_init(context.get()) == 1 &&
                ::EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) == 1,
            "EVP_PKEY_fromdata");
    return PrivateOrPublicKey(key);
}

}  // namespace

SecretBytes make_p256_key(RandomSource& random) {
    const PrivateOrPublicKey key = draw_key(random);
    const Bio bio(::BIO_new(::BIO_s_secmem()));  // wiped when freed
    require(bio != nullptr && ::PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr,
                                                              nullptr, 0, nullptr, nullptr) == 1,
            "PEM_write_bio_PKCS8PrivateKey");
    return contents_of(bio.get());
}

}  // namespace valv::crypto
