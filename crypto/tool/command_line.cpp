#include "crypto/tool/command_line.h"

#include <utility>

#include <CLI/CLI.hpp>

#include "crypto/tool/refusal.h"

namespace valv::tool {
namespace {

constexpr const char* kProgramHelp =
    "Encrypts files for people who have a key, and opens them again. The files are age files "
    "(age-encryption.org): every age program opens them.";
constexpr const char* kProgramFooter =
    "A first round:\n"
    "  resvalv-age keygen -o key.txt                      make a key; keep this file\n"
    "  resvalv-age encrypt -r age1… -o plan.age plan.pdf  for whoever gave you age1…\n"
    "  resvalv-age decrypt -i key.txt -o plan.pdf plan.age\n"
    "\n"
    "Exit code: 0 done, 1 refused or failed with one line of why, 2 not understood.";
constexpr const char* kKeygenHelp =
    "Makes a key: a file with a secret identity, and the public recipient (age1…) that others "
    "encrypt to.";
constexpr const char* kKeygenFooter =
    "Whoever has the file opens what is encrypted to the key; nobody can make it anew. Give away "
    "only the\npublic key (age1…). A file that is there already is never written over.\n"
    "With -y: writes the public keys of an identity file, one a line.";
constexpr const char* kEncryptHelp = "Encrypts a file to keys, or with a passphrase.";
constexpr const char* kEncryptFooter =
    "Each of the recipients alone can open the result. Classic (age1…) and hybrid (age1pq1…) keys "
    "do not mix\nin one file, and a passphrase stands alone. Without -o the result goes to "
    "standard "
    "output.";
constexpr const char* kDecryptHelp =
    "Opens an encrypted file. Armor is recognised, and where the file has a passphrase, it is "
    "asked "
    "for.";
constexpr const char* kDecryptFooter =
    "A file named with -o appears complete or not at all. Standard output gets each part as soon "
    "as it is\nproven genuine; when the end is missing or damaged, what came before is out already "
    "and the exit code\nis 1: throw it away then.\n"
    "Failures begin with: header failure, HMAC failure, no match, payload failure, armor failure.";
constexpr const char* kInspectHelp =
    "Shows what is known of an encrypted file without a key: for how many keys of which kind, and "
    "sizes.";
constexpr const char* kInputHelp = "The file to read; standard input without it, and for -";
constexpr const char* kOutputHelp =
    "The file to write; replaced when it is there. - is standard output, even at a terminal";

template <typename Value>
CLI::Option* add_once(CLI::App& app, const char* names, Value& value, const char* help,
                      const char* type = "FILE") {
    return app.add_option(names, value, help)
        ->type_name(type)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void add_repeated(CLI::App& app, const char* names, std::vector<std::string>& values,
                  const char* help, const char* type = "FILE") {
    app.add_option(names, values, help)
        ->type_name(type)
        ->allow_extra_args(false);  // one value after each -r, so that INPUT is none of them
}

void add_threads(CLI::App& app, unsigned& threads) {
    add_once(app, "-j,--threads", threads, "How many threads, 1 to 16; all cores without it", "N")
        ->check(CLI::Range(1U, kMaxThreads));
}

CLI::App& add_command(CLI::App& program, const char* name, const char* help, const char* footer) {
    CLI::App& command = *program.add_subcommand(name, help);
    command.footer(footer);
    return command;
}

CLI::App& add_keygen(CLI::App& program, KeygenOptions& options) {
    CLI::App& app = add_command(program, "keygen", kKeygenHelp, kKeygenFooter);
    CLI::Option* const hybrid =
        app.add_flag("--pq", options.is_hybrid,
                     "A hybrid key (age1pq1…), which withstands quantum computers too; needs "
                     "OpenSSL 3.5");
    CLI::Option* const converts =
        app.add_flag("-y", options.converts, "Write the public keys of the identity file INPUT");
    hybrid->excludes(converts);
    add_once(app, "-o,--output", options.output,
             "The file to write, for your eyes only (mode 0600); must be new");
    add_once(app, "INPUT", options.input, kInputHelp, "")->needs(converts);
    return app;
}

CLI::App& add_encrypt(CLI::App& program, EncryptOptions& options) {
    CLI::App& app = add_command(program, "encrypt", kEncryptHelp, kEncryptFooter);
    add_repeated(app, "-r,--recipient", options.recipients,
                 "A public key, age1… or age1pq1…; may be repeated", "RECIPIENT");
    add_repeated(app, "-R,--recipients-file", options.recipient_files,
                 "A file of public keys, one a line; may be repeated");
    add_repeated(app, "-i,--identity", options.identity_files,
                 "An identity file, to encrypt to its own keys; may be repeated");
    CLI::Option* const asks = app.add_flag("-p,--passphrase", options.asks_passphrase,
                                           "With a passphrase, asked for twice at the terminal");
    add_once(app, "--passphrase-file", options.passphrase_file,
             "With the passphrase in the first line of this file")
        ->excludes(asks);
    app.add_flag("-a,--armor", options.has_armor, "As text, for mail and chat; a third larger");
    add_threads(app, options.threads);
    add_once(app, "-o,--output", options.output, kOutputHelp);
    add_once(app, "INPUT", options.input, kInputHelp, "");
    return app;
}

CLI::App& add_decrypt(CLI::App& program, DecryptOptions& options) {
    CLI::App& app = add_command(program, "decrypt", kDecryptHelp, kDecryptFooter);
    add_repeated(app, "-i,--identity", options.identity_files,
                 "A file of identities, perhaps itself encrypted with a passphrase; may be "
                 "repeated");
    add_once(app, "--passphrase-file", options.passphrase_file,
             "The first line of this file instead of a question");
    add_threads(app, options.threads);
    add_once(app, "-o,--output", options.output, kOutputHelp);
    add_once(app, "INPUT", options.input, kInputHelp, "");
    return app;
}

CLI::App& add_inspect(CLI::App& program, InspectOptions& options) {
    CLI::App& app = add_command(program, "inspect", kInspectHelp, "");
    app.add_flag("--json", options.is_json, "One line of JSON, for programs");
    add_once(app, "INPUT", options.input, kInputHelp, "");
    return app;
}

// CLI11's own sentences repeat what was typed, which may be a secret.
[[noreturn]] void rethrow_usage(const CLI::ParseError& error) {
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        throw UsageError("a word or an option is too many or unknown");
    }
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        throw UsageError("name a command: keygen, encrypt, decrypt or inspect");
    }
    if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr ||
        dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
        throw UsageError("the number of threads (-j) is 1 to 16");
    }
    if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
        throw UsageError("two of the options exclude each other");
    }
    if (dynamic_cast<const CLI::RequiresError*>(&error) != nullptr) {
        throw UsageError("keygen reads a file with -y only");
    }
    throw UsageError("an option lacks its value, or comes twice");
}

