#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "common/protocol/limits.h"
#include "common/protocol/routes.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"

// The one seam between the client and any server: everything that leaves or reaches the client
// passes a Transport.
namespace valv::client {

struct ByteRange {
    std::uint64_t first = 0;
    std::optional<std::uint64_t> last;  // inclusive; absent: to the end
};

// Octets of a reply as they come. The view is valid during the call only.
using OctetSink = std::function<void(ByteView)>;

struct Call {
    protocol::RouteName route = protocol::RouteName::kGetDirectoryHead;
    std::string path;
    std::string json;  // the body of a route that takes JSON
    ByteView octets;   // the body of a route that takes octets; the caller owns it during the call
    std::optional<RequestKey> key;  // Idempotency-Key
    std::optional<std::uint64_t> upload_offset;
    std::optional<ByteRange> range;
    std::string etag;    // If-Range, when there is a range
    std::string bearer;  // of a lease; a secret
    OctetSink sink;  // gets the body of a 200 or 206; without it the body stands in the Response
    std::uint64_t max_reply_bytes =
        limits::kMaxJsonBytes;  // more is a kTampered protocol_violation
};
// `values` fill the braces of the route's pattern.
[[nodiscard]] Call call_to(protocol::RouteName route,
                           std::initializer_list<std::string_view> values = {});

struct Response {
    int status = 0;
    std::map<std::string, std::string, std::less<>> headers;  // names in lower case
    Bytes body;                                               // empty when a sink took it
    [[nodiscard]] std::string_view text() const { return as_text(body); }
    [[nodiscard]] bool succeeded() const { return status >= 200 && status < 300; }
};

// Used from one thread. Throws kNetwork when there was no whole reply; whether the server acted is
// then unknown.
class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual Response call(const Call& call) = 0;
};

// The response, or what its wire error says: an Error of that code; a protocol::Refusal when it
// carries details.
[[nodiscard]] Response expect(Response response);
// call, then expect. A call with an idempotency key is made once more when no reply came.
Response ask(Transport& transport, const Call& call);

// `https://host[:port]` of the staff listener, and the pin of the CA behind it.
struct StaffAddress {
    std::string server;
    crypto::Hash server_ca{};                    // SHA-256 of the CA's SubjectPublicKeyInfo
    std::optional<crypto::Hash> server_ca_next;  // the pin that the directory names as the next one
};
// What the client shows: the device's TLS key (PKCS #8 PEM) and certificate.
struct DeviceCredentials {
    crypto::SecretBytes tls_key_pem;
    std::string certificate_pem;
};

// Makes transports. Real ones come from curl_transport.h.
class Network {
public:
    virtual ~Network() = default;
    [[nodiscard]] virtual std::unique_ptr<Transport> to_staff(const StaffAddress& address,
                                                              DeviceCredentials credentials) = 0;
    // The public listener of links: `https://…`, or http to this machine itself.
    [[nodiscard]] virtual std::unique_ptr<Transport> to_links(const std::string& origin) = 0;
};

}  // namespace valv::client
