#include <algorithm>

#include "common/base/error.h"
#include "server/app/config.h"
#include "server/http/listen_address.h"

namespace valv::app {
namespace {

constexpr std::string_view kUnixPeer = "unix";
constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";

[[noreturn]] void refuse(const std::string& sentence) {
    throw Error(ErrorCode::kInvalidArgument, sentence);
}

http::ListenAddress address_of(std::string_view key, const std::string& text) {
    try {
        return http::parse_listen_address(text);
    } catch (const Error& error) {
        refuse("config: " + std::string(key) + ": " + error.what());
    }
}

// Scheme and host, nothing behind them: it is compared octet by octet with the origin that clients
// read in their directory.
bool is_origin(std::string_view url, std::string_view scheme) {
    return url.starts_with(scheme) && url.size() > scheme.size() &&
           url.find_first_of("/?#@ ", scheme.size()) == std::string_view::npos;
}

void check_proxies(const Config& config) {
    for (const std::string& proxy : config.trusted_proxies) {
        if (proxy != kUnixPeer && http::canonical_ip(proxy) != proxy) {
            refuse("config: trusted_proxies holds IP addresses in their shortest form, or unix");
        }
    }
}

void check_public_listener(const Config& config) {
    const http::ListenAddress address = address_of("public_listen", config.public_listen);
    if (!address.is_unix() && !address.is_loopback()) {
        refuse(
            "config: public_listen speaks plain HTTP, so it must be a loopback address or a Unix "
            "socket behind a TLS proxy");
    }
    if (config.local_only && (address.is_unix() || !config.trusted_proxies.empty())) {
        refuse("config: local_only is for a loopback address without a proxy");
    }
    if (!config.local_only && config.trusted_proxies.empty()) {
        refuse(
            "config: public_listen needs trusted_proxies, or local_only = true for a demo on this "
            "machine");
    }
    const bool trusts_unix =
        std::ranges::find(config.trusted_proxies, kUnixPeer) != config.trusted_proxies.end();
    if (address.is_unix() != trusts_unix) {
        refuse("config: trusted_proxies holds unix exactly when public_listen is a Unix socket");
    }
}

void check_public_url(const Config& config) {
    const bool may_be_plain =
        config.local_only && (config.public_url.empty() || is_origin(config.public_url, kHttp));
    if (!may_be_plain && !is_origin(config.public_url, kHttps)) {
        refuse("config: public_url is an origin such as https://links.example.org");
    }
}

void check_operator_listener(const Config& config) {
    if (!config.metrics_listen.empty() &&
        !address_of("metrics_listen", config.metrics_listen).is_loopback()) {
        refuse("config: metrics_listen must be a loopback address, or empty");
    }
}

}  // namespace

void check_config(const Config& config) {
    if (config.data_folder.empty()) {
        refuse("config: data_folder is empty");
    }
    if (address_of("staff_listen", config.staff_listen).is_unix()) {
        refuse("config: staff_listen is an IP address and a port");
    }
    check_proxies(config);
    check_public_listener(config);
    check_public_url(config);
    check_operator_listener(config);
    if (config.staff_names.empty()) {
        refuse("config: staff_names is empty");
    }
    if (!config.anchor_file.empty()) {
        refuse("config: anchor_file is not supported yet");
    }
    if (config.max_document_bytes > limits::kDefaultMaxDocumentBytes) {
        refuse("config: max_document_bytes is at most " +
               std::to_string(limits::kDefaultMaxDocumentBytes));
    }
}

}  // namespace valv::app
