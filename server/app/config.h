#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/protocol/limits.h"

namespace valv::app {

// The configuration of resvalvd: one TOML file, each key overridable by an environment variable.
// What each key means stands beside its name in config_keys(), and in docs/operations.md; a test
// holds the two together.
struct Config {
    std::string data_folder = "/var/lib/resvalvd";
    std::string staff_listen = "127.0.0.1:8443";
    std::string public_listen = "127.0.0.1:8444";
    std::string public_url;
    bool local_only = false;
    std::vector<std::string> trusted_proxies;
    std::string metrics_listen = "127.0.0.1:8445";
    std::vector<std::string> staff_names{"localhost", "127.0.0.1"};
    std::string anchor_file;
    std::uint64_t max_document_bytes = limits::kDefaultMaxDocumentBytes;
    std::uint64_t vault_quota_bytes = limits::kDefaultVaultQuotaBytes;
};

using ConfigMember = std::variant<std::string Config::*, bool Config::*, std::uint64_t Config::*,
                                  std::vector<std::string> Config::*>;

struct ConfigKey {
    std::string_view name;
    ConfigMember member;
    std::string_view sentence;  // meaning, unit, what breaks when it is wrong
};

[[nodiscard]] std::span<const ConfigKey> config_keys() noexcept;

using Environment = std::map<std::string, std::string, std::less<>>;

struct ConfigSources {
    std::string toml;         // the text of the file, empty when there is none
    Environment environment;  // RESVALVD_<KEY>; lists are separated by commas; other variables are
                              // not looked at
    std::optional<std::string> data_folder;  // from the command line
};

// The command line over the environment over the file over the defaults. Throws kInvalidArgument
// with one sentence for a person: an unknown key or RESVALVD_ variable, a value of the wrong type,
// or values that check_config refuses.
[[nodiscard]] Config read_config(const ConfigSources& sources);

// What may not be together (docs/operations.md sections 3, 4). Throws kInvalidArgument with one
// sentence.
void check_config(const Config& config);

}  // namespace valv::app
