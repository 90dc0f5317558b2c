#include "client/lib/curl_transport.h"

#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/errors.h"
#include "client/lib/link_opener.h"
#include "client/lib/links.h"
#include "crypto/core/system_random.h"
#include "crypto/core/x509.h"
#include "server/http/poco_engine.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

struct Authority {
    crypto::SecretBytes key;
    std::string certificate;
    [[nodiscard]] crypto::Hash pin() const {
        return crypto::spki_hash_of_certificate_pem(certificate);
    }
};

// What a server shows.
struct Shown {
    crypto::SecretBytes key;
    std::string certificate;
    std::string ca;  // sent behind it; empty: not sent
};

struct CurlTransportTest : testing::Test {
    Authority make_authority() {
        crypto::SecretBytes key = crypto::make_p256_key(random);
        std::string certificate =
            crypto::make_ca_certificate(key, "test ca", crypto::unlimited_validity(), random);
        return {.key = std::move(key), .certificate = std::move(certificate)};
    }
    Shown under(const Authority& authority, std::string name = "127.0.0.1",
                crypto::Validity validity = crypto::unlimited_validity()) {
        crypto::SecretBytes key = crypto::make_p256_key(random);
        std::string certificate = crypto::issue_server_certificate(
            authority.key, authority.certificate, key,
            {.common_name = "server", .names = {std::move(name)}, .validity = validity}, random);
        return {.key = std::move(key),
                .certificate = std::move(certificate),
                .ca = authority.certificate};
    }
    http::ServerSettings settings(protocol::Listener listener) {
        http::ServerSettings made;
        made.policy.listener = listener;
        made.address = http::parse_listen_address("127.0.0.1:0");
        made.version = std::string(protocol::kVersion);
        made.times.drain = std::chrono::milliseconds(20);
        return made;
    }
    void serve(const Shown& shown) {
        tls.emplace(http::StaffIdentity{.key_pem = shown.key,
                                        .certificate_pem = shown.certificate,
                                        .ca_certificate_pem = shown.ca});
        http::ServerSettings staff_settings = settings(protocol::Listener::kStaff);
        staff_settings.policy.is_https = true;
        staff_settings.tls = &*tls;
        staff = std::make_unique<http::PocoServer>(staff_settings, world.server.application(),
                                                   clock, logger);
    }
    [[nodiscard]] std::string staff_url() const {
        return "https://127.0.0.1:" + std::to_string(staff->port());
    }
    std::unique_ptr<Transport> connect(const crypto::Hash& pin) {
        crypto::SecretBytes key = crypto::make_p256_key(random);
        std::string certificate = crypto::make_device_certificate(key, "device", random);
        return network.to_staff(
            {.server = staff_url(), .server_ca = pin, .server_ca_next = {}},
            {.tls_key_pem = std::move(key), .certificate_pem = std::move(certificate)});
    }
    // Of any call that needs no right: a vault that is not there.
    std::string failure_with(const crypto::Hash& pin) {
        const auto transport = connect(pin);
        return failure_of([&] {
            return ask(*transport,
                       call_to(protocol::RouteName::kGetDirectoryHead, {VaultId().text()}));
        });
    }

    World world;
    crypto::SystemRandom random;  // real certificates, real handshakes
    SystemClock clock;
    Logger logger{clock, [](std::string_view) {}, LogLevel::kError};
    CurlNetwork network;
    std::optional<http::StaffTls> tls;
    std::unique_ptr<http::PocoServer> staff;
};

constexpr const char* kAnswered = "forbidden";  // the server spoke: this device is in no directory

TEST_F(CurlTransportTest, ServerUnderThePinnedCaIsTrusted) {
    const Authority authority = make_authority();
    serve(under(authority));
    EXPECT_EQ(failure_with(authority.pin()), kAnswered);
}

TEST_F(CurlTransportTest, ServerUnderAnotherCaIsNot) {
    serve(under(make_authority()));
    EXPECT_EQ(failure_with(make_authority().pin()), "server_not_trusted");
}

TEST_F(CurlTransportTest, CopiedCaCertificateHelpsNobody) {
    const Authority authority = make_authority();
    Shown impostor = under(make_authority());
    impostor.ca = authority.certificate;
    serve(impostor);
    EXPECT_EQ(failure_with(authority.pin()), "server_not_trusted");
}

TEST_F(CurlTransportTest, ServerOfAnotherNameIsNotTrusted) {
    const Authority authority = make_authority();
    serve(under(authority, "other.example"));
    EXPECT_EQ(failure_with(authority.pin()), "server_not_trusted");
}

TEST_F(CurlTransportTest, ServerWithoutItsCaIsNotTrusted) {
    const Authority authority = make_authority();
    Shown shown = under(authority);
    shown.ca.clear();
    serve(shown);
    EXPECT_EQ(failure_with(authority.pin()), "server_not_trusted");
}

