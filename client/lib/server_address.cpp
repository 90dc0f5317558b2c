#include "client/lib/server_address.h"

#include <algorithm>
#include <array>

#include "common/base/error.h"

namespace valv::client {
namespace {

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";
constexpr std::size_t kMaxPortDigits = 5;

struct HostPort {
    std::string_view host;  // with its brackets
    std::string_view port;  // empty: none
};

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= kMaxPortDigits && text.front() != '0' &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_host(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) {
        text = text.substr(1, text.size() - 2);
        return !text.empty() &&
               text.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
    }
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") ==
                                std::string_view::npos;
}

// Empty host: no such address.
HostPort split(std::string_view authority) {
    const std::size_t bracket = authority.find(']');
    const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon == std::string_view::npos) {
        return is_host(authority) ? HostPort{.host = authority, .port = {}} : HostPort{};
    }
    const HostPort parts{.host = authority.substr(0, colon), .port = authority.substr(colon + 1)};
    return is_host(parts.host) && is_port(parts.port) ? parts : HostPort{};
}

}  // namespace

bool is_staff_address(std::string_view text) noexcept {
    return text.starts_with(kHttps) && !split(text.substr(kHttps.size())).host.empty();
}

std::string staff_host(std::string_view server) {
    if (!is_staff_address(server)) {
        throw Error(ErrorCode::kMalformed, "server address: not https://host[:port]");
    }
    std::string_view host = split(server.substr(kHttps.size())).host;
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
    }
    return std::string(host);
}

bool is_loopback_http(std::string_view origin) noexcept {
    if (!origin.starts_with(kHttp)) {
        return false;
    }
    constexpr std::array<std::string_view, 3> kLoopback{"127.0.0.1", "[::1]", "localhost"};
    const HostPort parts = split(origin.substr(kHttp.size()));
    return std::ranges::find(kLoopback, parts.host) != kLoopback.end();
}

void check_link_origin(std::string_view origin) {
    if (!is_staff_address(origin) && !is_loopback_http(origin)) {
        throw Error(ErrorCode::kMalformed, "link: neither https nor this machine");
    }
}

std::string range_text(const ByteRange& range) {
    return "bytes=" + std::to_string(range.first) + "-" +
           (range.last ? std::to_string(*range.last) : std::string());
}

}  // namespace valv::client
