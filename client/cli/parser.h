#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/cli/command.h"

namespace valv::cli {

// Options that every command takes, before or after its words.
struct GlobalOptions {
    Format format = Format::kText;
    std::optional<std::string> profile;
    std::optional<std::string> passphrase_file;
};

struct Parsed {
    GlobalOptions global;
    const Command* command = nullptr;  // of the list given; none when `help` is set
    Arguments arguments;
    std::string help;  // asked for; ends with a line feed
};

// Throws UsageError. `words` without the program's name.
[[nodiscard]] Parsed parse(const std::vector<Command>& commands,
                           const std::vector<std::string>& words);
// Does the line ask for JSON? Also when it is wrong, so that the error about it is JSON too.
[[nodiscard]] bool wants_json(const std::vector<std::string>& words);

}  // namespace valv::cli
