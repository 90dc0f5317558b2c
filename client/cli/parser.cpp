#include "client/cli/parser.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include <CLI/CLI.hpp>

#include "common/protocol/version.h"

namespace valv::cli {
namespace {

constexpr const char* kJson = "--json";
constexpr const char* kProfile = "--profile";
constexpr const char* kPassphraseFile = "--passphrase-file";

struct NounHelp {
    std::string_view noun;
    const char* help;
};
// Of the nouns that have verbs.
constexpr std::array kNouns{
    NounHelp{"vault", "Make a vault, see how it stands, check all of it"},
    NounHelp{"member", "Who is in the vault"},
    NounHelp{"case", "Cases: make, show, import, export, share, close, erase"},
    NounHelp{"document", "The papers of a case"},
    NounHelp{"itinerary", "The journey of a case"},
    NounHelp{"link", "Links for recipients: make, watch, withdraw, open"},
};

std::string noun_help(const Command& command) {
    const auto* const found = std::ranges::find(kNouns, command.noun, &NounHelp::noun);
    return found == kNouns.end() ? command.help : found->help;
}

void add_globals(CLI::App& app) {
    app.add_flag(kJson)->description("Answer with one line of JSON")->group("Always");
    app.add_option(kProfile, "Folder of the profile (else $RESVALV_PROFILE)")
        ->type_name("DIR")
        ->group("Always");
    app.add_option(kPassphraseFile, "File whose first line is the passphrase")
        ->type_name("FILE")
        ->group("Always");
    app.set_help_flag("-h,--help", "Show this help")->group("Always");
}

// The values are kept by CLI11 itself; what is needed is checked after the parse, so that all such
// errors have one form.
CLI::Option* add_argument(CLI::App& app, const ArgumentSpec& spec) {
    if (spec.take == Take::kFlag) {
        return app.add_flag(spec.name, spec.help);
    }
    CLI::Option* const option = app.add_option(spec.name, spec.help);
    option->type_name(spec.take == Take::kWord ? "" : "VALUE");
    if (spec.take == Take::kValues) {
        option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        option->type_name("VALUE[,…]");
    } else {
        option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    }
    return option;
}

// `--output` of `-o,--output`.
std::string last_name(const ArgumentSpec& spec) {
    return spec.name.substr(spec.name.rfind(',') + 1);
}

// The tree of CLI11 objects for a list of commands.
class Tree {
public:
    explicit Tree(const std::vector<Command>& commands)
        : root_(
              "Resvalv keeps the papers of assisted return journeys; the server cannot read them.",
              "resvalv") {
        add_globals(root_);
        root_.set_version_flag("--version", "resvalv " + std::string(protocol::kVersion));
        root_.require_subcommand(0, 1);
        for (const Command& command : commands) {
            add(command);
        }
    }

    [[nodiscard]] CLI::App& root() noexcept { return root_; }

    // The command whose words came, with the apps from the root to it.
    [[nodiscard]] const Command* find_chosen() const {
        const CLI::App* app = &root_;
        const Command* chosen = nullptr;
        while (true) {
            const auto deeper = app->get_subcommands();
            if (deeper.empty()) {
                return chosen;
            }
            app = deeper.front();
            const auto found = commands_.find(app);
            chosen = found == commands_.end() ? nullptr : found->second;
        }
    }

    [[nodiscard]] const CLI::App* app_of(const Command& command) const {
        const auto found = std::ranges::find(
            commands_, &command, &std::pair<const CLI::App* const, const Command*>::second);
        return found->first;
    }

