#pragma once

#include <string>
#include <vector>

#include "crypto/core/hash.h"

// The client's one TLS file. Clients know the server's CA by the hash of its key only
// (docs/decisions.md "A CA of the server's own, pinned by its key"), so the server sends the CA's
// certificate after its own, and the chain is checked here against that one and no other.
namespace valv::client {

struct TlsPin {
    std::string host;                     // name or IP address, without brackets
    std::vector<crypto::Hash> server_ca;  // SHA-256 of SubjectPublicKeyInfo; any of them
};

// `ssl_context` is OpenSSL's SSL_CTX*, as curl hands it out. From then on a handshake succeeds only
// when the peer sent a CA certificate with a pinned key, and its own certificate verifies for
// `host` under that CA alone. `pin` outlives the context.
void require_pinned_ca(void* ssl_context, const TlsPin& pin);

}  // namespace valv::client
