#include <algorithm>

#include "client/cli/session.h"
#include "client/lib/recover_cases.h"
#include "client/lib/recovery.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

constexpr std::size_t kMaxShareBytes = 4096;

// ---- recover confirm, accept ----

void compare(Context& context, const Arguments& arguments, const std::string& recipient) {
    const std::string words = client::recovery_words(recipient);
    context.prompter.tell("Words of the recovery recipient:  " + words);
    if (!do_words_agree(context, arguments, words,
                        "Do these words agree with those on the custodians' sheets?")) {
        throw words_refused(arguments);
    }
}

void tell_accepted(Context& context) {
    context.output.line(
        "Accepted: your cases are wrapped for recovery, each when you next change it.",
        Tone::kGood);
    protocol::JsonWriter json;
    json.boolean("accepted", true);
    context.output.json(std::move(json));
}

void confirm(Context& context, const Arguments& arguments) {
    Session session(context);
    during(Situation::kRecovery, [&] {
        const std::string recipient = client::proposed_recovery(session.vault());
        if (!recipient.empty()) {
            compare(context, arguments, recipient);
        }
        client::confirm_recovery(session.vault());
    });
    tell_accepted(context);
}

void accept(Context& context, const Arguments& arguments) {
    Session session(context);
    during(Situation::kRecovery, [&] {
        const std::string recipient = client::unaccepted_recovery(session.vault());
        if (!recipient.empty()) {
            compare(context, arguments, recipient);
        }
        client::accept_recovery(session.vault());
    });
    tell_accepted(context);
}

// ---- recover drill ----

// What stands in a share file beside comments, without the blanks of the sheet.
crypto::SecretBytes without_comments(std::string_view rest) {
    crypto::SecretBuilder text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        for (std::size_t at = 0; !line.starts_with('#') && at < line.size(); ++at) {
            if (line[at] != ' ' && line[at] != '\r') {
                text.append(line.substr(at, 1));
            }
        }
    }
    return text.take();
}

sealed::RecoveryShare read_share(const std::string& file) {
    return during(Situation::kShareFile, [&] {
        const crypto::SecretBytes octets = local::read_secret_file(file, kMaxShareBytes);
        return sealed::RecoveryShare::parse(without_comments(as_text(octets.reveal())).reveal());
    });
}

std::vector<sealed::RecoveryShare> read_shares(const Arguments& arguments) {
    std::vector<sealed::RecoveryShare> shares;
    for (const std::string& file : arguments.list("--share-file")) {
        shares.push_back(read_share(file));
    }
    return shares;
}

void drill(Context& context, const Arguments& arguments) {
    const std::vector<sealed::RecoveryShare> shares = read_shares(arguments);
    Session session(context);
    const client::DrillResult result = during(
        Situation::kShareFile, [&] { return client::drill_recovery(session.vault(), shares); });
    if (result == client::DrillResult::kOpensNone) {
        throw Stopped(Stop::kForeignShares);
    }
    if (result == client::DrillResult::kOpensOld) {
        throw Stopped(Stop::kOldShares);
    }
    context.output.line("The drill went well: these shares open every case. Nothing was opened.",
                        Tone::kGood);
    protocol::JsonWriter json;
    json.boolean("opens", true);
    context.output.json(std::move(json));
}

// ---- recover combine ----

void show_recovered(Output& output, const std::vector<client::RecoveredCase>& cases) {
    for (const client::RecoveredCase& row : cases) {
        if (row.is_recovered) {
            output.line(row.reference + "  " + row.id.text() + ": recovered, with new keys",
                        Tone::kGood);
        } else {
            output.line(row.id.text() +
                            ": not wrapped to this recovery key; only its own people "
                            "open it",
                        Tone::kWarning);
        }
    }
    if (cases.empty()) {
        output.line("There is no case that this device is not a member of.");
        return;
    }
    output.line(
        "The shares have been in one place now: make a new recovery key with `resvalv "
        "recover split`. Every admin finds this recovery in the log.");
}

void combine(Context& context, const Arguments& arguments) {
    const std::vector<sealed::RecoveryShare> shares = read_shares(arguments);
    Session session(context);
    if (!arguments.has("--yes") &&
        !is_confirmed(context, "Make this device a member of every case of the vault?")) {
        throw Stopped(Stop::kNothingRecovered);
    }
    const std::vector<client::RecoveredCase> cases = during(
        Situation::kShareFile, [&] { return client::recover_cases(session.vault(), shares); });
    show_recovered(context.output, cases);
    std::vector<protocol::JsonWriter> rows;
    for (const client::RecoveredCase& row : cases) {
        rows.emplace_back().id("case", row.id).boolean("recovered", row.is_recovered);
    }
    protocol::JsonWriter json;
    json.objects("cases", std::move(rows));
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> recover_commands() {
    const ArgumentSpec words{"--yes-words", Take::kValues,
                             "The eight words of the recipient, instead of a question"};
    return {{.noun = "recover",
             .verb = "confirm",
             .help = "As another admin: let the proposed recovery key count",
             .arguments = {words},
             .run = confirm},
            {.noun = "recover",
             .verb = "accept",
             .help = "Wrap your cases for the recovery key too",
             .arguments = {words},
             .run = accept},
            {.noun = "recover",
             .verb = "drill",
             .help = "Try shares without opening anything",
             .arguments = {{"--share-file", Take::kValues, "A share; give it for each"}},
             .run = drill},
            {.noun = "recover",
             .verb = "combine",
             .help = "As an admin: open every case with the custodians' shares",
             .arguments = {{"--share-file", Take::kValues, "A share; give it for each"},
                           {"--yes", Take::kFlag, "Do not ask"}},
             .run = combine}};
}

}  // namespace valv::cli