    // Of the root, the noun or the verb: the last one that has the option.
    [[nodiscard]] std::optional<std::string> global(const std::string& name) const {
        std::optional<std::string> value;
        const CLI::App* app = &root_;
        while (true) {
            const CLI::Option* const option = app->get_option_no_throw(name);
            if (option != nullptr && option->count() > 0) {
                value = option->results().back();
            }
            const auto deeper = app->get_subcommands();
            if (deeper.empty()) {
                return value;
            }
            app = deeper.front();
        }
    }

private:
    void add(const Command& command) {
        CLI::App* const noun = noun_of(command);
        CLI::App* app = noun;
        if (!command.verb.empty()) {
            app = noun->add_subcommand(command.verb, command.help);
            add_globals(*app);
        }
        for (const ArgumentSpec& spec : command.arguments) {
            add_argument(*app, spec);
        }
        commands_[app] = &command;
    }

    CLI::App* noun_of(const Command& command) {
        CLI::App*& noun = nouns_[command.noun];
        if (noun == nullptr) {
            noun = root_.add_subcommand(command.noun, noun_help(command));
            add_globals(*noun);
            noun->require_subcommand(0, 1);
        }
        return noun;
    }

    CLI::App root_;
    std::map<std::string, CLI::App*> nouns_;  // owned by root_
    std::map<const CLI::App*, const Command*> commands_;
};

Arguments read_arguments(const Command& command, const CLI::App& app) {
    Arguments arguments;
    for (const ArgumentSpec& spec : command.arguments) {
        const std::string name = last_name(spec);
        const CLI::Option* const option = app.get_option_no_throw(name);
        const bool is_there = option != nullptr && option->count() > 0;
        if (is_there) {
            arguments.set(name, spec.take == Take::kFlag ? std::vector<std::string>{"true"}
                                                         : option->results());
        } else if (spec.take == Take::kWord || spec.take == Take::kNeeded) {
            throw UsageError(Usage::kMissing, name);
        }
    }
    return arguments;
}

// `--kind` of CLI11's `--kind: 1 required VALUE missing`: the part before the colon, when it is a
// name of ours and no value.
std::string option_of(const CLI::ParseError& error) {
    const std::string text = error.what();
    const std::string name = text.substr(0, text.find_first_of(": "));
    return name.starts_with("-") ? name : "A value of an option";
}

[[noreturn]] void rethrow_usage(const CLI::ParseError& error, const Tree& tree,
                                const std::vector<std::string>& words) {
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        if (tree.find_chosen() == nullptr) {
            throw UsageError(Usage::kUnknownCommand);
        }
        for (const std::string& word : words) {
            const bool is_spelled_like_one =
                word.starts_with("--") && word.find('=') == std::string::npos;
            if (is_spelled_like_one && std::string(error.what()).find(word) != std::string::npos) {
                throw UsageError(Usage::kUnknownOption, word);
            }
        }
        throw UsageError(Usage::kTooManyWords);
    }
    throw UsageError(Usage::kMissing, option_of(error));
}

void run_parse(CLI::App& root, const std::vector<std::string>& words) {
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 wants them
    root.parse(std::move(reversed));
}

GlobalOptions read_globals(const Tree& tree) {
    return {.format = tree.global(kJson) ? Format::kJson : Format::kText,
            .profile = tree.global(kProfile),
            .passphrase_file = tree.global(kPassphraseFile)};
}

}  // namespace

Parsed parse(const std::vector<Command>& commands, const std::vector<std::string>& words) {
    Tree tree(commands);
    Parsed parsed;
    try {
        run_parse(tree.root(), words);
    } catch (const CLI::CallForHelp&) {
        parsed.help = tree.root().help();
        return parsed;
    } catch (const CLI::CallForVersion& version) {
        parsed.help = std::string(version.what()) + "\n";
        return parsed;
    } catch (const CLI::ParseError& error) {
        rethrow_usage(error, tree, words);
    }
    parsed.global = read_globals(tree);
    parsed.command = tree.find_chosen();
    if (parsed.command == nullptr) {
        throw UsageError(Usage::kMissing, "The command");
    }
    parsed.arguments = read_arguments(*parsed.command, *tree.app_of(*parsed.command));
    return parsed;
}

bool wants_json(const std::vector<std::string>& words) {
    return std::ranges::find(words, kJson) != words.end();
}

}  // namespace valv::cli
