#include "server/http/reply_head.h"

#include <gtest/gtest.h>

namespace valv::http {
namespace {

Reply json_reply() {
    Reply reply;
    reply.media_type = protocol::media::kJson;
    return reply;
}

std::string value_of(const HeaderList& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

TEST(ReplyHeadTest, WritesALineForEachHeader) {
    const ReplyFrame frame{
        .body_bytes = 12, .closes = false, .now = parse_instant("2026-03-01T09:05:07Z")};
    EXPECT_EQ(
        write_reply_head(json_reply(), {{"A", "b"}}, frame),
        "HTTP/1.1 200 OK\r\nDate: Sun, 01 Mar 2026 09:05:07 GMT\r\nContent-Type: "
        "application/json\r\nContent-Disposition: attachment\r\n"
        "Content-Length: 12\r\nCache-Control: no-store\r\nA: b\r\nConnection: keep-alive\r\n\r\n");
}

TEST(ReplyHeadTest, LeavesAReplysOwnCachingAlone) {
    Reply reply = json_reply();
    reply.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    const std::string text = write_reply_head(reply, {}, {});
    EXPECT_EQ(text.find("no-store"), std::string::npos);
}

TEST(ReplyHeadTest, NoContentHasNoLength) {
    Reply reply;
    reply.status = 204;
    EXPECT_EQ(write_reply_head(reply, {}, {}).find("Content-Length"), std::string::npos);
}

TEST(ReplyHeadDeathTest, ALineEndInAHeaderIsOurBug) {
    Reply reply = json_reply();
    reply.headers.emplace_back("X", "a\r\nB: c");
    EXPECT_DEATH((void)write_reply_head(reply, {}, {}), "");
}

TEST(SecurityHeadersTest, ThePublicListenerHasThePagesPolicy) {
    const HeaderList headers = security_headers({.listener = protocol::Listener::kPublic,
                                                 .content_security_policy = "default-src 'none'; x",
                                                 .is_https = false});
    EXPECT_EQ(value_of(headers, "Content-Security-Policy"), "default-src 'none'; x");
    EXPECT_EQ(value_of(headers, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(value_of(headers, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(value_of(headers, "Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(value_of(headers, "Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_NE(value_of(headers, "Permissions-Policy"), "");
    EXPECT_EQ(value_of(headers, "Strict-Transport-Security"), "")
        << "a plain listener promises no https";
}

TEST(SecurityHeadersTest, TheOthersLetNothingLoad) {
    const HeaderList headers = security_headers(
        {.listener = protocol::Listener::kStaff, .content_security_policy = "", .is_https = true});
    EXPECT_TRUE(value_of(headers, "Content-Security-Policy").starts_with("default-src 'none'"));
    EXPECT_EQ(value_of(headers, "Strict-Transport-Security"),
              "max-age=63072000; includeSubDomains");
}

}  // namespace
}  // namespace valv::http
