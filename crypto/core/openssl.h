#pragma once

// Inside crypto/ only: how OpenSSL's handles are owned and its failures thrown.

#include <memory>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/x509.h>

#include "crypto/core/secret_bytes.h"

namespace valv::crypto {

template <auto Free>
struct CDeleter {
    template <typename T>
    void operator()(T* handle) const noexcept {
        Free(handle);
    }
};

using DigestContext = std::unique_ptr<EVP_MD_CTX, CDeleter<EVP_MD_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, CDeleter<EVP_MAC_CTX_free>>;
using PrivateOrPublicKey = std::unique_ptr<EVP_PKEY, CDeleter<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, CDeleter<EVP_PKEY_CTX_free>>;
using Bio = std::unique_ptr<BIO, CDeleter<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, CDeleter<BN_clear_free>>;
using Certificate = std::unique_ptr<X509, CDeleter<X509_free>>;

// Throws kCryptoLibrary with the drained error queue unless `succeeded`. The return value decides,
// never the queue.
void require(bool succeeded, std::string_view operation);
// Forgets errors of a call whose failure is an expected outcome.
void forget_errors() noexcept;

// An input parameter that views `octets`.
[[nodiscard]] OSSL_PARAM octets_parameter(const char* name, ByteView octets);

// What was written to a memory BIO.
[[nodiscard]] SecretBytes contents_of(BIO* bio);

// SHA-256, fetched once: an implicit fetch takes locks on every call.
[[nodiscard]] const EVP_MD* sha256_algorithm();

}  // namespace valv::crypto
