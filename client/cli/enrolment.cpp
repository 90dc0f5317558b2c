#include "client/lib/enrolment.h"

#include <algorithm>

#include "client/cli/session.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxInvitationBytes = 16 * 1024;
constexpr std::chrono::seconds kPollEvery = 5s;

// ---- invite ----

client::InvitationRequest invitation_request(const Arguments& arguments) {
    const std::optional<crypto::Role> role = crypto::parse_role(arguments.text("--role"));
    if (!role) {
        throw UsageError(Usage::kBadValue, "--role takes one of admin, coordinator, auditor");
    }
    client::InvitationRequest request{.name = arguments.text_if("--name").value_or(""),
                                      .role = *role};
    if (const auto person = arguments.text_if("--person")) {
        request.person = during(Situation::kPerson, [&] { return PersonId::parse(*person); });
    }
    if (request.person.has_value() != request.name.empty()) {
        throw UsageError(Usage::kTogether,
                         "Give either --name for a new person or --person for another device of "
                         "somebody who is in the vault");
    }
    return request;
}

void write_invitation(const client::MadeInvitation& made, const std::string& file) {
    during(Situation::kOutputFile, [&] { local::create_file(file, made.file.reveal()); });
}

void invite(Context& context, const Arguments& arguments) {
    const client::InvitationRequest request = invitation_request(arguments);
    const std::string file = arguments.text("--output");
    // Before anything is asked or sent.
    during(Situation::kOutputFile, [&] { (void)local::OutputFile(file, local::Overwrite::kNo); });
    Session session(context);
    const client::MadeInvitation made = during(
        Situation::kEnrolment, [&] { return client::Enrolments(session.vault()).invite(request); });
    write_invitation(made, file);
    Output& output = context.output;
    output.line(
        "The invitation is written. Hand the file over past the server, for example on a "
        "stick or by mail.");
    output.secret_line("Code, shown this once:  ", made.code.grouped());
    output.line(
        "Say the code by voice or give it on paper, never together with the file: whoever "
        "has both becomes a member.",
        Tone::kWarning);
    output.line("It works once, until " + time_text(made.expires) +
                ". When they have run `resvalv enrol FILE`, run `resvalv approve`.");
    protocol::JsonWriter json;
    json.id("invitation", made.id).instant("expires", made.expires);
    output.json_with_secrets(std::move(json), {{"code", made.code.digits()}});
}

// ---- enrol ----

crypto::SecretBytes read_invitation(const std::string& file) {
    return during(Situation::kInvitationFile, [&] {
        crypto::SecretBytes octets = local::read_secret_file(file, kMaxInvitationBytes);
        (void)sealed::decode_invitation(octets.reveal());
        return octets;
    });
}

sealed::DigitCode ask_invitation_code(Context& context, const Arguments& arguments) {
    const crypto::SecretBytes text =
        secret_from(context, arguments, "--code-file",
                    "Code of 16 digits that the admin told you: ", local::Echo::kYes);
    auto code = sealed::DigitCode::from_text(text.reveal(), limits::kInvitationCodeDigits);
    if (!code) {
        throw UsageError(Usage::kBadCode, std::to_string(limits::kInvitationCodeDigits));
    }
    return std::move(*code);
}

client::Enrolling begin_enrolling(Context& context, const Arguments& arguments) {
    const crypto::SecretBytes file = read_invitation(arguments.text("FILE"));
    const sealed::DigitCode code = ask_invitation_code(context, arguments);
    crypto::SecretBytes passphrase = client::Profile::exists(context.folders.profile)
                                         ? ask_passphrase(context)
                                         : ask_new_passphrase(context);
    return during(Situation::kInvitationFile, [&] {
        return client::Enrolling::begin(context.environment, context.folders.profile, file.reveal(),
                                        code, std::move(passphrase));
    });
}

void wait_for_approval(Context& context, client::Enrolling& enrolling, const Arguments& arguments) {
    during(Situation::kEnrolment, [&] {
        while (!enrolling.poll()) {
            if (arguments.has("--no-wait")) {
                throw Stopped(Stop::kNotApproved);
            }
            if (context.now() >= enrolling.invitation().expires) {
                throw Error(ErrorCode::kEnded, "enrol: expired while waiting");
            }
            context.environment.clock.sleep_for(kPollEvery);
        }
    });
}

