#include "server/app/config.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace valv::app {
namespace {

constexpr auto kProxied =
    "public_url = 'https://links.example.org'\ntrusted_proxies = ['127.0.0.1']\n";

std::string refusal(const ConfigSources& sources) {
    try {
        (void)read_config(sources);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
        return error.what();
    }
    return {};
}

std::string refusal_of(const std::string& toml) {
    return refusal({.toml = toml, .environment = {}, .data_folder = {}});
}

TEST(ConfigTest, ReadsTheFile) {
    const Config config = read_config(
        {.toml = std::string(kProxied) +
                 "max_document_bytes = 1000\nstaff_names = ['a.example', '192.0.2.1']\n",
         .environment = {},
         .data_folder = {}});
    EXPECT_EQ(config.public_url, "https://links.example.org");
    EXPECT_EQ(config.max_document_bytes, 1000U);
    EXPECT_EQ(config.staff_names, (std::vector<std::string>{"a.example", "192.0.2.1"}));
    EXPECT_EQ(config.staff_listen, "127.0.0.1:8443");
}

TEST(ConfigTest, TheEnvironmentStandsOverTheFileAndTheCommandLineOverBoth) {
    const Config config =
        read_config({.toml = std::string(kProxied) + "data_folder = '/a'\nvault_quota_bytes = 1\n",
                     .environment = {{"RESVALVD_DATA_FOLDER", "/b"},
                                     {"RESVALVD_VAULT_QUOTA_BYTES", "7"},
                                     {"RESVALVD_TRUSTED_PROXIES", "127.0.0.1,::1"},
                                     {"PATH", "/bin"}},
                     .data_folder = "/c"});
    EXPECT_EQ(config.data_folder, "/c");
    EXPECT_EQ(config.vault_quota_bytes, 7U);
    EXPECT_EQ(config.trusted_proxies, (std::vector<std::string>{"127.0.0.1", "::1"}));
}

TEST(ConfigTest, EveryKeyCanBeSetByTheEnvironment) {
    for (const ConfigKey& key : config_keys()) {
        std::string name = "RESVALVD_";
        for (const char c : key.name) {
            name.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        }
        EXPECT_EQ(refusal({.toml = {}, .environment = {{name, "\x01"}}, .data_folder = {}})
                      .find("unknown"),
                  std::string::npos)
            << name;
    }
}

TEST(ConfigTest, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(refusal_of("data_foldr = '/a'"), "config: unknown key data_foldr");
    EXPECT_EQ(refusal({.toml = {}, .environment = {{"RESVALVD_FOO", "1"}}, .data_folder = {}}),
              "config: unknown environment variable RESVALVD_FOO");
}

TEST(ConfigTest, RefusesWrongTypes) {
    EXPECT_EQ(refusal_of("data_folder = 1"), "config: data_folder has the wrong type");
    EXPECT_EQ(refusal_of("local_only = 'yes'"), "config: local_only has the wrong type");
    EXPECT_EQ(refusal_of("max_document_bytes = 1.5"),
              "config: max_document_bytes has the wrong type");
    EXPECT_EQ(refusal_of("max_document_bytes = -1"), "config: max_document_bytes is negative");
    EXPECT_EQ(refusal_of("staff_names = 'a'"), "config: staff_names is a list of texts");
    EXPECT_EQ(refusal_of("staff_names = [1]"), "config: staff_names has the wrong type");
    EXPECT_EQ(
        refusal({.toml = {}, .environment = {{"RESVALVD_LOCAL_ONLY", "1"}}, .data_folder = {}}),
        "config: local_only is true or false");
    EXPECT_EQ(
        refusal(
            {.toml = {}, .environment = {{"RESVALVD_VAULT_QUOTA_BYTES", "1k"}}, .data_folder = {}}),
        "config: vault_quota_bytes is a number of octets");
}

TEST(ConfigTest, NamesTheLineOfASyntaxError) {
    EXPECT_TRUE(
        refusal_of("data_folder = '/a'\nlocal_only = = true\n").starts_with("config: line 2: "));
    EXPECT_TRUE(
        refusal_of("local_only = true\nlocal_only = true\n").starts_with("config: line 2: "));
}

struct RefusedConfig {
    std::string name;
    std::string toml;
};
class RefusedConfigTest : public ::testing::TestWithParam<RefusedConfig> {};

TEST_P(RefusedConfigTest, IsRefusedWithOneSentence) {
    const std::string sentence = refusal_of(GetParam().toml);
    EXPECT_TRUE(sentence.starts_with("config: ")) << sentence;
    EXPECT_EQ(sentence.find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedConfigTest,
    ::testing::Values(
        RefusedConfig{"nothing_said_about_the_public_listener", ""},
        RefusedConfig{"plain_on_every_address",
                      std::string(kProxied) + "public_listen = '0.0.0.0:80'"},
        RefusedConfig{"plain_on_every_address_6",
                      std::string(kProxied) + "public_listen = '[::]:80'"},
        RefusedConfig{"local_only_on_every_address",
                      "local_only = true\npublic_listen = '0.0.0.0:80'"},
        RefusedConfig{"local_only_with_a_proxy", std::string(kProxied) + "local_only = true"},
        RefusedConfig{"local_only_on_a_unix_socket",
                      "local_only = true\npublic_listen = 'unix:/run/a'"},
        RefusedConfig{"unix_socket_without_unix_proxy",
                      std::string(kProxied) + "public_listen = 'unix:/run/a'"},
        RefusedConfig{"unix_proxy_without_unix_socket",
                      "public_url = 'https://a'\ntrusted_proxies = ['unix']"},
        RefusedConfig{"proxy_by_name", "public_url = 'https://a'\ntrusted_proxies = ['localhost']"},
        RefusedConfig{"proxy_in_long_form",
                      "public_url = 'https://a'\ntrusted_proxies = ['0:0:0:0:0:0:0:1']"},
        RefusedConfig{"no_public_url", "trusted_proxies = ['127.0.0.1']"},
        RefusedConfig{"plain_public_url",
                      "trusted_proxies = ['127.0.0.1']\npublic_url = 'http://a'"},
        RefusedConfig{"public_url_with_a_path",
                      "trusted_proxies = ['127.0.0.1']\npublic_url = 'https://a/b'"},
        RefusedConfig{"metrics_for_everybody",
                      std::string(kProxied) + "metrics_listen = '0.0.0.0:9'"},
        RefusedConfig{"staff_on_a_unix_socket",
                      std::string(kProxied) + "staff_listen = 'unix:/run/a'"},
        RefusedConfig{"staff_on_a_name", std::string(kProxied) + "staff_listen = 'localhost:1'"},
        RefusedConfig{"no_staff_names", std::string(kProxied) + "staff_names = []"},
        RefusedConfig{"anchor_that_is_not_kept", std::string(kProxied) + "anchor_file = '/mnt/a'"},
        RefusedConfig{"document_over_the_limit",
                      std::string(kProxied) + "max_document_bytes = 524288001"},
        RefusedConfig{"no_data_folder", std::string(kProxied) + "data_folder = ''"}),
    [](const auto& row) { return row.param.name; });

TEST(ConfigTest, OperationsPageHasEveryKeyWithItsSentence) {
    std::ifstream file("docs/operations.md");
    std::stringstream page;
    page << file.rdbuf();
    for (const ConfigKey& key : config_keys()) {
        EXPECT_NE(page.str().find("| `" + std::string(key.name) + "` | "), std::string::npos)
            << key.name;
        EXPECT_NE(page.str().find("| " + std::string(key.sentence) + " |"), std::string::npos)
            << key.sentence;
    }
}

}  // namespace
}  // namespace valv::app
