#include "server/http/poco_engine.h"

#include <sys/stat.h>
#include <unistd.h>

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include "common/base/error.h"
#include "common/protocol/routes.h"
#include "server/http/poco_connection.h"

namespace valv::http {
namespace {

constexpr int kBacklog = 1024;
constexpr int kFewestThreads = 2;
constexpr int kThreadIdleSeconds = 60;
constexpr int kStackBytes =
    1024 * 1024;  // 1,024 threads of Poco's default would be 8 GiB of addresses
constexpr long kDispatcherIdleSeconds =
    1;  // bounds Poco's race between stop and a thread that begins to wait (issue #2085)
constexpr mode_t kSocketMode = 0660;

HeaderList reply_headers(const ServerSettings& settings) {
    HeaderList headers = security_headers(settings.policy);
    headers.emplace_back(protocol::headers::kServerVersion, settings.version);
    return headers;
}

// A socket file that an earlier run left; anything else at that path stays and makes bind fail.
void remove_stale_socket(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode)) {
        ::unlink(path.c_str());
    }
}

Poco::Net::SocketAddress poco_address(const ListenAddress& address) {
    return address.is_unix()
               ? Poco::Net::SocketAddress(Poco::Net::SocketAddress::UNIX_LOCAL, address.unix_path)
               : Poco::Net::SocketAddress(address.host, address.port);
}

Poco::Net::ServerSocket bind(const ServerSettings& settings) {
    try {
        Poco::Net::ServerSocket socket =
            settings.tls == nullptr ? Poco::Net::ServerSocket() : settings.tls->make_socket();
        if (settings.address.is_unix()) {
            remove_stale_socket(settings.address.unix_path);
        }
        // Without reusePort: Poco's default lets a second process share the port and take our
        // connections.
        socket.bind(poco_address(settings.address), /*reuseAddress=*/true, /*reusePort=*/false);
        if (settings.address.is_unix()) {
            ::chmod(settings.address.unix_path.c_str(), kSocketMode);
        }
        socket.listen(kBacklog);
        return socket;
    } catch (const Poco::Exception& error) {
        throw Error(ErrorCode::kIo, "http: cannot listen: " + error.displayText());
    }
}

Poco::Net::TCPServerParams::Ptr parameters(int max_connections) {
    auto params = Poco::makeAuto<Poco::Net::TCPServerParams>();
    params->setMaxThreads(max_connections);
    params->setMaxQueued(max_connections);
    params->setThreadIdleTime(Poco::Timespan(kDispatcherIdleSeconds, 0));
    return params;
}

}  // namespace

struct PocoServer::Parts {
    Parts(const ServerSettings& settings, Application& application, Clock& clock, Logger& logger)
        : watch(clock, settings.times),
          context{application,
                  clock,
                  logger,
                  watch,
                  settings.policy.listener,
                  reply_headers(settings),
                  settings.trusted_proxies},
          pool("http", kFewestThreads, settings.max_connections + kFewestThreads,
               kThreadIdleSeconds, kStackBytes),
          unix_path(settings.address.unix_path),
          server(Poco::makeShared<ConnectionFactory>(context), pool, bind(settings),
                 parameters(settings.max_connections)) {}

    Watch watch;
    ConnectionContext context;
    Poco::ThreadPool pool;
    std::string unix_path;
    Poco::Net::TCPServer server;  // last: its threads use all of the above
    bool has_stopped = false;
};

PocoServer::PocoServer(const ServerSettings& settings, Application& application, Clock& clock,
                       Logger& logger)
    : parts_(std::make_unique<Parts>(settings, application, clock, logger)) {
    parts_->server.start();
}

PocoServer::~PocoServer() {
    stop();
}

std::uint16_t PocoServer::port() const {
    return parts_->unix_path.empty() ? parts_->server.port() : std::uint16_t{0};
}

std::size_t PocoServer::connection_count() const {
    return parts_->watch.seat_count();
}

void PocoServer::stop() {
    if (parts_->has_stopped) {
        return;
    }
    parts_->has_stopped = true;
    parts_->server.stop();
    parts_->watch.stop();
    parts_->pool.joinAll();
    if (!parts_->unix_path.empty()) {
        ::unlink(parts_->unix_path.c_str());
    }
}

}  // namespace valv::http
