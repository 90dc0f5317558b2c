#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/command.h"

namespace valv::cli {

// What main found in the environment. Empty: not set.
struct EnvironmentNames {
    std::string profile;     // RESVALV_PROFILE
    std::string data_home;   // XDG_DATA_HOME
    std::string state_home;  // XDG_STATE_HOME
    std::string home;        // HOME
    bool no_color = false;   // NO_COLOR is set and not empty
};

// --profile, then $RESVALV_PROFILE, then the XDG data folder (docs/decisions.md "A profile belongs
// to one vault").
[[nodiscard]] std::filesystem::path profile_folder(const std::optional<std::string>& option,
                                                   const EnvironmentNames& names);
[[nodiscard]] std::filesystem::path holders_file(const EnvironmentNames& names);

// One run of the program: reads the line, runs the command, and is the one place where an error
// becomes a sentence and an exit code.
class App {
public:
    App(client::Environment& environment, Prompter& prompter, local::Screen& out,
        local::Screen& notes, EnvironmentNames names);
    // `words` without the program's name; returns the exit code.
    [[nodiscard]] int run(const std::vector<std::string>& words);

private:
    void dispatch(const std::vector<std::string>& words);
    void report(const Failure& failure, bool is_json);
    client::Environment& environment_;
    Prompter& prompter_;
    local::Screen& out_;
    local::Screen& notes_;
    EnvironmentNames names_;
    Colour colour_;
};

}  // namespace valv::cli
