#include "server/service/network.h"

#include <string_view>

#include <gtest/gtest.h>

namespace valv::service {
namespace {

struct Row {
    const char* name;
    std::string_view address;
    std::string_view network;
};
class NetworkTest : public testing::TestWithParam<Row> {};
TEST_P(NetworkTest, IsCoarse) {
    EXPECT_EQ(network_of(GetParam().address), GetParam().network);
}
INSTANTIATE_TEST_SUITE_P(Addresses, NetworkTest,
                         testing::Values(Row{"Ipv4", "203.0.113.77", "203.0.113.0/24"},
                                         Row{"Ipv6", "2001:db8:7:1::9", "2001:db8:7::/48"},
                                         Row{"Ipv4InIpv6", "::ffff:203.0.113.77", "203.0.113.0/24"},
                                         Row{"Loopback", "::1", "::/48"},
                                         Row{"WithZone", "fe80::1%eth0", "fe80::/48"},
                                         Row{"Empty", "", "unknown"},
                                         Row{"Name", "vault.example", "unknown"},
                                         Row{"Short", "203.0.113", "unknown"}),
                         [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

}  // namespace
}  // namespace valv::service
