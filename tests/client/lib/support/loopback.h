#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/lib/transport.h"
#include "server/http/exchange.h"

namespace valv::client::test {

// What happens on the way between client and server.
struct Wire {
    std::function<void(const Call&)> before;            // may throw: the call never arrives
    std::function<void(const Call&, Response&)> after;  // changes the reply, or throws: it is lost
    std::optional<std::size_t> cut_body_at;  // the next body to a sink breaks off there, once
    std::size_t calls = 0;
};

// Transports that call the server's Application in the same process.
class LoopbackNetwork final : public Network {
public:
    explicit LoopbackNetwork(http::Application& application) : application_(application) {}
    [[nodiscard]] std::unique_ptr<Transport> to_staff(const StaffAddress& address,
                                                      DeviceCredentials credentials) override;
    [[nodiscard]] std::unique_ptr<Transport> to_links(const std::string& origin) override;
    Wire wire;

private:
    http::Application& application_;
};

}  // namespace valv::client::test
