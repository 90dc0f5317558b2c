#include "server/app/config.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <toml++/toml.h>

#include "common/base/error.h"

namespace valv::app {
namespace {

constexpr std::string_view kPrefix = "RESVALVD_";

constexpr std::array kKeys{
    ConfigKey{"data_folder", &Config::data_folder,
              "Folder of database, ciphertext and server keys; only one process may use it."},
    ConfigKey{"staff_listen", &Config::staff_listen,
              "Address and port of the TLS listener for clients, as 127.0.0.1:8443 or [::]:8443."},
    ConfigKey{"public_listen", &Config::public_listen,
              "Address and port, or unix:/path, of the plain listener for links; only loopback or "
              "a Unix socket is allowed."},
    ConfigKey{"public_url", &Config::public_url,
              "The https origin under which recipients reach the public listener through the "
              "proxy; it must be the origin in the vaults' directories."},
    ConfigKey{
        "local_only", &Config::local_only,
        "True for a demo on this machine without a proxy: no recipient elsewhere can open a link."},
    ConfigKey{"trusted_proxies", &Config::trusted_proxies,
              "IP addresses of the proxies in front of the public listener, or unix; the last "
              "X-Forwarded-For entry of theirs is taken as the client."},
    ConfigKey{"metrics_listen", &Config::metrics_listen,
              "Loopback address and port for health and metrics; empty switches them off."},
    ConfigKey{"staff_names", &Config::staff_names,
              "Host names and IP addresses that clients use for the staff listener; init writes "
              "them into its certificate."},
    ConfigKey{
        "anchor_file", &Config::anchor_file,
        "File on another disk that keeps the last checkpoint; not supported yet, must be empty."},
    ConfigKey{"max_document_bytes", &Config::max_document_bytes,
              "Largest document, in octets; larger uploads are refused."},
    ConfigKey{"vault_quota_bytes", &Config::vault_quota_bytes,
              "Octets of documents that one vault may hold."},
};

[[noreturn]] void refuse(const std::string& sentence) {
    throw Error(ErrorCode::kInvalidArgument, sentence);
}

const ConfigKey* find_key(std::string_view name) {
    const auto* const found = std::ranges::find(kKeys, name, &ConfigKey::name);
    return found == kKeys.end() ? nullptr : found;
}

// ---- from TOML ----

template <typename Value>
Value value_of(const toml::node& node, std::string_view key) {
    const auto value = node.value_exact<Value>();
    if (!value) {
        refuse("config: " + std::string(key) + " has the wrong type");
    }
    return *value;
}

void assign(std::string& target, const toml::node& node, std::string_view key) {
    target = value_of<std::string>(node, key);
}
void assign(bool& target, const toml::node& node, std::string_view key) {
    target = value_of<bool>(node, key);
}
void assign(std::uint64_t& target, const toml::node& node, std::string_view key) {
    const auto value = value_of<std::int64_t>(node, key);
    if (value < 0) {
        refuse("config: " + std::string(key) + " is negative");
    }
    target = static_cast<std::uint64_t>(value);
}
void assign(std::vector<std::string>& target, const toml::node& node, std::string_view key) {
    const toml::array* const list = node.as_array();
    if (list == nullptr) {
        refuse("config: " + std::string(key) + " is a list of texts");
    }
    target.clear();
    for (const toml::node& entry : *list) {
        target.push_back(value_of<std::string>(entry, key));
    }
}

void apply_toml(Config& config, const std::string& text) {
    const toml::table table = [&] {
        try {
            return toml::parse(text);
        } catch (const toml::parse_error& error) {
            refuse("config: line " + std::to_string(error.source().begin.line) + ": " +
                   std::string(error.description()));
        }
    }();
    for (const auto& [name, node] : table) {
        const ConfigKey* const key = find_key(name.str());
        if (key == nullptr) {
            refuse("config: unknown key " + std::string(name.str()));
        }
        const toml::node& value = node;
        std::visit([&](auto member) { assign(config.*member, value, key->name); }, key->member);
    }
}

// ---- from the environment ----

void assign(std::string& target, const std::string& text, std::string_view /*key*/) {
    target = text;
}
void assign(bool& target, const std::string& text, std::string_view key) {
    if (text != "true" && text != "false") {
        refuse("config: " + std::string(key) + " is true or false");
    }
    target = text == "true";
}
void assign(std::uint64_t& target, const std::string& text, std::string_view key) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
    if (error != std::errc{} || end != text.data() + text.size()) {
        refuse("config: " + std::string(key) + " is a number of octets");
    }
}
void assign(std::vector<std::string>& target, const std::string& text, std::string_view /*key*/) {
    target.clear();
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        target.emplace_back(rest.substr(0, comma));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

void apply_environment(Config& config, const Environment& environment) {
    for (const auto& [name, value] : environment) {
        if (!name.starts_with(kPrefix)) {
            continue;
        }
        const ConfigKey* const key = find_key(lower(std::string_view(name).substr(kPrefix.size())));
        if (key == nullptr) {
            refuse("config: unknown environment variable " + name);
        }
        const std::string& text = value;
        std::visit([&](auto member) { assign(config.*member, text, key->name); }, key->member);
    }
}

}  // namespace

std::span<const ConfigKey> config_keys() noexcept {
    return kKeys;
}

Config read_config(const ConfigSources& sources) {
    Config config;
    apply_toml(config, sources.toml);
    apply_environment(config, sources.environment);
    if (sources.data_folder) {
        config.data_folder = *sources.data_folder;
    }
    check_config(config);
    return config;
}

}  // namespace valv::app
