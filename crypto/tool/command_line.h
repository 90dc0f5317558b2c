#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace valv::tool {

// About 1 MiB of memory each.
constexpr unsigned kMaxThreads = 16;

struct KeygenOptions {
    bool is_hybrid = false;
    bool converts = false;  // identities to recipients
    std::optional<std::string> output;
    std::optional<std::string> input;
};

struct EncryptOptions {
    std::vector<std::string> recipients;
    std::vector<std::string> recipient_files;
    std::vector<std::string> identity_files;
    bool asks_passphrase = false;
    std::optional<std::string> passphrase_file;
    bool has_armor = false;
    unsigned threads = 0;  // 0: all cores
    std::optional<std::string> output;
    std::optional<std::string> input;
};

struct DecryptOptions {
    std::vector<std::string> identity_files;
    std::optional<std::string> passphrase_file;
    unsigned threads = 0;
    std::optional<std::string> output;
    std::optional<std::string> input;
};

struct InspectOptions {
    bool is_json = false;
    std::optional<std::string> input;
};

// What --help or --version shows.
struct ShownText {
    std::string text;
};

using CommandLine =
    std::variant<KeygenOptions, EncryptOptions, DecryptOptions, InspectOptions, ShownText>;

// Of the words after the program's name. Throws UsageError, which repeats none of them.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string>& words);

}  // namespace valv::tool
