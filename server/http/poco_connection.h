#pragma once

#include <string>
#include <vector>

#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include "common/base/log.h"
#include "server/http/exchange.h"
#include "server/http/head_parser.h"
#include "server/http/poco_channel.h"
#include "server/http/poco_watch.h"
#include "server/http/security_headers.h"

namespace valv::http {

// What all connections of one listener share. Its members outlive the connections; see
// poco_engine.cpp.
struct ConnectionContext {
    Application& application;
    Clock& clock;
    Logger& logger;
    Watch& watch;
    protocol::Listener listener;
    HeaderList reply_headers;                  // security headers and version
    std::vector<std::string> trusted_proxies;  // IP addresses, or `unix`
};

// One connection on one thread of the pool: requests one after the other until one of them closes
// it.
class Connection final : public Poco::Net::TCPServerConnection {
public:
    Connection(const Poco::Net::StreamSocket& socket, ConnectionContext& context);
    void run() override;

private:
    enum class Next { kAnotherRequest, kClose };
    enum class Body { kComplete, kUnread, kCutOff };
    enum class Carries { kBody, kHeadOnly };
    using HeadResult = std::variant<ParsedHead, HeadRefusal>;
    [[nodiscard]] Next serve();
    [[nodiscard]] bool await_request();
    [[nodiscard]] std::optional<HeadResult> read_head();  // nothing when the peer is gone
    [[nodiscard]] Next answer(const ParsedHead& parsed);
    [[nodiscard]] std::optional<std::string> client_address(const ParsedHead& parsed);
    [[nodiscard]] std::optional<RequestHead> request_head(const ParsedHead& parsed);
    [[nodiscard]] Body read_body(const ParsedHead& parsed, Exchange& exchange);
    [[nodiscard]] bool fill(std::span<std::uint8_t> piece);
    void send(Reply& reply, Carries carries);
    void push(ByteView octets);
    void stream(Bytes out, BodySource& source);
    Next refuse(int status);

    ConnectionContext& context_;
    Channel channel_;
    bool is_first_ = true;
    Watch::Seat* seat_ = nullptr;  // of the running run()
};

class ConnectionFactory final : public Poco::Net::TCPServerConnectionFactory {
public:
    explicit ConnectionFactory(ConnectionContext& context) : context_(context) {}
    Poco::Net::TCPServerConnection* createConnection(
        const Poco::Net::StreamSocket& socket) override;

private:
    ConnectionContext& context_;
};

}  // namespace valv::http
