#include "client/lib/tls_pin.h"

#include <algorithm>
#include <memory>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "common/base/bytes.h"
#include "crypto/core/x509.h"

namespace valv::client {
namespace {

template <auto Free>
struct CDeleter {
    template <typename T>
    void operator()(T* handle) const noexcept {
        Free(handle);
    }
};
using Store = std::unique_ptr<X509_STORE, CDeleter<::X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, CDeleter<::X509_STORE_CTX_free>>;

bool is_pinned(X509* certificate, const TlsPin& pin) {
    unsigned char* der = nullptr;
    const int size = ::i2d_X509(certificate, &der);
    if (size <= 0) {
        return false;
    }
    const Bytes copy(der, der + size);
    OPENSSL_free(der);
    const crypto::Hash hash = crypto::spki_hash_of_certificate_der(copy);
    return std::ranges::find(pin.server_ca, hash) != pin.server_ca.end();
}

X509* find_pinned(STACK_OF(X509) * chain, const TlsPin& pin) {
    for (int index = 0; index < sk_X509_num(chain); ++index) {
        X509* const certificate = sk_X509_value(chain, index);
        if (::X509_check_ca(certificate) == 1 && is_pinned(certificate, pin)) {
            return certificate;
        }
    }
    return nullptr;
}

// Signature, dates, constraints, purpose and name, with `ca` as the only trust anchor.
bool verifies_under(X509* leaf, X509* ca, const std::string& host) {
    const Store store(::X509_STORE_new());
    const StoreContext context(::X509_STORE_CTX_new());
    if (!store || !context || ::X509_STORE_add_cert(store.get(), ca) != 1 ||
        ::X509_STORE_CTX_init(context.get(), store.get(), leaf, nullptr) != 1 ||
        ::X509_STORE_CTX_set_default(context.get(), "ssl_server") != 1) {
        return false;
    }
    X509_VERIFY_PARAM* const parameters = ::X509_STORE_CTX_get0_param(context.get());
    const bool is_named = ::X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) == 1 ||
                          ::X509_VERIFY_PARAM_set1_host(parameters, host.c_str(), host.size()) == 1;
    return is_named && ::X509_verify_cert(context.get()) == 1;
}

// Called by OpenSSL in place of its own verification.
int verify_chain(X509_STORE_CTX* context, void* argument) noexcept {
    const auto& pin = *static_cast<const TlsPin*>(argument);
    try {
        X509* const leaf = ::X509_STORE_CTX_get0_cert(context);
        X509* const ca = find_pinned(::X509_STORE_CTX_get0_untrusted(context), pin);
        if (leaf != nullptr && ca != nullptr && verifies_under(leaf, ca, pin.host)) {
            ::X509_STORE_CTX_set_error(context, X509_V_OK);
            return 1;
        }
    } catch (...) {  // Nothing may pass through OpenSSL; what cannot be read is not trusted.
    }
    ::X509_STORE_CTX_set_error(context, X509_V_ERR_CERT_UNTRUSTED);
    return 0;
}

}  // namespace

void require_pinned_ca(void* ssl_context, const TlsPin& pin) {
    // OpenSSL's argument is not const; verify_chain only reads it.
    ::SSL_CTX_set_cert_verify_callback(static_cast<SSL_CTX*>(ssl_context), verify_chain,
                                       const_cast<TlsPin*>(&pin));  // NOLINT(*-const-cast)
}

}  // namespace valv::client
