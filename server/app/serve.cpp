#include "server/app/serve.h"

#include <optional>
#include <thread>

#include "common/base/error.h"
#include "common/protocol/version.h"
#include "server/app/secret_files.h"
#include "server/app/server_parts.h"
#include "server/http/dispatcher.h"
#include "server/http/poco_engine.h"
#include "server/http/poco_error_log.h"
#include "server/service/housekeeping.h"
#include "server/viewer/viewer.h"

namespace valv::app {
namespace {

constexpr std::chrono::seconds kHousekeepingPause{60};
constexpr std::chrono::milliseconds kStopLook{200};

std::vector<http::PageFile> page_files() {
    std::vector<http::PageFile> files;
    for (const viewer::Asset& asset : viewer::viewer_assets()) {
        files.push_back({.path = asset.path,
                         .media_type = asset.media_type,
                         .body = asset.body,
                         .is_immutable = asset.immutable});
    }
    return files;
}

http::StaffTls staff_tls(const std::filesystem::path& secrets) {
    const crypto::SecretBytes key = require_secret(secrets / kStaffKeyFile);
    const crypto::SecretBytes certificate = require_secret(secrets / kStaffCertificateFile);
    const crypto::SecretBytes ca = require_secret(secrets / kCaCertificateFile);
    return http::StaffTls({.key_pem = key,
                           .certificate_pem = std::string(as_text(certificate.reveal())),
                           .ca_certificate_pem = std::string(as_text(ca.reveal()))});
}

http::ServerSettings settings_for(protocol::Listener listener, const std::string& address) {
    http::ServerSettings settings;
    settings.policy.listener = listener;
    settings.address = http::parse_listen_address(address);
    settings.version = protocol::kVersion;
    return settings;
}

http::ServerSettings public_settings(const Config& config) {
    http::ServerSettings settings = settings_for(protocol::Listener::kPublic, config.public_listen);
    settings.policy.content_security_policy = viewer::viewer_csp();
    settings.policy.is_https = config.public_url.starts_with("https://");
    settings.trusted_proxies = config.trusted_proxies;
    return settings;
}

http::ServerSettings staff_settings(const Config& config, const http::StaffTls& tls) {
    http::ServerSettings settings = settings_for(protocol::Listener::kStaff, config.staff_listen);
    settings.policy.is_https = true;
    settings.tls = &tls;
    return settings;
}

// Its own thread; an error leaves the work to the next round.
void keep_house(const std::stop_token& token, service::Housekeeping& housekeeping, Clock& clock,
                Logger& logger) {
    auto next = clock.monotonic();
    while (!token.stop_requested()) {
        if (clock.monotonic() >= next) {
            try {
                housekeeping.run_once();
            } catch (const Error& error) {
                logger.write(LogLevel::kError, "housekeeping_failed",
                             {{"code", error.code()}, {"error", error}});
            }
            next = clock.monotonic() + kHousekeepingPause;
        }
        clock.sleep_for(kStopLook);
    }
}

}  // namespace

std::string ready_line(const Ports& ports) {
    return "{\"staff\":" + std::to_string(ports.staff) +
           ",\"public\":" + std::to_string(ports.public_port) +
           ",\"metrics\":" + std::to_string(ports.metrics) + "}\n";
}

void serve(const Config& config, const ServeParts& parts) {
    const http::PocoErrorLog error_log(parts.clock, parts.logger);
    ServerParts server(config, parts.clock, parts.random);
    const std::vector<http::PageFile> page = page_files();
    const auto application = http::make_application({.services = server.services(),
                                                     .store = server.store(),
                                                     .page = page,
                                                     .clock = parts.clock,
                                                     .logger = parts.logger});
    const http::StaffTls tls = staff_tls(server.secrets());
    http::PocoServer staff(staff_settings(config, tls), *application, parts.clock, parts.logger);
    http::PocoServer for_all(public_settings(config), *application, parts.clock, parts.logger);
    std::optional<http::PocoServer> metrics;
    if (!config.metrics_listen.empty()) {
        metrics.emplace(settings_for(protocol::Listener::kOperator, config.metrics_listen),
                        *application, parts.clock, parts.logger);
    }
    service::Housekeeping housekeeping(server.environment(), parts.logger);
    const std::jthread keeper([&](const std::stop_token& token) {
        keep_house(token, housekeeping, parts.clock, parts.logger);
    });
    parts.logger.write(LogLevel::kInfo, "started");
    parts.on_ready({.staff = staff.port(),
                    .public_port = for_all.port(),
                    .metrics = metrics ? metrics->port() : std::uint16_t{0}});
    parts.wait_for_stop();
    parts.logger.write(LogLevel::kInfo, "stopping");
    // The listeners end in the order against their making; each lets its running requests finish.
}

}  // namespace valv::app
