#pragma once

#include <memory>
#include <optional>
#include <string>

#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"

namespace Poco::Net {
class ServerSocket;
class StreamSocket;
}  // namespace Poco::Net

namespace valv::http {

struct StaffIdentity {
    const crypto::SecretBytes& key_pem;
    std::string certificate_pem;
    // Sent behind the certificate: a client on its first contact holds only the CA's pin and finds
    // the CA here. Empty: not sent.
    std::string ca_certificate_pem;
};

// TLS of the staff listener (docs/decisions.md "Device certificates never expire", "TLS proves a
// key, the directory says whose"): TLS 1.3 only, no tickets, a client certificate is demanded. TLS
// proves that the peer holds its key; who that is, the directory decides in HTTP, so every
// certificate is taken here, expired or self-signed. Thread-safe.
class StaffTls {
public:
    // Throws kCryptoLibrary when the key and the certificate are none or do not belong together.
    explicit StaffTls(const StaffIdentity& identity);
    StaffTls(const StaffTls&) = delete;
    StaffTls& operator=(const StaffTls&) = delete;
    ~StaffTls();

    // Unbound; what it accepts speaks TLS.
    [[nodiscard]] Poco::Net::ServerSocket make_socket() const;

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

// SHA-256 of the SubjectPublicKeyInfo of the peer's certificate, after the handshake; nothing on a
// socket without TLS.
[[nodiscard]] std::optional<crypto::Hash> peer_key_sha256(const Poco::Net::StreamSocket& socket);

}  // namespace valv::http
