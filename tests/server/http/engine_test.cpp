#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>
#include <unistd.h>

#include "tests/server/http/engine_fixture.h"

namespace valv::http::testing {
namespace {

std::string get(std::string_view target, std::string_view fields = "") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
}
std::string post(std::string_view target, std::string_view body) {
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

std::size_t resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stoul(line.substr(6));
        }
    }
    return 0;
}

TEST_F(EngineTest, AnswersTwoRequestsOfOneConnection) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send(get("/text"));
    EXPECT_EQ(body_of(client.read_reply()), "hello");
    client.send(post("/count", "12345"));
    EXPECT_EQ(body_of(client.read_reply()), "5");
    EXPECT_TRUE(client.is_open());
}

TEST_F(EngineTest, AnswersPipelinedRequestsInOrder) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send(post("/count", "123") + get("/text") + get("/absent"));
    EXPECT_EQ(body_of(client.read_reply()), "3");
    EXPECT_EQ(body_of(client.read_reply()), "hello");
    EXPECT_EQ(status_of(client.read_reply()), 404);
}

TEST_F(EngineTest, HandsTheHeadOver) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send(
        "\r\nGET /text?q=%2e HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nX-Two: a\r\nx-two: b\r\n\r\n");
    (void)client.read_reply();
    const RequestHead head = application_.heads().at(0);
    EXPECT_EQ(head.listener, protocol::Listener::kPublic);
    EXPECT_EQ(head.method, "GET");
    EXPECT_EQ(head.target, "/text?q=%2e");
    EXPECT_EQ(head.headers.at("x-one"), "1");
    EXPECT_EQ(head.headers.at("x-two"), "a");
    EXPECT_EQ(head.repeated_headers, std::vector<std::string>{"x-two"});
    EXPECT_EQ(head.client_address, "127.0.0.1");
    EXPECT_FALSE(head.tls_key_sha256.has_value());
    EXPECT_FALSE(head.content_length.has_value());
}

TEST_F(EngineTest, HeadHasTheLengthAndNoBody) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send("HEAD /text HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const std::string reply = client.read_to_end();
    EXPECT_EQ(header_of(reply, "content-length"), "5");
    EXPECT_EQ(body_of(reply), "");
}

TEST_F(EngineTest, EveryReplyCarriesTheVersionAndTheSecurityHeaders) {
    const auto server = serve(plain_settings());
    for (const std::string& request :
         {get("/text"), get("/absent"), std::string("junk\r\n\r\n"), post("/early", "x")}) {
        RawClient client(server->port());
        client.send(request);
        const std::string reply = client.read_reply();
        EXPECT_EQ(header_of(reply, "resvalv-version"), "9.9.9") << request;
        EXPECT_EQ(header_of(reply, "x-content-type-options"), "nosniff") << request;
        EXPECT_EQ(header_of(reply, "cache-control"), "no-store") << request;
        EXPECT_EQ(header_of(reply, "server"), "") << request;
    }
}

