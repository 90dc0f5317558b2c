#include "server/http/listen_address.h"

#include <arpa/inet.h>
#include <array>
#include <charconv>

#include "common/base/error.h"

namespace valv::http {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";
constexpr std::size_t kMaxUnixPath = 107;  // sun_path has 108 octets with its end

[[noreturn]] void refuse() {
    throw Error(ErrorCode::kInvalidArgument,
                "a listen address is 127.0.0.1:PORT, [::1]:PORT or unix:/absolute/path");
}

std::uint16_t parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) {
        refuse();
    }
    return port;
}

ListenAddress parse_unix(std::string_view path) {
    if (!path.starts_with('/') || path.size() > kMaxUnixPath) {
        refuse();
    }
    ListenAddress address;
    address.unix_path = path;
    return address;
}

}  // namespace

bool ListenAddress::is_loopback() const noexcept {
    return host == "::1" || host.starts_with("127.");
}

std::string canonical_ip(std::string_view text) {
    const std::string terminated(text);
    std::array<unsigned char, sizeof(in6_addr)> octets{};
    std::array<char, INET6_ADDRSTRLEN> out{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (terminated.find('\0') == std::string::npos &&
            ::inet_pton(family, terminated.c_str(), octets.data()) == 1) {
            return ::inet_ntop(family, octets.data(), out.data(), out.size()) == nullptr
                       ? ""
                       : out.data();
        }
    }
    return {};
}

ListenAddress parse_listen_address(std::string_view text) {
    if (text.starts_with(kUnixPrefix)) {
        return parse_unix(text.substr(kUnixPrefix.size()));
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        refuse();
    }
    std::string_view host = text.substr(0, colon);
    const bool has_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (has_brackets) {
        host = host.substr(1, host.size() - 2);
    }
    ListenAddress address;
    address.host = canonical_ip(host);
    address.port = parse_port(text.substr(colon + 1));
    const bool is_ipv6 = address.host.find(':') != std::string::npos;
    if (address.host.empty() || is_ipv6 != has_brackets) {
        refuse();
    }
    return address;
}

}  // namespace valv::http
