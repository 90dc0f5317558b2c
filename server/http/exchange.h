#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "common/base/bytes.h"
#include "common/protocol/routes.h"
#include "crypto/core/hash.h"

// One request and its reply, without a socket: the engine (Poco now) pushes the body in and pulls
// the reply out, so that it can be replaced without touching a handler, and the tests need no
// network.
namespace valv::http {

// What the engine knows when the header has been read. Header names are lower case; a name that
// came twice holds the first value and is listed in `repeated_headers`.
struct RequestHead {
    protocol::Listener listener = protocol::Listener::kStaff;
    std::string method;
    std::string target;  // as it came: path, and query if any
    std::map<std::string, std::string, std::less<>> headers;
    std::vector<std::string> repeated_headers;
    std::optional<std::uint64_t> content_length;  // absent: no body announced
    bool is_chunked = false;
    std::optional<crypto::Hash>
        tls_key_sha256;          // SPKI of the client certificate; absent without one
    std::string client_address;  // an IP address in text form, from the socket or the trusted proxy

    [[nodiscard]] std::optional<std::string_view> find_header(
        std::string_view lower_case_name) const;
};

// Octets that the engine pulls. Not thread-safe.
class BodySource {
public:
    virtual ~BodySource() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    // Up to out.size() octets; 0 at the end. A failure is thrown: the engine then cuts the
    // connection.
    [[nodiscard]] virtual std::size_t read(std::span<std::uint8_t> out) = 0;
};

struct Reply {
    int status = 200;
    std::string media_type;
    std::vector<std::pair<std::string, std::string>> headers;
    std::variant<std::string, std::unique_ptr<BodySource>> body;  // an empty text: no body
    // The engine closes the connection after this reply (every early answer: what is left of the
    // body must not be read as a request).
    bool closes_connection = false;
};

// One request in work. The engine calls append for every piece of the body, then finish once. When
// append says kAnswerNow the rest of the body is not read: the engine calls finish and closes.
enum class Appetite { kMore, kAnswerNow };

class Exchange {
public:
    virtual ~Exchange() = default;
    // Never throws: what goes wrong becomes the reply.
    [[nodiscard]] virtual Appetite append(ByteView piece) noexcept = 0;
    [[nodiscard]] virtual Reply finish() noexcept = 0;
    // The reply is known already (an error in the header): the engine does not read the body.
    [[nodiscard]] virtual bool is_answered() const noexcept = 0;
};

// Everything behind a listener. Callable from any thread.
class Application {
public:
    virtual ~Application() = default;
    [[nodiscard]] virtual std::unique_ptr<Exchange> begin(RequestHead head) noexcept = 0;
};

}  // namespace valv::http