TEST_F(EngineTest, AnEarlyAnswerClosesAndTheRestIsNotARequest) {
    const auto server = serve(plain_settings());
    const std::string smuggled = get("/smuggled");
    for (const char* target : {"/early", "/late"}) {
        RawClient client(server->port());
        client.send("POST " + std::string(target) +
                    " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" +
                    std::string(300'000, 'x') + smuggled);
        const std::string replies = client.read_to_end();
        EXPECT_EQ(status_of(replies), 403) << target;
        EXPECT_EQ(replies.find("HTTP/1.1", 1), std::string::npos) << target;
    }
    EXPECT_EQ(application_.targets(), (std::vector<std::string>{"/early", "/late"}));
}

TEST_F(EngineTest, AChunkedRequestGets411AndItsTrailerIsNotARequest) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send(
        "POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n" +
        get("/smuggled"));
    const std::string replies = client.read_to_end();
    EXPECT_EQ(status_of(replies), 411);
    EXPECT_EQ(application_.targets(), std::vector<std::string>{"/count"});
}

TEST_F(EngineTest, A413ReachesAPeerThatIsStillSending) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    std::string request = "POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n";
    client.send(request.append(400'000, 'x'));
    EXPECT_EQ(status_of(client.read_to_end()), 403);
}

TEST_F(EngineTest, ContinuesOnlyABodyThatItWants) {
    const auto server = serve(plain_settings());
    RawClient wanted(server->port());
    wanted.send(
        "POST /count HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: "
        "2\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(status_of(wanted.read_reply()), 100);
    wanted.send("ab");
    EXPECT_EQ(body_of(wanted.read_to_end()), "2");
    RawClient unwanted(server->port());
    unwanted.send(
        "POST /early HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(status_of(unwanted.read_to_end()), 403);
}

TEST_F(EngineTest, ATruncatedBodyIsNeverFinished) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
    while (application_.targets().empty()) {
        std::this_thread::yield();
    }
    client.cut();
    EXPECT_TRUE(application_.wait_for_dropped(1));
    EXPECT_EQ(application_.finished_count(), 0U);
}

TEST_F(EngineTest, ABodyThatEndsEarlyCutsTheConnection) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send(get("/broken"));
    const std::string reply = client.read_to_end();
    EXPECT_EQ(header_of(reply, "content-length"), "1000");
    EXPECT_EQ(body_of(reply).size(), 10U);
}

TEST_F(EngineTest, PullsARange) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send(get("/source/1000000", "Range: bytes=999000-\r\n"));
    const std::string reply = client.read_reply();
    EXPECT_EQ(status_of(reply), 206);
    const std::string body = body_of(reply);
    ASSERT_EQ(body.size(), 1000U);
    EXPECT_EQ(static_cast<std::uint8_t>(body[0]), source_octet(999'000));
}

TEST_F(EngineTest, AnEmptySourceIsAReply) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send(get("/source/0"));
    EXPECT_EQ(header_of(client.read_reply(), "content-length"), "0");
}

TEST_F(EngineTest, PushesAndPulls100MebibytesInConstantMemory) {
    constexpr std::size_t kTotal = 100 * 1024 * 1024;
    constexpr std::size_t kMostGrowthKib = 24 * 1024;
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(kTotal) +
                "\r\n\r\n");
    const std::string piece(1024 * 1024, 'x');
    const std::size_t before = resident_kib();
    for (std::size_t sent = 0; sent < kTotal; sent += piece.size()) {
        client.send(piece);
    }
    EXPECT_EQ(body_of(client.read_reply()), std::to_string(kTotal));
    EXPECT_LT(resident_kib(), before + kMostGrowthKib);
}

TEST_F(EngineTest, BelievesForwardedForOnlyFromATrustedProxy) {
    const std::string request = get("/who",
                                    "X-Forwarded-For: 198.51.100.9, "
                                    "203.0.113.7\r\nX-Forwarded-For: 192.0.2.1, 2001:DB8::7\r\n");
    const auto open_server = serve(plain_settings());
    RawClient stranger(open_server->port());
    stranger.send(request);
    EXPECT_EQ(body_of(stranger.read_reply()), "127.0.0.1");
    ServerSettings settings = plain_settings();
    settings.trusted_proxies = {"127.0.0.1"};
    const auto server = serve(settings);
    RawClient proxy(server->port());
    proxy.send(request);
    EXPECT_EQ(body_of(proxy.read_reply()), "2001:db8::7");
    EXPECT_FALSE(application_.heads().back().headers.contains("x-forwarded-for"));
}

TEST_F(EngineTest, RefusesATrustedProxyThatDoesNotNameItsClient) {
    ServerSettings settings = plain_settings();
    settings.trusted_proxies = {"127.0.0.1"};
    const auto server = serve(settings);
    for (const char* fields :
         {"", "X-Forwarded-For: 203.0.113.7, unknown\r\n", "X-Forwarded-For:\r\n"}) {
        RawClient proxy(server->port());
        proxy.send(get("/who", fields));
        EXPECT_EQ(status_of(proxy.read_reply()), 400) << fields;
    }
}

TEST_F(EngineTest, ServesAUnixSocketAndTakesItAway) {
    const std::string path = (std::filesystem::temp_directory_path() /
                              ("valv-http-" + std::to_string(::getpid()) + ".sock"))
                                 .string();
    ServerSettings settings = plain_settings();
    settings.address = parse_listen_address("unix:" + path);
    settings.trusted_proxies = {"unix"};
    auto server = serve(settings);
    RawClient proxy(path);
    proxy.send(get("/who", "X-Forwarded-For: 203.0.113.7\r\n"));
    EXPECT_EQ(body_of(proxy.read_reply()), "203.0.113.7");
    server.reset();
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(EngineTest, RefusesAnAddressThatIsTaken) {
    const auto server = serve(plain_settings());
    ServerSettings again = plain_settings();
    again.address.port = server->port();
    EXPECT_THROW((void)serve(again), Error);
}

}  // namespace
}  // namespace valv::http::testing
