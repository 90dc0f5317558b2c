#include "server/http/listen_address.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace valv::http {
namespace {

TEST(ListenAddressTest, ReadsAddressAndPort) {
    const ListenAddress address = parse_listen_address("127.0.0.1:8443");
    EXPECT_EQ(address.host, "127.0.0.1");
    EXPECT_EQ(address.port, 8443);
    EXPECT_TRUE(address.is_loopback());
    EXPECT_TRUE(parse_listen_address("[::1]:0").is_loopback());
    EXPECT_TRUE(parse_listen_address("127.9.9.9:0").is_loopback());
    EXPECT_FALSE(parse_listen_address("0.0.0.0:1").is_loopback());
    EXPECT_FALSE(parse_listen_address("[::]:1").is_loopback());
    EXPECT_FALSE(parse_listen_address("[::ffff:127.0.0.1]:1").is_loopback());
}

TEST(ListenAddressTest, ReadsUnixPaths) {
    EXPECT_EQ(parse_listen_address("unix:/run/a.sock").unix_path, "/run/a.sock");
    EXPECT_FALSE(parse_listen_address("unix:/run/a.sock").is_loopback());
}

TEST(ListenAddressTest, RefusesTheRest) {
    for (const char* text : {"", "8443", "localhost:1", "127.0.0.1", "127.0.0.1:",
                             "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:1x", "::1:8443",
                             "[127.0.0.1]:1", "127.1:1", "unix:relative", "unix:", ":8443"}) {
        EXPECT_THROW((void)parse_listen_address(text), Error) << text;
    }
}

TEST(ListenAddressTest, WritesAddressesInOneWay) {
    EXPECT_EQ(canonical_ip("2001:DB8:0::1"), "2001:db8::1");
    EXPECT_EQ(canonical_ip("203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(canonical_ip("203.0.113.7:80"), "");
    EXPECT_EQ(canonical_ip("unknown"), "");
    EXPECT_EQ(canonical_ip(std::string_view("1.2.3.4\0x", 9)), "");
}

}  // namespace
}  // namespace valv::http
