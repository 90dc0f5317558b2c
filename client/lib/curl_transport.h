#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "client/lib/transport.h"
#include "common/protocol/version.h"

// The only file pair that knows curl. One connection per transport, kept alive. No redirects; https
// only, but for links to this machine itself; bodies are limited; a transfer that stalls is given
// up.
namespace valv::client {

struct CurlSettings {
    std::chrono::seconds connect_timeout{20};
    std::chrono::seconds call_timeout{120};
    std::chrono::seconds transfer_timeout{7200};     // of a body; a cut one goes on later
    std::chrono::seconds stall_timeout{60};          // below 100 octets a second for so long
    std::string client_version{protocol::kVersion};  // the Resvalv-Client header
};

// Make one in main; it holds curl's global state. Not thread-safe.
class CurlNetwork final : public Network {
public:
    explicit CurlNetwork(CurlSettings settings = {});
    ~CurlNetwork() override;
    CurlNetwork(const CurlNetwork&) = delete;
    CurlNetwork& operator=(const CurlNetwork&) = delete;
    [[nodiscard]] std::unique_ptr<Transport> to_staff(const StaffAddress& address,
                                                      DeviceCredentials credentials) override;
    [[nodiscard]] std::unique_ptr<Transport> to_links(const std::string& origin) override;

private:
    CurlSettings settings_;
};

}  // namespace valv::client
