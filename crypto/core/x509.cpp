#include "crypto/core/x509.h"

#include <algorithm>
#include <array>
#include <string>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "common/base/error.h"
#include "crypto/core/openssl.h"

namespace valv::crypto {
namespace {

using Extension = std::unique_ptr<X509_EXTENSION, CDeleter<X509_EXTENSION_free>>;
using Name = std::unique_ptr<X509_NAME, CDeleter<X509_NAME_free>>;

struct DerDeleter {
    void operator()(std::uint8_t* octets) const noexcept { OPENSSL_free(octets); }
};
using Der = std::unique_ptr<std::uint8_t, DerDeleter>;

// Never asks for a password: an encrypted PEM is refused.
int no_password(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*user*/) noexcept {
    return -1;
}

PrivateOrPublicKey read_key(const SecretBytes& pem) {
    const Bio bio(::BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.size())));
    require(bio != nullptr, "BIO_new_mem_buf");
    PrivateOrPublicKey key(::PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
    if (key == nullptr) {
        forget_errors();
        throw Error(ErrorCode::kMalformed, "x509: no private key in this PEM");
    }
    return key;
}

Certificate read_certificate(std::string_view pem) {
    const Bio bio(::BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    require(bio != nullptr, "BIO_new_mem_buf");
    Certificate certificate(::PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
    if (certificate == nullptr) {
        forget_errors();
        throw Error(ErrorCode::kMalformed, "x509: no certificate in this PEM");
    }
    return certificate;
}

std::string write_certificate(X509* certificate) {
    const Bio bio(::BIO_new(::BIO_s_mem()));
    require(bio != nullptr && ::PEM_write_bio_X509(bio.get(), certificate) == 1,
            "PEM_write_bio_X509");
    return std::string(as_text(contents_of(bio.get()).reveal()));
}

Hash spki_hash(X509_PUBKEY* key) {
    std::uint8_t* octets = nullptr;
    const int size = ::i2d_X509_PUBKEY(key, &octets);
    require(size > 0, "i2d_X509_PUBKEY");
    const Der owner(octets);
    return sha256(ByteView(octets, static_cast<std::size_t>(size)));
}

void set_time(ASN1_TIME* field, Instant instant) {
    // Before 2050 a UTCTime, from then on a GeneralizedTime (RFC 5280 section 4.1.2.5):
    // ASN1_TIME_adj decides.
    require(::ASN1_TIME_adj(field, static_cast<time_t>(instant.time_since_epoch().count()), 0, 0) !=
                nullptr,
            "ASN1_TIME_adj");
}

void set_serial(X509* certificate, RandomSource& random) {
    std::array<std::uint8_t, 16> octets{};
    random.fill(octets);
    octets[0] =
        static_cast<std::uint8_t>((octets[0] & 0x7fU) | 0x40U);  // positive and of fixed length
    const BigNumber number(::BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
    require(number != nullptr &&
                ::BN_to_ASN1_INTEGER(number.get(), ::X509_get_serialNumber(certificate)) != nullptr,
            "BN_to_ASN1_INTEGER");
}

Name common_name_of(std::string_view text) {
    Name name(::X509_NAME_new());
    const auto* const octets = reinterpret_cast<const unsigned char*>(text.data());
    require(name != nullptr &&
                ::X509_NAME_add_entry_by_NID(name.get(), NID_commonName, MBSTRING_UTF8, octets,
                                             static_cast<int>(text.size()), -1, 0) == 1,
            "X509_NAME_add_entry_by_NID");
    return name;
}

// A certificate to be, without extensions: v3, serial, names, dates, key.
Certificate start_certificate(EVP_PKEY* key, const Name& subject, const X509_NAME* issuer,
                              const Validity& validity, RandomSource& random) {
    constexpr long kVersion3 = 2;
    Certificate certificate(::X509_new());
    require(certificate != nullptr && ::X509_set_version(certificate.get(), kVersion3) == 1,
            "X509_set_version");
    set_serial(certificate.get(), random);
    set_time(::X509_getm_notBefore(certificate.get()), validity.not_before);
    set_time(::X509_getm_notAfter(certificate.get()), validity.not_after);
    require(::X509_set_subject_name(certificate.get(), subject.get()) == 1 &&
                ::X509_set_issuer_name(certificate.get(), issuer) == 1 &&
                ::X509_set_pubkey(certificate.get(), key) == 1,
            "X509_set_pubkey");
    return certificate;
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context{};
    ::X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(::X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    require(extension != nullptr && ::X509_add_ext(certificate, extension.get(), -1) == 1,
            "X509_add_ext");
}

std::string sign_certificate(X509* certificate, EVP_PKEY* key) {
    require(::X509_sign(certificate, key, sha256_algorithm()) > 0, "X509_sign");
    return write_certificate(certificate);
}

bool is_ip_address(const std::string& name) {
    const std::unique_ptr<ASN1_OCTET_STRING, CDeleter<ASN1_OCTET_STRING_free>> address(
        ::a2i_IPADDRESS(name.c_str()));
    forget_errors();
    return address != nullptr;
}

// `DNS:a,IP:b`; commas and colons of a name would begin another one, so they are refused.
std::string alternative_names(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        const bool is_ip = is_ip_address(name);
        const auto is_plain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '.' || c == '*';
        };
        if (name.empty() || (!is_ip && !std::ranges::all_of(name, is_plain))) {
            throw Error(ErrorCode::kInvalidArgument, "x509: not a DNS name or IP address");
        }
        list.append(list.empty() ? "" : ",").append(is_ip ? "IP:" : "DNS:").append(name);
    }
    return list;
}

}  // namespace

Validity unlimited_validity() {
    using namespace std::chrono_literals;
    return {.not_before = std::chrono::sys_days(1970y / 1 / 1),
            .not_after = std::chrono::sys_days(9999y / 12 / 31) + 23h + 59min + 59s};
}

std::string make_ca_certificate(const SecretBytes& ca_key_pem, std::string_view common_name,
                                const Validity& validity, RandomSource& random) {
    const PrivateOrPublicKey key = read_key(ca_key_pem);
    const Name name = common_name_of(common_name);
    const Certificate certificate =
        start_certificate(key.get(), name, name.get(), validity, random);
    add_extension(certificate.get(), certificate.get(), NID_basic_constraints,
                  "critical,CA:TRUE,pathlen:0");
    add_extension(certificate.get(), certificate.get(), NID_key_usage,
                  "critical,keyCertSign,cRLSign");
    add_extension(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
    return sign_certificate(certificate.get(), key.get());
}

std::string issue_server_certificate(const SecretBytes& ca_key_pem,
                                     std::string_view ca_certificate_pem,
                                     const SecretBytes& server_key_pem,
                                     const ServerCertificateRequest& request,
                                     RandomSource& random) {
    const PrivateOrPublicKey ca_key = read_key(ca_key_pem);
    const Certificate ca = read_certificate(ca_certificate_pem);
    const PrivateOrPublicKey key = read_key(server_key_pem);
    const Certificate certificate =
        start_certificate(key.get(), common_name_of(request.common_name),
                          ::X509_get_subject_name(ca.get()), request.validity, random);
    add_extension(certificate.get(), ca.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), ca.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(certificate.get(), ca.get(), NID_ext_key_usage, "serverAuth");
    add_extension(certificate.get(), ca.get(), NID_subject_alt_name,
                  alternative_names(request.names));
    add_extension(certificate.get(), ca.get(), NID_subject_key_identifier, "hash");
    add_extension(certificate.get(), ca.get(), NID_authority_key_identifier, "keyid:always");
    return sign_certificate(certificate.get(), ca_key.get());
}

std::string make_device_certificate(const SecretBytes& key_pem, std::string_view common_name,
                                    RandomSource& random) {
    const PrivateOrPublicKey key = read_key(key_pem);
    const Name name = common_name_of(common_name);
    const Certificate certificate =
        start_certificate(key.get(), name, name.get(), unlimited_validity(), random);
    add_extension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), certificate.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(certificate.get(), certificate.get(), NID_ext_key_usage, "clientAuth");
    return sign_certificate(certificate.get(), key.get());
}

Hash spki_hash_of_certificate_pem(std::string_view pem) {
    return spki_hash(::X509_get_X509_PUBKEY(read_certificate(pem).get()));
}

Hash spki_hash_of_certificate_der(ByteView der) {
    const std::uint8_t* at = der.data();
    const Certificate certificate(::d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (certificate == nullptr) {
        forget_errors();
        throw Error(ErrorCode::kMalformed, "x509: no certificate in this DER");
    }
    return spki_hash(::X509_get_X509_PUBKEY(certificate.get()));
}

Hash spki_hash_of_key_pem(const SecretBytes& pem) {
    const PrivateOrPublicKey key = read_key(pem);
    X509_PUBKEY* spki = nullptr;
    require(::X509_PUBKEY_set(&spki, key.get()) == 1, "X509_PUBKEY_set");
    const std::unique_ptr<X509_PUBKEY, CDeleter<X509_PUBKEY_free>> owner(spki);
    return spki_hash(spki);
}

bool is_signed_by(std::string_view certificate_pem, std::string_view ca_certificate_pem) {
    const Certificate certificate = read_certificate(certificate_pem);
    const Certificate ca = read_certificate(ca_certificate_pem);
    const bool is_signed = ::X509_verify(certificate.get(), ::X509_get0_pubkey(ca.get())) == 1;
    forget_errors();
    return is_signed;
}

}  // namespace valv::crypto