void check_encrypt(const EncryptOptions& options) {
    if (options.recipients.empty() && options.recipient_files.empty() &&
        options.identity_files.empty() && !options.asks_passphrase && !options.passphrase_file) {
        throw UsageError("say for whom: -r RECIPIENT, -R FILE, -i FILE, or -p for a passphrase");
    }
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words) {
    CLI::App program(kProgramHelp, "resvalv-age");
    program.set_version_flag("--version", std::string("resvalv-age ") + VALV_VERSION);
    program.require_subcommand(1);
    program.footer(kProgramFooter);
    KeygenOptions keygen;
    EncryptOptions encrypt;
    DecryptOptions decrypt;
    InspectOptions inspect;
    const CLI::App& keygen_app = add_keygen(program, keygen);
    const CLI::App& encrypt_app = add_encrypt(program, encrypt);
    const CLI::App& decrypt_app = add_decrypt(program, decrypt);
    add_inspect(program, inspect);
    try {
        program.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // as CLI11 wants
    } catch (const CLI::CallForHelp&) {
        return ShownText{program.help()};
    } catch (const CLI::CallForVersion& version) {
        return ShownText{std::string(version.what()) + "\n"};
    } catch (const CLI::ParseError& error) {
        rethrow_usage(error);
    }
    if (keygen_app.parsed()) {
        return keygen;
    }
    if (encrypt_app.parsed()) {
        check_encrypt(encrypt);
        return encrypt;
    }
    if (decrypt_app.parsed()) {
        return decrypt;
    }
    return inspect;
}

}  // namespace valv::tool
