#include "client/cli/app.h"

#include <iterator>
#include <utility>

#include "client/cli/parser.h"
#include "client/cli/sentences.h"

namespace valv::cli {
namespace {

std::filesystem::path under_home(const std::string& folder, const EnvironmentNames& names,
                                 const char* fallback) {
    return folder.empty() ? std::filesystem::path(names.home) / fallback
                          : std::filesystem::path(folder);
}

}  // namespace

std::filesystem::path profile_folder(const std::optional<std::string>& option,
                                     const EnvironmentNames& names) {
    if (option) {
        return *option;
    }
    if (!names.profile.empty()) {
        return names.profile;
    }
    return under_home(names.data_home, names, ".local/share") / "resvalv" / "default";
}

std::filesystem::path holders_file(const EnvironmentNames& names) {
    return under_home(names.state_home, names, ".local/state") / "resvalv" / "holders";
}

std::vector<Command> all_commands() {
    std::vector<Command> all;
    for (const auto list :
         {vault_commands, enrolment_commands, device_commands, member_commands,
          recover_split_commands, recover_commands, case_commands, case_file_commands,
          case_share_commands, case_end_commands, case_erase_commands, document_commands,
          itinerary_commands, checklist_commands, link_create_commands, link_commands,
          link_open_commands, log_commands}) {
        std::vector<Command> commands = list();
        std::move(commands.begin(), commands.end(), std::back_inserter(all));
    }
    return all;
}

App::App(client::Environment& environment, Prompter& prompter, local::Screen& out,
         local::Screen& notes, EnvironmentNames names)
    : environment_(environment),
      prompter_(prompter),
      out_(out),
      notes_(notes),
      names_(std::move(names)),
      colour_(names_.no_color ? Colour::kNo : Colour::kYes) {}

int App::run(const std::vector<std::string>& words) {
    try {
        dispatch(words);
        return kExitDone;
    } catch (const std::exception& error) {
        const Failure failure = describe(error);
        report(failure, wants_json(words));
        return failure.exit_code;
    }
}

void App::dispatch(const std::vector<std::string>& words) {
    const std::vector<Command> commands = all_commands();
    const Parsed parsed = parse(commands, words);
    if (parsed.command == nullptr) {
        out_.write(as_bytes(parsed.help));
        return;
    }
    Output output(out_, notes_, parsed.global.format, colour_);
    Context context{.environment = environment_,
                    .prompter = prompter_,
                    .output = output,
                    .notes = notes_,
                    .folders = {.profile = profile_folder(parsed.global.profile, names_),
                                .holders = holders_file(names_)},
                    .passphrase_file = parsed.global.passphrase_file};
    parsed.command->run(context, parsed.arguments);
}

void App::report(const Failure& failure, bool is_json) {
    try {
        Output output(out_, notes_, is_json ? Format::kJson : Format::kText, colour_);
        if (is_json) {
            output.json(to_json(failure));
            return;
        }
        for (const casework::Refusal& refusal : failure.refusals) {
            const std::string path = refusal.path.empty() ? "(the whole record)" : refusal.path;
            output.note(path + ": " + refusal.sentence + " (" + refusal.code + ")");
        }
        output.note("resvalv: " + failure.message, Tone::kBad);
    } catch (const std::exception&) {
        // Standard error is closed or full: the exit code is all that is left to say it with.
        return;
    }
}

}  // namespace valv::cli
