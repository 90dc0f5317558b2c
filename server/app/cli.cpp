#include "server/app/cli.h"

#include <array>

#include <CLI/CLI.hpp>

#include "common/base/error.h"
#include "common/protocol/version.h"
#include "server/store/files/file.h"

namespace valv::app {
namespace {

constexpr auto kDefaultFile = "/etc/resvalv/resvalvd.toml";
constexpr int kWrongUsage = 2;
constexpr std::uint64_t kMaxConfigBytes = 1024 * 1024;

std::string read_config_file(const CommandLine& line) {
    const auto file = store::open_file(line.config_file);
    if (!file) {
        if (line.is_config_given) {
            throw Error(ErrorCode::kNotFound, "config: " + line.config_file + " is missing");
        }
        return {};
    }
    const std::uint64_t size = file->size();
    if (size > kMaxConfigBytes) {
        throw Error(ErrorCode::kInvalidArgument, "config: " + line.config_file + " is too large");
    }
    Bytes octets(static_cast<std::size_t>(size));
    octets.resize(file->read_at(0, octets));
    return std::string(as_text(octets));
}

struct Commands {
    CLI::App* init;
    CLI::App* vault_token;
    CLI::App* serve;
    CLI::App* check;
};

Commands add_commands(CLI::App& program, CommandLine& line, bool& reissues) {
    Commands commands{
        .init = program.add_subcommand("init",
                                       "Makes the data folder, the server's keys and certificates"),
        .vault_token = program.add_subcommand(
            "vault-token", "Prints a token that makes one vault, within 24 hours"),
        .serve = program.add_subcommand("serve", "Serves until SIGTERM"),
        .check =
            program.add_subcommand("check", "Checks the data folder; the server must be stopped"),
    };
    commands.init->add_flag("--reissue", reissues,
                            "Only a new staff certificate, for changed staff_names; pins stand");
    commands.serve->add_option("--ready-fd", line.ready_fd,
                               "Writes the bound ports to this descriptor as one line of JSON");
    commands.serve->add_flag("--log-requests", line.logs_requests,
                             "One log line for each request: route, status, time");
    commands.check->add_flag("--read-data", line.reads_data,
                             "Also reads every document and recomputes its root");
    return commands;
}

Command chosen(const Commands& commands, bool reissues) {
    if (commands.init->parsed()) {
        return reissues ? Command::kReissue : Command::kInit;
    }
    if (commands.vault_token->parsed()) {
        return Command::kVaultToken;
    }
    return commands.serve->parsed() ? Command::kServe : Command::kCheck;
}

}  // namespace

std::variant<CommandLine, ExitNow> parse_command_line(int argc, const char* const* argv) {
    CommandLine line;
    line.config_file = kDefaultFile;
    std::string data_folder;
    bool reissues = false;
    CLI::App program("The Resvalv server: keeps sealed papers, serves links, decrypts nothing.",
                     "resvalvd");
    program.set_version_flag("--version", std::string(protocol::kVersion));
    program.require_subcommand(1);
    program.fallthrough();
    const CLI::Option* const config =
        program.add_option("--config", line.config_file, "Configuration file")
            ->capture_default_str();
    const CLI::Option* const folder =
        program.add_option("--data-folder", data_folder, "Data folder, over file and environment");
    const Commands commands = add_commands(program, line, reissues);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return ExitNow{.code = program.exit(error) == 0 ? 0 : kWrongUsage};
    }
    line.is_config_given = config->count() > 0;
    if (folder->count() > 0) {
        line.data_folder = data_folder;
    }
    line.command = chosen(commands, reissues);
    return line;
}

Config config_for(const CommandLine& line, Environment environment) {
    return read_config({.toml = read_config_file(line),
                        .environment = std::move(environment),
                        .data_folder = line.data_folder});
}

}  // namespace valv::app
