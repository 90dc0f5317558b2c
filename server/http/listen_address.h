#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace valv::http {

// Where a listener binds: an IP address and a port (0: the system picks one), or the path of a Unix
// socket.
struct ListenAddress {
    std::string host;  // an IP address in text form, without brackets; empty for a Unix socket
    std::uint16_t port = 0;
    std::string unix_path;

    [[nodiscard]] bool is_unix() const noexcept { return !unix_path.empty(); }
    // 127.0.0.0/8 or ::1; nobody else's machine reaches it. An IPv4-mapped IPv6 address is not
    // taken for loopback.
    [[nodiscard]] bool is_loopback() const noexcept;
};

// `127.0.0.1:8443`, `[::1]:8443`, `unix:/run/resvalvd/public.sock`. No names: what they mean is
// somebody else's answer. Throws kInvalidArgument.
[[nodiscard]] ListenAddress parse_listen_address(std::string_view text);

// The canonical text of an IPv4 or IPv6 address; empty when it is none.
[[nodiscard]] std::string canonical_ip(std::string_view text);

}  // namespace valv::http
