#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "server/app/config.h"

namespace valv::app {

enum class Command { kInit, kReissue, kVaultToken, kServe, kCheck };

struct CommandLine {
    Command command = Command::kServe;
    std::string config_file;
    bool is_config_given = false;  // a default file may be absent, a named one may not
    std::optional<std::string> data_folder;
    int ready_fd = -1;
    bool reads_data = false;
    bool logs_requests = false;
};

// What to do, or what to exit with (help was printed, or the line is wrong: exit code 2).
struct ExitNow {
    int code = 0;
};
[[nodiscard]] std::variant<CommandLine, ExitNow> parse_command_line(int argc,
                                                                    const char* const* argv);

// The configuration for that line, from its file and the environment. Throws kInvalidArgument,
// kNotFound, kIo.
[[nodiscard]] Config config_for(const CommandLine& line, Environment environment);

}  // namespace valv::app
