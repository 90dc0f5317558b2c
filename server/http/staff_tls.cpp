#include "server/http/staff_tls.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/X509Certificate.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "common/base/bytes.h"
#include "common/base/error.h"
#include "crypto/core/x509.h"

namespace valv::http {
namespace {

constexpr long kMaxCertificateListBytes = 16L * 1024;  // a peer's; ours hold one

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* handle) const noexcept {
        Free(handle);
    }
};
using Bio = std::unique_ptr<BIO, Deleter<::BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Deleter<::X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Deleter<::EVP_PKEY_free>>;

void require(bool succeeded, const char* operation) {
    if (!succeeded) {
        ::ERR_clear_error();
        throw Error(ErrorCode::kCryptoLibrary, std::string("staff tls: ") + operation);
    }
}

Bio bio_of(ByteView octets) {
    return Bio(::BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
}

// An encrypted key is refused, never asked about.
int no_password(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*user*/) noexcept {
    return -1;
}

// The certificate is proof of its key and nothing else.
int accept_any_certificate(X509_STORE_CTX* store, void* /*user*/) noexcept {
    ::X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
}

Certificate read_certificate(std::string_view pem) {
    const Bio bio = bio_of(as_bytes(pem));
    return Certificate(::PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
}

void use_identity(SSL_CTX* context, const StaffIdentity& identity) {
    const Certificate certificate = read_certificate(identity.certificate_pem);
    require(certificate != nullptr && ::SSL_CTX_use_certificate(context, certificate.get()) == 1,
            "no certificate in the PEM");
    if (!identity.ca_certificate_pem.empty()) {
        const Certificate ca = read_certificate(identity.ca_certificate_pem);
        require(ca != nullptr && ::SSL_CTX_add1_chain_cert(context, ca.get()) == 1,
                "no CA in the PEM");
    }
    const Bio key_bio = bio_of(identity.key_pem.reveal());
    const PrivateKey key(::PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_password, nullptr));
    require(key != nullptr && ::SSL_CTX_use_PrivateKey(context, key.get()) == 1,
            "no private key in the PEM");
    require(::SSL_CTX_check_private_key(context) == 1, "the key is not the certificate's");
}

void harden(SSL_CTX* context) {
    require(::SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1, "minimum version");
    require(::SSL_CTX_set_num_tickets(context, 0) == 1,
            "tickets");  // resumption saves nothing here and needs a key to guard
    ::SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    ::SSL_CTX_set_cert_verify_callback(context, accept_any_certificate, nullptr);
    ::SSL_CTX_set_max_cert_list(context, kMaxCertificateListBytes);
    ::SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

Poco::Net::Context::Ptr make_context() {
    Poco::Net::Context::Params parameters;  // no files: the keys come from memory
    parameters.verificationMode = Poco::Net::Context::VERIFY_STRICT;
    parameters.loadDefaultCAs = false;
    auto context =
        Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_SERVER_USE, parameters);
    context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_3);
    context->enableExtendedCertificateVerification(
        /*flag=*/false);  // else Poco compares the client's names with its address
    return context;
}

}  // namespace

struct StaffTls::Context {
    Poco::Net::Context::Ptr poco;
};

StaffTls::StaffTls(const StaffIdentity& identity) : context_(std::make_unique<Context>()) {
    context_->poco = make_context();
    harden(context_->poco->sslContext());
    use_identity(context_->poco->sslContext(), identity);
}

StaffTls::~StaffTls() = default;

Poco::Net::ServerSocket StaffTls::make_socket() const {
    return Poco::Net::SecureServerSocket(context_->poco);
}

std::optional<crypto::Hash> peer_key_sha256(const Poco::Net::StreamSocket& socket) {
    if (!socket.secure()) {
        return std::nullopt;
    }
    const Poco::Net::SecureStreamSocket secure(socket);
    if (!secure.havePeerCertificate()) {
        return std::nullopt;
    }
    std::uint8_t* octets = nullptr;
    const int size = ::i2d_X509(secure.peerCertificate().certificate(), &octets);
    require(size > 0, "i2d_X509");
    const auto free_octets = [](std::uint8_t* owned) noexcept { OPENSSL_free(owned); };
    const std::unique_ptr<std::uint8_t, decltype(free_octets)> owner(octets, free_octets);
    return crypto::spki_hash_of_certificate_der(ByteView(octets, static_cast<std::size_t>(size)));
}

}  // namespace valv::http
