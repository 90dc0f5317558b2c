#include "crypto/core/ed25519.h"

#include <algorithm>

#include "crypto/core/openssl.h"

namespace valv::crypto {
namespace {

// y of the points of small order, little-endian, without the sign bit: 0, 1, -1 and the two of
// order 8. Under such a key signatures hold for every message.
constexpr std::array<VerifyKey, 5> kSmallOrder{{
    {0},
    {1},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
}};

// y < p = 2^255 - 19 (RFC 8032 section 5.1.3), so that a key has one encoding.
bool is_canonical(const VerifyKey& y) {
    const bool is_top =
        y.back() == 0x7f &&
        std::all_of(y.begin() + 1, y.end() - 1, [](std::uint8_t octet) { return octet == 0xff; });
    constexpr std::uint8_t kLowOctetOfPrime = 0xed;
    return !is_top || y.front() < kLowOctetOfPrime;
}

bool is_acceptable(const VerifyKey& key) {
    VerifyKey y = key;
    constexpr std::uint8_t kWithoutSign = 0x7f;
    y.back() = static_cast<std::uint8_t>(y.back() & kWithoutSign);
    return is_canonical(y) && std::ranges::find(kSmallOrder, y) == kSmallOrder.end();
}

PrivateOrPublicKey private_key(const SecretBytes& seed) {
    PrivateOrPublicKey key(::EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                                          seed.reveal().data(), seed.size()));
    require(key != nullptr, "EVP_PKEY_new_raw_private_key");
    return key;
}

template <typename Array>
Array array_from(ByteView octets, const char* complaint) {
    Array array{};
    if (octets.size() != array.size()) {
        throw Error(ErrorCode::kMalformed, complaint);
    }
    std::ranges::copy(octets, array.begin());
    return array;
}

}  // namespace

VerifyKey verify_key_from(ByteView octets) {
    return array_from<VerifyKey>(octets, "ed25519: a public key has 32 octets");
}

Signature signature_from(ByteView octets) {
    return array_from<Signature>(octets, "ed25519: a signature has 64 octets");
}

SigningKey SigningKey::from_seed(SecretBytes seed) {
    if (seed.size() != kEd25519KeyBytes) {
        throw Error(ErrorCode::kMalformed, "ed25519: a seed has 32 octets");
    }
    const PrivateOrPublicKey key = private_key(seed);
    VerifyKey public_key{};
    std::size_t size = public_key.size();
    require(::EVP_PKEY_get_raw_public_key(key.get(), public_key.data(), &size) == 1 &&
                size == public_key.size(),
            "EVP_PKEY_get_raw_public_key");
    return {std::move(seed), public_key};
}

SigningKey SigningKey::random(RandomSource& random) {
    return from_seed(SecretBytes::random(kEd25519KeyBytes, random));
}

Signature SigningKey::sign(ByteView message) const {
    const PrivateOrPublicKey key = private_key(seed_);
    const DigestContext context(::EVP_MD_CTX_new());
    require(context != nullptr &&
                ::EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1,
            "EVP_DigestSignInit");
    Signature signature{};
    std::size_t size = signature.size();
    require(::EVP_DigestSign(context.get(), signature.data(), &size, message.data(),
                             message.size()) == 1 &&
                size == signature.size(),
            "EVP_DigestSign");
    return signature;
}

bool verify(const VerifyKey& key, ByteView message, ByteView signature) {
    if (signature.size() != kEd25519SignatureBytes || !is_acceptable(key)) {
        return false;
    }
    const PrivateOrPublicKey public_key(
        ::EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const DigestContext context(::EVP_MD_CTX_new());
    require(
        public_key != nullptr && context != nullptr &&
            ::EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, public_key.get()) == 1,
        "EVP_DigestVerifyInit");
    // OpenSSL refuses S ≥ L and compares R octet by octet, so one signature has one encoding.
    const bool is_valid = ::EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                             message.data(), message.size()) == 1;
    forget_errors();
    return is_valid;
}

}  // namespace valv::crypto
