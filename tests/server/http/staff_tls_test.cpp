#include "crypto/core/x509.h"
#include "tests/server/http/engine_fixture.h"

namespace valv::http::testing {
namespace {

constexpr std::string_view kGet = "GET /text HTTP/1.1\r\nHost: a\r\n\r\n";

class StaffTlsTest : public EngineTest {
protected:
    StaffTlsTest() : tls_(identities_.staff_tls()) {
        ServerSettings settings = plain_settings();
        settings.policy.listener = protocol::Listener::kStaff;
        settings.policy.is_https = true;
        settings.times.drain = std::chrono::milliseconds(20);
        settings.tls = &tls_;
        server_ = serve(settings);
    }
    Identities identities_;
    StaffTls tls_;
    std::unique_ptr<PocoServer> server_;
};

TEST_F(StaffTlsTest, TakesASelfSignedCertificateAndHandsItsKeyOver) {
    const ClientIdentity device = identities_.device("abcdefghijklmnopqrstuvwxyz");
    TlsClient client(server_->port(), &device);
    client.send(kGet);
    EXPECT_EQ(body_of(client.read_reply()), "hello");
    client.send(kGet);
    EXPECT_EQ(body_of(client.read_reply()), "hello");
    const RequestHead head = application_.heads().at(1);
    EXPECT_EQ(head.tls_key_sha256, crypto::spki_hash_of_certificate_pem(device.certificate_pem));
    EXPECT_EQ(head.listener, protocol::Listener::kStaff);
}

TEST_F(StaffTlsTest, RefusesAPeerWithoutACertificate) {
    TlsClient client(server_->port(), nullptr);
    client.send(kGet);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(application_.targets().empty());
}

TEST_F(StaffTlsTest, RefusesTls12) {
    const ClientIdentity device = identities_.device("d");
    const TlsClient client(server_->port(), &device, TlsVersion::k12);
    EXPECT_FALSE(client.is_shaken());
}

TEST_F(StaffTlsTest, RefusesACertificateListOver16Kibibytes) {
    const ClientIdentity device = identities_.device(std::string(60, 'd'));
    ClientIdentity large{.key_pem = device.key_pem.clone(),
                         .certificate_pem = device.certificate_pem};
    TlsClient client(server_->port(), &large, TlsVersion::k13, /*extra_certificates=*/60);
    client.send(kGet);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(application_.targets().empty());
}

TEST_F(StaffTlsTest, PlainHttpIsNoHandshake) {
    RawClient client(server_->port());
    client.send(kGet);
    EXPECT_EQ(status_of(client.read_to_end()), 0);
    EXPECT_TRUE(application_.targets().empty());
}

TEST_F(StaffTlsTest, ASilentHandshakeEndsAtItsDeadline) {
    ServerSettings settings = plain_settings();
    settings.times.head = std::chrono::milliseconds(100);
    settings.tls = &tls_;
    const auto server = serve(settings);
    RawClient client(server->port());
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(StaffTlsTest, StreamsALargeReply) {
    const ClientIdentity device = identities_.device("d");
    TlsClient client(server_->port(), &device);
    client.send("GET /source/3000000 HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string body = body_of(client.read_reply());
    ASSERT_EQ(body.size(), 3'000'000U);
    EXPECT_EQ(static_cast<std::uint8_t>(body.back()), source_octet(2'999'999));
}

TEST_F(StaffTlsTest, PromisesHttps) {
    const ClientIdentity device = identities_.device("d");
    TlsClient client(server_->port(), &device);
    client.send(kGet);
    EXPECT_EQ(header_of(client.read_reply(), "strict-transport-security"),
              "max-age=63072000; includeSubDomains");
}

TEST_F(StaffTlsTest, RefusesAKeyThatIsNotTheCertificates) {
    const ClientIdentity one = identities_.device("a");
    const ClientIdentity other = identities_.device("b");
    EXPECT_THROW(StaffTls(StaffIdentity{one.key_pem, other.certificate_pem}), Error);
    EXPECT_THROW(StaffTls(StaffIdentity{one.key_pem, "no PEM"}), Error);
}

}  // namespace
}  // namespace valv::http::testing
