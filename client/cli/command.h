#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/arguments.h"
#include "client/cli/output.h"
#include "client/cli/progress_bar.h"
#include "client/cli/prompter.h"
#include "client/lib/environment.h"

namespace valv::cli {

// Folders of this run, from options and environment.
struct Folders {
    std::filesystem::path profile;
    std::filesystem::path holders;  // file of link holders, in the XDG state folder
};

// What a command works with; everything outlives the command.
struct Context {
    client::Environment& environment;
    Prompter& prompter;
    Output& output;
    local::Screen& notes;  // for bars
    Folders folders;
    std::optional<std::filesystem::path> passphrase_file = {};

    [[nodiscard]] Instant now() const { return environment.clock.now(); }
};

struct Command {
    std::string noun;
    std::string verb;  // empty: the noun itself
    std::string help;
    std::vector<ArgumentSpec> arguments;
    std::function<void(Context&, const Arguments&)> run;
};

// One list a noun, each beside its code.
[[nodiscard]] std::vector<Command> vault_commands();
[[nodiscard]] std::vector<Command> enrolment_commands();
[[nodiscard]] std::vector<Command> device_commands();
[[nodiscard]] std::vector<Command> member_commands();
[[nodiscard]] std::vector<Command> recover_commands();
[[nodiscard]] std::vector<Command> recover_split_commands();
[[nodiscard]] std::vector<Command> case_commands();
[[nodiscard]] std::vector<Command> case_file_commands();
[[nodiscard]] std::vector<Command> case_share_commands();
[[nodiscard]] std::vector<Command> case_end_commands();
[[nodiscard]] std::vector<Command> case_erase_commands();
[[nodiscard]] std::vector<Command> document_commands();
[[nodiscard]] std::vector<Command> itinerary_commands();
[[nodiscard]] std::vector<Command> checklist_commands();
[[nodiscard]] std::vector<Command> log_commands();
[[nodiscard]] std::vector<Command> link_commands();
[[nodiscard]] std::vector<Command> link_create_commands();
[[nodiscard]] std::vector<Command> link_open_commands();
[[nodiscard]] std::vector<Command> all_commands();

}  // namespace valv::cli