void enrol(Context& context, const Arguments& arguments) {
    client::Enrolling enrolling = begin_enrolling(context, arguments);
    const std::string words = enrolling.words();
    during(Situation::kEnrolment, [&] { enrolling.submit(); });
    if (!context.output.is_json()) {
        context.output.line(
            "Sent. The admin now approves this device; read them these words by "
            "voice when they ask:");
        context.output.line("  " + words, Tone::kBold);
        if (!arguments.has("--no-wait")) {
            context.output.line(
                "Waiting; you may stop with Ctrl-C, the same command goes on "
                "later.");
        }
    }
    wait_for_approval(context, enrolling, arguments);
    context.output.line(
        "Approved. This device is in the vault; `resvalv case list` shows what is "
        "shared with it.",
        Tone::kGood);
    protocol::JsonWriter json;
    json.boolean("approved", true).text("words", words);
    json.id("person", enrolling.invitation().person);
    json.text("role", to_string(enrolling.invitation().role));
    context.output.json(std::move(json));
}

// ---- approve ----

protocol::JsonWriter pending_json(const client::PendingEnrolment& pending) {
    protocol::JsonWriter json;
    json.id("invitation", pending.invitation).id("person", pending.person);
    json.text("name", pending.name).text("role", to_string(pending.role));
    json.id("device", pending.device).text("words", pending.words);
    json.instant("expires", pending.expires);
    return json;
}

// Where the question is asked, also when the answer of the command is JSON.
void show_pending(Context& context, const client::PendingEnrolment& pending) {
    const std::string who = pending.name + ", " + std::string(to_string(pending.role)) +
                            ", device " + pending.device.text();
    if (context.output.is_json()) {
        context.prompter.tell(who + "\n  " + pending.words);
        return;
    }
    context.output.line(who, Tone::kBold);
    context.output.line("  " + pending.words);
}

void report(Context& context, const client::EnrolmentList& list,
            std::vector<protocol::JsonWriter> rows, std::string_view key) {
    if (list.pending.empty()) {
        context.output.line("No enrolment waits for this device's approval.");
    }
    if (list.refused > 0) {
        context.output.line(std::to_string(list.refused) +
                                " submissions do not hold (a wrong code, or somebody without it) "
                                "and are not shown.",
                            Tone::kWarning);
    }
    protocol::JsonWriter json;
    json.integer("refused", list.refused).objects(key, std::move(rows));
    context.output.json(std::move(json));
}

bool approve_one(Context& context, client::Enrolments& enrolments,
                 const client::PendingEnrolment& pending, const Arguments& arguments) {
    const std::string question =
        "Does " + pending.name + " read you exactly these words from their own screen?";
    if (!do_words_agree(context, arguments, pending.words, question)) {
        context.output.line("  Left alone.");
        return false;
    }
    during(Situation::kEnrolment, [&] { enrolments.approve(pending); });
    context.output.line("  Approved.", Tone::kGood);
    return true;
}

void approve(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Enrolments enrolments(session.vault());
    const client::EnrolmentList list =
        during(Situation::kEnrolment, [&] { return enrolments.list(); });
    const bool only_lists = arguments.has("--list");
    std::vector<protocol::JsonWriter> rows;
    for (const client::PendingEnrolment& pending : list.pending) {
        show_pending(context, pending);
        if (only_lists || approve_one(context, enrolments, pending, arguments)) {
            rows.push_back(pending_json(pending));
        }
    }
    if (rows.empty() && !list.pending.empty()) {
        throw words_refused(arguments);
    }
    report(context, list, std::move(rows), only_lists ? "pending" : "approved");
}

}  // namespace

std::vector<Command> enrolment_commands() {
    return {{.noun = "invite",
             .verb = "",
             .help = "Invite a person or another device: a file and a code, by two ways",
             .arguments = {{"--role", Take::kNeeded, "admin, coordinator or auditor"},
                           {"--name", Take::kValue, "Name of a new person"},
                           {"--person", Take::kValue, "Id of a person who gets another device"},
                           {"-o,--output", Take::kNeeded, "File to write; must not exist"}},
             .run = invite},
            {.noun = "enrol",
             .verb = "",
             .help = "Enter a vault with an invitation file and its code",
             .arguments = {{"FILE", Take::kWord, "The invitation"},
                           {"--code-file", Take::kValue, "File with the code (else asked for)"},
                           {"--no-wait", Take::kFlag, "Do not wait for the approval"}},
             .run = enrol},
            {.noun = "approve",
             .verb = "",
             .help = "Take in devices that this device invited, after comparing words",
             .arguments = {{"--list", Take::kFlag, "Only list those that wait"},
                           {"--yes-words", Take::kValues,
                            "The eight words of a device, instead of a question"}},
             .run = approve}};
}

}  // namespace valv::cli
