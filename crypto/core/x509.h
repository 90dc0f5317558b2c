#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"

// The few certificates that we make ourselves (docs/decisions.md "A CA of the server's own, pinned
// by its key" and "Device certificates never expire"). All keys are P-256, all signatures ECDSA
// with SHA-256. PEM in, PEM out. Serial numbers are 16 random octets from `random`; the ECDSA
// nonces are OpenSSL's own.
namespace valv::crypto {

// PKCS #8 PEM, unencrypted.
[[nodiscard]] SecretBytes make_p256_key(RandomSource& random);

struct Validity {
    Instant not_before;
    Instant not_after;
};
// 1970-01-01 … 9999-12-31: for device certificates, where the directory decides and not a date.
[[nodiscard]] Validity unlimited_validity();

// Self-signed CA (CA:TRUE, pathlen 0, keyCertSign).
[[nodiscard]] std::string make_ca_certificate(const SecretBytes& ca_key_pem,
                                              std::string_view common_name,
                                              const Validity& validity, RandomSource& random);

struct ServerCertificateRequest {
    std::string common_name;
    std::vector<std::string> names;  // SANs: DNS names, or IP addresses in text form
    Validity validity;
};
// For TLS servers (serverAuth), under the CA. Returns the leaf only.
[[nodiscard]] std::string issue_server_certificate(const SecretBytes& ca_key_pem,
                                                   std::string_view ca_certificate_pem,
                                                   const SecretBytes& server_key_pem,
                                                   const ServerCertificateRequest& request,
                                                   RandomSource& random);

// Self-signed client certificate of a device, CN = `common_name`, unlimited validity, clientAuth.
[[nodiscard]] std::string make_device_certificate(const SecretBytes& key_pem,
                                                  std::string_view common_name,
                                                  RandomSource& random);

// SHA-256 of the DER SubjectPublicKeyInfo: of a certificate (the first, when PEM holds several), or
// of a private key. Throws kMalformed when there is none.
[[nodiscard]] Hash spki_hash_of_certificate_pem(std::string_view pem);
[[nodiscard]] Hash spki_hash_of_certificate_der(ByteView der);
[[nodiscard]] Hash spki_hash_of_key_pem(const SecretBytes& pem);
// True when `certificate_pem` is signed by the key of `ca_certificate_pem`. Dates are not looked
// at.
[[nodiscard]] bool is_signed_by(std::string_view certificate_pem,
                                std::string_view ca_certificate_pem);

}  // namespace valv::crypto
