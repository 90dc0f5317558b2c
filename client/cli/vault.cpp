#include <algorithm>

#include "client/cli/erased_text.h"
#include "client/cli/session.h"
#include "client/lib/cases.h"
#include "client/lib/recovery.h"
#include "client/lib/vault_creation.h"

namespace valv::cli {
namespace {

void show_recovery(Output& output, const client::Vault& vault) {
    const crypto::Directory& directory = vault.directory();
    if (directory.recovery.empty()) {
        output.line(
            "Recovery: no recovery recipient yet. If every device of a case is lost, so is the "
            "case.",
            Tone::kWarning);
    } else {
        output.line("Recovery: words " + client::recovery_words(directory.recovery));
    }
    if (!directory.recovery_proposed.empty()) {
        output.line(
            "Recovery: a new recipient is proposed and waits for another admin's `resvalv "
            "recover confirm`.",
            Tone::kWarning);
    }
    if (!client::unaccepted_recovery(vault).empty()) {
        output.line(
            "Recovery: compare its words and run `resvalv recover accept`, so that your "
            "cases are wrapped for it.",
            Tone::kWarning);
    }
}

std::size_t active_count(const crypto::Directory& directory) {
    return static_cast<std::size_t>(
        std::count_if(directory.devices.begin(), directory.devices.end(),
                      [](const crypto::DeviceLine& line) { return line.is_active(); }));
}

void check_server_token(const crypto::SecretBytes& token) {
    during(Situation::kVaultToken, [&] { (void)client::server_ca_of_token(token); });
}

// Everything but the passphrase, which is asked for last, when nothing else can be wrong.
client::NewVault ask_for_vault(Context& context, const Arguments& arguments) {
    client::NewVault wanted{
        .profile = context.folders.profile,
        .server = arguments.text("--server"),
        .token = secret_from(context, arguments, "--token-file",
                             "Token that the operator printed (not shown): ", local::Echo::kNo)};
    check_server_token(wanted.token);
    wanted.vault_name = arguments.text("--name");
    wanted.person_name =
        text_from(context, arguments, "--your-name", "Your own name, as colleagues know it: ");
    wanted.link_origin = text_from(context, arguments, "--link-origin",
                                   "Address of the links' page, https://HOST (ask the operator): ");
    // An earlier, cut run left the profile: its passphrase, once.
    wanted.passphrase = client::Profile::exists(wanted.profile) ? ask_passphrase(context)
                                                                : ask_new_passphrase(context);
    return wanted;
}

void create(Context& context, const Arguments& arguments) {
    client::NewVault wanted = ask_for_vault(context, arguments);
    client::Profile profile = during(Situation::kNewProfile, [&] {
        return client::create_vault(context.environment, std::move(wanted));
    });
    client::Vault vault(context.environment, profile);
    vault.sync();
    Output& output = context.output;
    output.line("The vault is made; this device is its first admin.", Tone::kGood);
    output.line("Vault   " + vault.id_text());
    output.line("Device  " + profile.device().text());
    show_recovery(output, vault);
    protocol::JsonWriter json;
    json.id("vault", vault.id()).id("device", profile.device());
    json.id("person", profile.facts().person).boolean("recovery", false);
    output.json(std::move(json));
}

void show_own_line(Session& session) {
    Output& output = session.context().output;
    const crypto::DeviceLine* const line =
        session.vault().directory().find_device(session.profile().device());
    if (line == nullptr || !line->is_active()) {
        output.line("This device is not active in the vault.", Tone::kBad);
        return;
    }
    output.line("You: " + session.own_name() + ", " + std::string(to_string(line->role)));
}

// References of this device's cases that still list a device which is no longer active.
std::vector<std::string> cases_that_wait(client::Vault& vault) {
    client::Cases cases(vault);
    std::vector<std::string> references;
    for (const client::CaseSummary& summary : cases.list()) {
        client::Case opened = cases.open(summary.id);
        if (opened.needs_new_keys()) {
            references.push_back(opened.read_record().record.facts.reference);
        }
    }
    return references;
}

void status(Context& context, const Arguments& /*arguments*/) {
    Session session(context);
    client::Vault& vault = session.vault();
    const crypto::Directory& directory = vault.directory();
    Output& output = context.output;
    output.line(vault.names().vault, Tone::kBold);
    output.line("Vault " + vault.id_text());
    output.line("Server " + session.profile().facts().server + ", links at " + directory.origin);
    show_own_line(session);
    output.line("Directory: note " + std::to_string(directory.number) + ", " +
                std::to_string(active_count(directory)) + " active devices, " +
                std::to_string(directory.active_admin_count()) + " of them admins");
    output.line("Log: " + std::to_string(vault.log_head().size) +
                " entries, checked against what this device saw before");
    output.line("Founder's key: " + vault.founder_key());
    show_recovery(output, vault);
    std::vector<protocol::JsonWriter> erased = tell_erased(session);
    const std::vector<std::string> waiting = cases_that_wait(vault);
    for (const std::string& reference : waiting) {
        output.line("Case " + reference +
                        " waits for new keys, because a member left: any change to it "
                        "makes them.",
                    Tone::kWarning);
    }

    protocol::JsonWriter checkpoint;
    checkpoint.integer("size", vault.log_head().size).octets("root", vault.log_head().root);
    protocol::JsonWriter head;
    head.integer("number", vault.head().head().number).octets("hash", vault.head().head().hash);
    protocol::JsonWriter json;
    json.id("vault", vault.id()).text("name", vault.names().vault);
    json.text("server", session.profile().facts().server).text("link_origin", directory.origin);
    json.id("device", session.profile().device()).id("person", session.profile().facts().person);
    json.object("directory", std::move(head)).text("founder", vault.founder_key());
    json.object("checkpoint", std::move(checkpoint));
    json.integer("devices", active_count(directory))
        .integer("admins", directory.active_admin_count())
        .boolean("recovery", !directory.recovery.empty())
        .texts("waiting_cases", waiting)
        .objects("erased", std::move(erased));
    output.json(std::move(json));
}

// One case from its first note to its newest record; what fails is told and remembered.
struct CaseChecks {
    std::size_t passed = 0;
    std::vector<protocol::JsonWriter> failures;
    std::exception_ptr first;
};

void check_case(client::Cases& cases, const CaseId& id, Output& output, CaseChecks& checks) {
    try {
        (void)cases.open(id).read_record();
        ++checks.passed;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::kTampered) {
            throw;
        }
        checks.first = checks.first ? checks.first : std::current_exception();
        const Failure failure = describe(error);
        output.line("Case " + id.text() + ": " + failure.message, Tone::kBad);
        checks.failures.push_back(to_json(failure));
    }
}

void verify(Context& context, const Arguments& /*arguments*/) {
    Session session(context);
    client::Cases cases(session.vault());
    CaseChecks checks;
    for (const client::CaseSummary& summary : cases.list()) {
        check_case(cases, summary.id, context.output, checks);
    }
    if (checks.first) {
        std::rethrow_exception(checks.first);
    }
    const std::uint64_t entries = session.vault().log_head().size;
    const std::uint32_t notes = session.vault().directory().number;
    context.output.line("Everything that this device may see was checked, and it holds.",
                        Tone::kGood);
    context.output.line("Directory: " + std::to_string(notes) +
                        " notes, log: " + std::to_string(entries) +
                        " entries, cases: " + std::to_string(checks.passed));
    protocol::JsonWriter json;
    json.boolean("verified", true).integer("directory", notes);
    json.integer("log", entries).integer("cases", checks.passed);
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> vault_commands() {
    return {{.noun = "vault",
             .verb = "create",
             .help = "Make a vault with the operator's token, and this device's profile",
             .arguments = {{"--server", Take::kNeeded, "Staff address, https://HOST:PORT"},
                           {"--name", Take::kNeeded, "Name of the vault (the organisation)"},
                           {"--token-file", Take::kValue, "File with the token (else asked for)"},
                           {"--your-name", Take::kValue, "Your own name (else asked for)"},
                           {"--link-origin", Take::kValue,
                            "Address of the links' page (else asked for)"}},
             .run = create},
            {.noun = "vault",
             .verb = "status",
             .help = "Heads, checkpoint, devices, recovery",
             .arguments = {},
             .run = status},
            {.noun = "vault",
             .verb = "verify",
             .help = "Fetch and check everything: directory, log, every case",
             .arguments = {},
             .run = verify}};
}

}  // namespace valv::cli
