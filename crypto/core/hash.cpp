#include "crypto/core/hash.h"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/params.h>

#include "common/base/error.h"
#include "crypto/core/openssl.h"

namespace valv::crypto {

Hash hash_from(ByteView octets) {
    if (octets.size() != kHashBytes) {
        throw Error(ErrorCode::kMalformed, "hash: not 32 octets");
    }
    Hash hash{};
    std::ranges::copy(octets, hash.begin());
    return hash;
}

Hash sha256(ByteView octets) {
    Hash hash{};
    require(::EVP_Digest(octets.data(), octets.size(), hash.data(), nullptr, sha256_algorithm(),
                         nullptr) == 1,
            "EVP_Digest");
    return hash;
}

Hash sha256(std::initializer_list<ByteView> parts) {
    Sha256 sha;
    for (const ByteView part : parts) {
        sha.update(part);
    }
    return sha.finish();
}

struct Sha256::Context {
    DigestContext digest{::EVP_MD_CTX_new()};
    void start() const {
        require(::EVP_DigestInit_ex2(digest.get(), sha256_algorithm(), nullptr) == 1,
                "EVP_DigestInit_ex2");
    }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    require(context_->digest != nullptr, "EVP_MD_CTX_new");
    context_->start();
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(ByteView octets) {
    require(::EVP_DigestUpdate(context_->digest.get(), octets.data(), octets.size()) == 1,
            "EVP_DigestUpdate");
}

Hash Sha256::finish() {
    Hash hash{};
    require(::EVP_DigestFinal_ex(context_->digest.get(), hash.data(), nullptr) == 1,
            "EVP_DigestFinal_ex");
    context_->start();
    return hash;
}

namespace {

EVP_MAC* hmac_algorithm() {
    // As sha256_algorithm: immutable after its initialisation.
    static EVP_MAC* const algorithm = ::EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    require(algorithm != nullptr, "EVP_MAC_fetch HMAC");
    return algorithm;
}

}  // namespace

struct Hmac::Context {
    MacContext mac{::EVP_MAC_CTX_new(hmac_algorithm())};
};

Hmac::Hmac(ByteView key) : context_(std::make_unique<Context>()) {
    require(context_->mac != nullptr, "EVP_MAC_CTX_new");
    // HMAC pads its key with zeros, so the key 00 is the empty key; a null key would mean "keep the
    // old one".
    constexpr std::array<std::uint8_t, 1> kEmptyKey{};
    const ByteView material = key.empty() ? ByteView(kEmptyKey) : key;
    std::array<char, 16> digest{"SHA2-256"};
    const std::array<OSSL_PARAM, 2> parameters{
        ::OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        ::OSSL_PARAM_construct_end()};
    require(::EVP_MAC_init(context_->mac.get(), material.data(), material.size(),
                           parameters.data()) == 1,
            "EVP_MAC_init");
}
Hmac::Hmac(Hmac&&) noexcept = default;
Hmac& Hmac::operator=(Hmac&&) noexcept = default;
Hmac::~Hmac() = default;

Hash Hmac::operator()(std::initializer_list<ByteView> parts) {
    EVP_MAC_CTX* const mac = context_->mac.get();
    for (const ByteView part : parts) {
        require(::EVP_MAC_update(mac, part.data(), part.size()) == 1, "EVP_MAC_update");
    }
    Hash hash{};
    std::size_t written = 0;
    require(::EVP_MAC_final(mac, hash.data(), &written, hash.size()) == 1 && written == hash.size(),
            "EVP_MAC_final");
    require(::EVP_MAC_init(mac, nullptr, 0, nullptr) == 1, "EVP_MAC_init");  // the same key again
    return hash;
}

Hash hmac_sha256(ByteView key, std::initializer_list<ByteView> parts) {
    return Hmac(key)(parts);
}

}  // namespace valv::crypto
