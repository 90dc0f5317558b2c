#include <thread>

#include "tests/server/http/engine_fixture.h"

// How long a peer may take, and how the server ends.
namespace valv::http::testing {
namespace {

std::string get(std::string_view target) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

TEST_F(EngineTest, ASlowBodyIsCutAtItsDeadline) {
    ServerSettings settings = plain_settings();
    settings.times.progress = std::chrono::milliseconds(150);
    const auto server = serve(settings);
    RawClient client(server->port());
    client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(application_.wait_for_dropped(1));
}

TEST_F(EngineTest, ATrickledHeaderIsCutAtItsTotalDeadline) {
    ServerSettings settings = plain_settings();
    settings.times.head = std::chrono::milliseconds(150);
    const auto server = serve(settings);
    RawClient client(server->port());
    client.send("GET /text HTTP/1.1\r\n");
    while (!client.wait_for_end(std::chrono::milliseconds(1))) {
        client.send("x");  // each octet comes in time, the whole never
    }
    EXPECT_TRUE(application_.targets().empty());
}

TEST_F(EngineTest, ASilentConnectionIsClosed) {
    ServerSettings settings = plain_settings();
    settings.times.head = settings.times.idle = std::chrono::milliseconds(100);
    const auto server = serve(settings);
    RawClient silent(server->port());
    EXPECT_EQ(silent.read_to_end(), "");
    RawClient idle(server->port());
    idle.send(get("/text"));
    EXPECT_EQ(status_of(idle.read_reply()), 200);
    EXPECT_EQ(idle.read_to_end(), "");
}

TEST_F(EngineTest, APeerThatDoesNotReadIsCut) {
    ServerSettings settings = plain_settings();
    settings.times.progress = std::chrono::milliseconds(200);
    const auto server = serve(settings);
    RawClient client(server->port());
    client.send(get("/source/100000000"));
    while (server->connection_count() == 0 || application_.targets().empty()) {
        std::this_thread::yield();
    }
    while (server->connection_count() > 0) {
        std::this_thread::yield();
    }
    EXPECT_LT(client.read_to_end().size(), 100'000'000U);
}

TEST_F(EngineTest, StopsAtOnceWhenOnlyIdleConnectionsAreThere) {
    const auto server = serve(plain_settings());
    RawClient idle(server->port());
    idle.send(get("/text"));
    (void)idle.read_reply();
    RawClient silent(server->port());
    const auto before = clock_.monotonic();
    server->stop();
    EXPECT_LT(clock_.monotonic() - before, std::chrono::seconds(5));
    EXPECT_EQ(idle.read_to_end(), "");
}

TEST_F(EngineTest, FinishesARunningRequestWhenItStops) {
    const auto server = serve(plain_settings());
    RawClient client(server->port());
    client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n12");
    while (application_.targets().empty()) {
        std::this_thread::yield();
    }
    std::jthread stopper([&] { server->stop(); });
    client.send("34");
    const std::string reply = client.read_to_end();
    EXPECT_EQ(body_of(reply), "4");
}

}  // namespace
}  // namespace valv::http::testing
