#pragma once

#include <string>
#include <string_view>

namespace valv::service {

// The coarse network of an address: `203.0.113.0/24` or `2001:db8:7::/48`; an IPv4 address inside
// IPv6 counts as IPv4. `unknown` when the text is no address, so that a broken proxy makes all
// strangers share one network and nobody escapes the waits.
[[nodiscard]] std::string network_of(std::string_view address);

}  // namespace valv::service
