#include "common/protocol/routes.h"

#include <set>

#include <gtest/gtest.h>

#include "common/protocol/version.h"

namespace valv::protocol {
namespace {

TEST(RoutesTest, EveryRouteIsFoundByItsOwnPath) {
    for (const Route& wanted : routes()) {
        std::string path;
        for (std::string_view rest = wanted.pattern; !rest.empty();) {
            const std::size_t open = rest.find('{');
            path += rest.substr(0, open);
            path += open == std::string_view::npos ? "" : "value";
            rest.remove_prefix(open == std::string_view::npos ? rest.size() : rest.find('}') + 1);
        }
        const auto match = match_route(wanted.listener, wanted.method, path);
        ASSERT_TRUE(match.has_value()) << path;
        EXPECT_EQ(match->route->name, wanted.name) << path;
    }
}

TEST(RoutesTest, NamesAndPatternsAreUnique) {
    std::set<RouteName> names;
    std::set<std::string> calls;
    for (const Route& row : routes()) {
        EXPECT_TRUE(names.insert(row.name).second);
        EXPECT_TRUE(
            calls.insert(std::string(to_string(row.method)) + std::string(row.pattern)).second)
            << row.pattern;
    }
}

struct NoMatch {
    const char* name;
    std::string_view path;
};
class PathTest : public testing::TestWithParam<NoMatch> {};
TEST_P(PathTest, MatchesNothing) {
    EXPECT_FALSE(match_route(Listener::kStaff, Method::kGet, GetParam().path).has_value());
}
INSTANTIATE_TEST_SUITE_P(Paths, PathTest,
                         testing::Values(NoMatch{"Empty", ""}, NoMatch{"Root", "/"},
                                         NoMatch{"Relative", "v1/vaults/x/cases"},
                                         NoMatch{"Shorter", "/v1/vaults/x"},
                                         NoMatch{"TrailingSlash", "/v1/vaults/x/cases/"},
                                         NoMatch{"DoubleSlash", "/v1/vaults//cases"},
                                         NoMatch{"Query", "/v1/vaults/x/cases?y"},
                                         NoMatch{"OtherListener", "/o"},
                                         NoMatch{"Longer", "/v1/vaults/x/cases/y/z"}),
                         [](const testing::TestParamInfo<NoMatch>& row) { return row.param.name; });

TEST(RoutesTest, TheRestOfATilePathIsOneValue) {
    const auto match =
        match_route(Listener::kStaff, Method::kGet, "/v1/vaults/v/log/tile/0/x001/067.p/5");
    ASSERT_TRUE(match.has_value());
    EXPECT_EQ(match->values, (std::vector<std::string>{"v", "0", "x001/067.p/5"}));
}

TEST(RoutesTest, PathsAreFilledInOrder) {
    EXPECT_EQ(path_of(RouteName::kGetKeyring, {"v", "c", "2", "7"}),
              "/v1/vaults/v/cases/c/keyrings/2/7");
}

TEST(VersionTest, IsTheProjectsAndComparesByNumber) {
    EXPECT_EQ(kVersion, VALV_PROJECT_VERSION);
    EXPECT_TRUE(is_older_version("0.9.9", "0.10.0"));
    EXPECT_FALSE(is_older_version("0.10.0", "0.9.9"));
    EXPECT_FALSE(is_older_version("1.2.3", "1.2.3"));
    EXPECT_TRUE(is_older_version("newest", "0.0.1"));
    EXPECT_TRUE(is_older_version("1.2", "0.0.1"));
    EXPECT_TRUE(is_older_version("1.2.3.4", "0.0.1"));
}

}  // namespace
}  // namespace valv::protocol
