#include "tests/server/http/engine_fixture.h"

#include "crypto/core/x509.h"

namespace valv::http::testing {

Identities::Identities() : key_(crypto::make_p256_key(random_)) {
    const crypto::SecretBytes ca_key = crypto::make_p256_key(random_);
    const crypto::Validity validity = crypto::unlimited_validity();
    const std::string ca = crypto::make_ca_certificate(ca_key, "test ca", validity, random_);
    certificate_ = crypto::issue_server_certificate(
        ca_key, ca, key_, {.common_name = "test", .names = {"127.0.0.1"}, .validity = validity},
        random_);
}

ClientIdentity Identities::device(std::string_view name) {
    crypto::SecretBytes key = crypto::make_p256_key(random_);
    std::string certificate = crypto::make_device_certificate(key, name, random_);
    return {.key_pem = std::move(key), .certificate_pem = std::move(certificate)};
}

ServerSettings EngineTest::plain_settings() {
    ServerSettings settings;
    settings.policy.listener = protocol::Listener::kPublic;
    settings.address = parse_listen_address("127.0.0.1:0");
    settings.version = "9.9.9";
    return settings;
}

}  // namespace valv::http::testing
