#include "server/http/security_headers.h"

namespace valv::http {
namespace {

constexpr auto kNothingMayLoad =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
constexpr auto kNoFeatures =
    "accelerometer=(), autoplay=(), bluetooth=(), camera=(), display-capture=(), fullscreen=(), "
    "geolocation=(), gyroscope=(), hid=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), "
    "screen-wake-lock=(), serial=(), usb=(), web-share=()";
constexpr auto kTwoYears = "max-age=63072000; includeSubDomains";

void add_browser_headers(HeaderList& headers) {
    headers.emplace_back("Cross-Origin-Embedder-Policy", "require-corp");
    headers.emplace_back("Permissions-Policy", kNoFeatures);
    headers.emplace_back("X-Frame-Options", "DENY");
    headers.emplace_back("X-Robots-Tag", "noindex");
    headers.emplace_back("Origin-Agent-Cluster", "?1");
}

}  // namespace

HeaderList security_headers(const SecurityPolicy& policy) {
    const bool is_public = policy.listener == protocol::Listener::kPublic;
    const bool has_own_policy = is_public && !policy.content_security_policy.empty();
    HeaderList headers;
    headers.emplace_back("Content-Security-Policy",
                         has_own_policy ? policy.content_security_policy : kNothingMayLoad);
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("Referrer-Policy", "no-referrer");
    headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    if (is_public) {
        add_browser_headers(headers);
    }
    if (policy.is_https) {
        headers.emplace_back("Strict-Transport-Security", kTwoYears);
    }
    return headers;
}

}  // namespace valv::http
