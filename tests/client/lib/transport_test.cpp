#include "client/lib/transport.h"

#include <gtest/gtest.h>

#include "client/lib/call_headers.h"
#include "client/lib/server_address.h"
#include "client/lib/words.h"
#include "common/protocol/wire_error.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

Response reply(int status, std::string_view body) {
    return {.status = status, .headers = {}, .body = to_bytes(as_bytes(body))};
}

TEST(TransportTest, SuccessPasses) {
    EXPECT_EQ(expect(reply(200, "{}")).text(), "{}");
}

TEST(TransportTest, EveryWireErrorBecomesItsCode) {
    for (const protocol::WireErrorKind& kind : protocol::wire_error_kinds()) {
        const std::string body = protocol::encode(protocol::to_wire(Error(kind.code, "x")));
        const auto error = error_of([&] { return expect(reply(kind.status, body)); });
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code(), kind.code) << kind.name;
    }
}

TEST(TransportTest, RefusalKeepsItsDetails) {
    const std::string body =
        R"({"error":"ended","message":"m","reason":"not_yet","at":"2026-03-01T09:00:00Z"})";
    try {
        (void)expect(reply(410, body));
        FAIL();
    } catch (const protocol::Refusal& refusal) {
        EXPECT_EQ(refusal.details().reason, protocol::EndReason::kNotYet);
        EXPECT_EQ(refusal.details().at, parse_instant("2026-03-01T09:00:00Z"));
    }
}

TEST(TransportTest, PathOfAWireErrorStays) {
    const auto error = error_of(
        [&] { return expect(reply(400, R"({"error":"malformed","message":"m","path":"/a"})")); });
    EXPECT_EQ(error->path(), "/a");
}

TEST(TransportTest, PageOfAProxyIsNoAnswerOfOurs) {
    EXPECT_EQ(failure_of([&] { return expect(reply(502, "<html>")); }), "unavailable");
    EXPECT_EQ(failure_of([&] { return expect(reply(404, "")); }), "not_found");
}

TEST(TransportTest, HeadersOfACall) {
    Call call = call_to(protocol::RouteName::kGetLinkBody, {"3"});
    call.range = ByteRange{.first = 10, .last = {}};
    call.etag = "\"x\"";
    call.bearer = "secret";
    const HeaderFields fields = header_fields(call, "1.2.3");
    const HeaderFields expected{{"Resvalv-Client", "1.2.3"},
                                {"Range", "bytes=10-"},
                                {"If-Range", "\"x\""},
                                {"Authorization", "Bearer secret"}};
    EXPECT_EQ(fields, expected);
}

TEST(ServerAddressTest, StaffAddressesAreHttpsWithoutPath) {
    for (const char* good : {"https://a.example", "https://a.example:8443", "https://127.0.0.1:1",
                             "https://[::1]:8443"}) {
        EXPECT_TRUE(is_staff_address(good)) << good;
    }
    for (const char* bad :
         {"http://a.example", "https://", "https://a.example/", "https://a:b", "https://a:0",
          "https://user@a", "https://A.example", "https://a.example:123456", "https://[::1"}) {
        EXPECT_FALSE(is_staff_address(bad)) << bad;
    }
}

TEST(ServerAddressTest, HostLosesItsBrackets) {
    EXPECT_EQ(staff_host("https://[::1]:8443"), "::1");
    EXPECT_EQ(staff_host("https://a.example:1"), "a.example");
}

TEST(ServerAddressTest, PlainHttpOnlyToThisMachine) {
    EXPECT_TRUE(is_loopback_http("http://127.0.0.1:8444"));
    EXPECT_TRUE(is_loopback_http("http://localhost:8444"));
    EXPECT_TRUE(is_loopback_http("http://[::1]:8444"));
    EXPECT_FALSE(is_loopback_http("http://127.0.0.1.example:80"));
    EXPECT_FALSE(is_loopback_http("http://localhost@a.example"));
    EXPECT_EQ(failure_of([] {
                  check_link_origin("http://a.example");
                  return 0;
              }),
              "malformed");
}

TEST(WordsTest, TwoOctetsAreAWord) {
    // Wilkerson's own examples: 127.0.0.1 and 63.84.220.193.
    EXPECT_EQ(words_of(Bytes{127, 0, 0, 1}), "lusab babad");
    EXPECT_EQ(words_of(Bytes{63, 84, 220, 193}), "gutih tugad");
}

}  // namespace
}  // namespace valv::client::test
