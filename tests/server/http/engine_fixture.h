#pragma once

#include <string>

#include <gtest/gtest.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "crypto/core/system_random.h"
#include "server/http/poco_engine.h"
#include "server/http/staff_tls.h"
#include "tests/server/http/raw_client.h"
#include "tests/server/http/test_application.h"

namespace valv::http::testing {

// A CA, a staff certificate under it, and devices. Real randomness: OpenSSL has no other for TLS.
class Identities {
public:
    Identities();
    [[nodiscard]] StaffTls staff_tls() const { return StaffTls(StaffIdentity{key_, certificate_}); }
    [[nodiscard]] ClientIdentity device(std::string_view name);

private:
    crypto::SystemRandom random_;
    crypto::SecretBytes key_;
    std::string certificate_;
};

// Engine tests speak through real sockets, so they use the real clock; nothing in them waits for
// time but the tests of deadlines.
class EngineTest : public ::testing::Test {
protected:
    [[nodiscard]] static ServerSettings plain_settings();
    [[nodiscard]] std::unique_ptr<PocoServer> serve(const ServerSettings& settings) {
        return std::make_unique<PocoServer>(settings, application_, clock_, logger_);
    }
    SystemClock clock_;
    Logger logger_{clock_, [](std::string_view) {}, LogLevel::kError};
    TestApplication application_;
};

}  // namespace valv::http::testing
