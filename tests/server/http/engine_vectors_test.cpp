#include <algorithm>

#include "tests/server/http/engine_fixture.h"
#include "tests/server/http/head_vectors.h"

// Every refused header against the real engine: plain and TLS, in one write and octet by octet, and
// behind it a request that must not run.
namespace valv::http::testing {
namespace {

constexpr std::string_view kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

class EngineVectorTest : public EngineTest, public ::testing::WithParamInterface<HeadVector> {
protected:
    static ServerSettings settings() {
        ServerSettings settings = plain_settings();
        settings.times.drain = std::chrono::milliseconds(20);
        return settings;
    }
    // A peer that ends mid-line waits for more; so the vectors that need it are followed by
    // something.
    static std::string attack() { return GetParam().octets + std::string(kSmuggled); }
    void expect_refused(const std::string& replies) {
        const int status = status_of(replies);
        EXPECT_TRUE(status == GetParam().status || (GetParam().status == 400 && status == 505))
            << status;
        EXPECT_EQ(header_of(replies, "connection"), "close");
        EXPECT_EQ(replies.find("HTTP/1.1", 1), std::string::npos) << "a second reply";
        EXPECT_TRUE(application_.targets().empty());
    }
};

TEST_P(EngineVectorTest, IsRefusedInOneWrite) {
    const auto server = serve(settings());
    RawClient client(server->port());
    client.send(attack());
    expect_refused(client.read_to_end());
}

TEST_P(EngineVectorTest, IsRefusedOctetByOctet) {
    const auto server = serve(settings());
    RawClient client(server->port());
    client.send_byte_by_byte(GetParam().octets);
    client.send(kSmuggled);
    expect_refused(client.read_to_end());
}

TEST_P(EngineVectorTest, IsRefusedOverTls) {
    Identities identities;
    const StaffTls tls = identities.staff_tls();
    const ClientIdentity device = identities.device("d");
    ServerSettings with_tls = settings();
    with_tls.tls = &tls;
    const auto server = serve(with_tls);
    TlsClient client(server->port(), &device);
    client.send(attack());
    expect_refused(client.read_to_end());
}

INSTANTIATE_TEST_SUITE_P(Vectors, EngineVectorTest, ::testing::ValuesIn(refused_heads()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace valv::http::testing
