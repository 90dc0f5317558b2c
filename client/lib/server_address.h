#pragma once

#include <string>
#include <string_view>

#include "client/lib/transport.h"

// The few addresses that a client may call.
namespace valv::client {

// `https://host[:port]`, lower case, no path. True only for that.
[[nodiscard]] bool is_staff_address(std::string_view text) noexcept;
// The host of a staff address, without brackets; throws kMalformed for another text.
[[nodiscard]] std::string staff_host(std::string_view server);
// `http://` with 127.0.0.1, [::1] or localhost and a port: plain, because it stays on this machine.
[[nodiscard]] bool is_loopback_http(std::string_view origin) noexcept;
// Throws kMalformed unless https or is_loopback_http.
void check_link_origin(std::string_view origin);
// `bytes=a-` or `bytes=a-b`
[[nodiscard]] std::string range_text(const ByteRange& range);

}  // namespace valv::client
