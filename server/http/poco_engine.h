#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "server/http/exchange.h"
#include "server/http/listen_address.h"
#include "server/http/poco_watch.h"
#include "server/http/security_headers.h"
#include "server/http/staff_tls.h"

namespace valv::http {

struct ServerSettings {
    SecurityPolicy policy;  // and which listener this is
    ListenAddress address;
    std::string version;  // of the program, told in every reply
    // Peers whose X-Forwarded-For counts: IP addresses, or `unix`. Everybody else's is dropped.
    std::vector<std::string> trusted_proxies;
    ServerTimes times;
    int max_connections =
        1024;  // a thread each; further ones wait in a queue of the same length, then are refused
    const StaffTls* tls = nullptr;  // plain when absent; outlives the server
};

// One listener: HTTP/1.1 over Poco's TCPServer, a thread for each connection. It is bound and
// serves when the constructor returns, and has stopped when the destructor returns. The
// application, the clock and the logger outlive it. Throws kIo when it cannot bind.
class PocoServer {
public:
    PocoServer(const ServerSettings& settings, Application& application, Clock& clock,
               Logger& logger);
    PocoServer(const PocoServer&) = delete;
    PocoServer& operator=(const PocoServer&) = delete;
    ~PocoServer();

    [[nodiscard]] std::uint16_t port() const;  // the real one; 0 for a Unix socket
    [[nodiscard]] std::size_t connection_count() const;
    // Takes no new connection, lets running requests finish (up to times.stop_grace), then cuts.
    // Callable once, from one thread.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace valv::http