TEST_F(CurlTransportTest, ExpiredCertificateIsNotTrusted) {
    const Authority authority = make_authority();
    serve(under(authority, "127.0.0.1",
                {.not_before = parse_instant("2001-01-01T00:00:00Z"),
                 .not_after = parse_instant("2002-01-01T00:00:00Z")}));
    EXPECT_EQ(failure_with(authority.pin()), "server_not_trusted");
}

// The leaf's own key is no CA, even when somebody pins it.
TEST_F(CurlTransportTest, PinOfTheLeafIsNotEnough) {
    const Shown shown = under(make_authority());
    serve(shown);
    EXPECT_EQ(failure_with(crypto::spki_hash_of_certificate_pem(shown.certificate)),
              "server_not_trusted");
}

TEST_F(CurlTransportTest, NamedSuccessorOfTheCaIsTrusted) {
    const Authority authority = make_authority();
    serve(under(authority));
    crypto::SecretBytes key = crypto::make_p256_key(random);
    std::string certificate = crypto::make_device_certificate(key, "device", random);
    const auto transport = network.to_staff(
        {.server = staff_url(),
         .server_ca = make_authority().pin(),
         .server_ca_next = authority.pin()},
        {.tls_key_pem = std::move(key), .certificate_pem = std::move(certificate)});
    EXPECT_EQ(failure_of([&] {
                  return ask(*transport,
                             call_to(protocol::RouteName::kGetDirectoryHead, {VaultId().text()}));
              }),
              kAnswered);
}

TEST_F(CurlTransportTest, NobodyListeningIsANetworkError) {
    const Authority authority = make_authority();
    serve(under(authority));
    const auto transport = connect(authority.pin());
    staff.reset();
    EXPECT_EQ(failure_of([&] {
                  return ask(*transport,
                             call_to(protocol::RouteName::kGetDirectoryHead, {VaultId().text()}));
              }),
              "network");
}

TEST_F(CurlTransportTest, ReplyOverItsLimitIsCutOff) {
    const Authority authority = make_authority();
    serve(under(authority));
    const auto transport = connect(authority.pin());
    Call call = call_to(protocol::RouteName::kGetDirectoryHead, {VaultId().text()});
    call.max_reply_bytes = 10;
    EXPECT_EQ(failure_of([&] { return transport->call(call); }), "protocol_violation");
}

TEST_F(CurlTransportTest, OneConnectionServesManyCalls) {
    const Authority authority = make_authority();
    serve(under(authority));
    const auto transport = connect(authority.pin());
    const Call call = call_to(protocol::RouteName::kGetDirectoryHead, {VaultId().text()});
    (void)transport->call(call);
    (void)transport->call(call);
    EXPECT_LE(staff->connection_count(), 1U);
}

TEST_F(CurlTransportTest, LinksNeedHttpsOrThisMachine) {
    EXPECT_EQ(failure_of([&] { return network.to_links("http://links.example"); }), "malformed");
    EXPECT_EQ(failure_of([&] { return network.to_links("file:///etc"); }), "malformed");
}

// The whole way through sockets: vault, case, a paper of several pieces, link, recipient.
TEST_F(CurlTransportTest, PaperGoesFromSenderToRecipient) {
    const Authority authority = make_authority();
    serve(under(authority));
    const http::PocoServer links(settings(protocol::Listener::kPublic), world.server.application(),
                                 clock, logger);
    world.server.set_ca_pin(authority.pin());
    Environment environment{.clock = world.clock,
                            .random = world.random,
                            .network = network,
                            .places = world.places,
                            .work = {.log2_n = 4}};
    NewVault wanted = new_vault(world);
    wanted.server = staff_url();
    wanted.link_origin = "http://127.0.0.1:" + std::to_string(links.port());
    Profile profile = create_vault(environment, std::move(wanted));
    Vault vault(environment, profile);
    vault.sync();
    Case opened = Cases(vault).open(Cases(vault).create(plain_record()));
    const Bytes paper(9U << 20U, 7);
    write_file(world.folder / "source", paper);
    const casework::Document row = Documents(opened).add(world.folder / "source", passport_row());
    LinkRequest request;
    request.recipient = "o1";
    request.not_after = world.clock.now() + std::chrono::hours(24);
    request.parts = {{.documents = {{.id = row.id, .name = "paper.jpg"}}}};
    const CreatedLink link = Links(opened).create(request);
    LinkOpener opener(environment, HolderStore(world.folder / "holders"), link.url.reveal());
    opener.open(link.code).save(1, world.folder / "saved", local::Overwrite::kNo);
    EXPECT_EQ(read_file(world.folder / "saved"), paper);
}

}  // namespace
}  // namespace valv::client::test
