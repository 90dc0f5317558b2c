#include <filesystem>

#include "client/cli/package_text.h"
#include "client/cli/session.h"
#include "client/lib/link_opener.h"

namespace valv::cli {
namespace {

constexpr std::size_t kDigits = limits::kCodeDigits;

client::LinkOpener opener_from(Context& context, const Arguments& arguments) {
    const crypto::SecretBytes url =
        secret_from(context, arguments, "--url-file",
                    "Paste the whole link (it is not shown): ", local::Echo::kNo);
    return during(Situation::kLinkUrl, [&] {
        return client::LinkOpener(context.environment, client::HolderStore(context.folders.holders),
                                  url.reveal());
    });
}

std::optional<sealed::DigitCode> code_from(Context& context, const Arguments& arguments) {
    const crypto::SecretBytes text =
        secret_from(context, arguments, "--code-file",
                    "Code of 12 digits that the sender told you: ", local::Echo::kYes);
    std::optional<sealed::DigitCode> code = sealed::DigitCode::from_text(text.reveal(), kDigits);
    if (!code) {
        throw UsageError(Usage::kBadCode, std::to_string(kDigits));
    }
    return code;
}

// Before the code is asked for: an ended link says so at once, and a used-up one opens only for the
// device that opened it.
void greet(Context& context, client::LinkOpener& opener) {
    const protocol::Welcome welcome = during(Situation::kOpenLink, [&] { return opener.hello(); });
    if (welcome.state == protocol::HelloState::kUsedUp && !context.output.is_json()) {
        context.output.note(
            "This link has been opened as often as it allows; it opens only if this "
            "computer opened it and its reading time still runs.");
    }
    if (welcome.state == protocol::HelloState::kLocked && !context.output.is_json()) {
        context.output.note(
            "This link is locked after many wrong codes; it opens only if this "
            "computer opened it and its reading time still runs.");
    }
}

void show_head(Output& output, const client::OpenedLink& opened) {
    const client::Package& package = opened.package();
    const protocol::Lease& lease = opened.lease();
    output.line("Papers for " + package.recipient_name, Tone::kBold);
    output.line(package.title);
    output.line("From           " + package.sender_name + ", " + package.sender_organisation);
    output.line("Copy made on   " + time_text(package.made_at));
    output.line("Can be opened  until " + time_text(package.policy.not_after));
    output.line("This was opening " + std::to_string(lease.opens) + " of " +
                std::to_string(lease.maximum) + ". On this computer you can come back until " +
                time_text(lease.until) + " without using up another.");
    output.line(
        "Checked: it comes from the sender, nothing has been changed on the way, and this "
        "opening stands in the sender's log.",
        Tone::kGood);
    if (package.note) {
        output.line();
        output.line("Note from the sender", Tone::kBold);
        output.line(*package.note);
    }
}

void show_closed(Output& output, const client::ClosedPart& closed) {
    const auto opens_at = closed.opens_at ? closed.opens_at : closed.part.opens_at;
    if (closed.has_ended) {
        output.line(closed.part.name + " is no longer open.");
    } else if (opens_at) {
        output.line(closed.part.name + " opens on " + time_text(*opens_at) + ".");
    } else {
        output.line(closed.part.name + " is not open yet.");
    }
}

void show_papers(Output& output, const std::vector<client::LinkPaper>& papers) {
    if (papers.empty()) {
        return;
    }
    output.line();
    output.line("Papers", Tone::kBold);
    Table table({"NAME", "KIND", "SIZE"});
    for (const client::LinkPaper& paper : papers) {
        table.add({paper.paper.name, paper.paper.kind, size_text(paper.paper.size)});
    }
    output.table(table);
}

void show_package(Output& output, const client::OpenedLink& opened) {
    if (output.is_json()) {
        return;
    }
    show_head(output, opened);
    for (const client::Part& part : opened.parts()) {
        output.line();
        output.text(find_part_text(part.view).value_or(
            "The travel plan was written by a newer Resvalv: open the link "
            "in a browser to read it.\n"));
    }
    for (const client::ClosedPart& closed : opened.closed_parts()) {
        show_closed(output, closed);
    }
    show_papers(output, opened.papers());
    if (const auto by = opened.package().policy.reply_expected_by) {
        output.line("The sender asks you to confirm by " + time_text(*by) +
                    ": open the link in a browser to answer, or telephone.");
    }
}

// Names come checked as plain file names (package.h), so they stay in the folder.
std::vector<std::string> save_papers(Context& context, client::OpenedLink& opened,
                                     const std::string& folder, local::Overwrite overwrite) {
    std::vector<std::string> saved;
    during(Situation::kOutputFile, [&] { local::make_private_folder(folder); });
    for (const client::LinkPaper& paper : opened.papers()) {
        const std::filesystem::path target = std::filesystem::path(folder) / paper.paper.name;
        ProgressBar bar(context.notes, context.environment.clock, paper.paper.name);
        during(Situation::kOpenLink, [&] {
            during(Situation::kOutputFile,
                   [&] { opened.save(paper.paper.row, target, overwrite, bar.watch()); });
        });
        saved.push_back(paper.paper.name);
    }
    context.output.line((saved.size() == 1 ? std::string("1 paper is saved")
                                           : std::to_string(saved.size()) + " papers are saved") +
                            ". Keep them to yourself, and delete copies that you no longer need.",
                        Tone::kGood);
    return saved;
}

void save_receipt(Context& context, const client::OpenedLink& opened, const std::string& file,
                  const Arguments& arguments) {
    during(Situation::kOutputFile, [&] {
        local::OutputFile output(
            file, arguments.has("--force") ? local::Overwrite::kYes : local::Overwrite::kNo);
        output.write(as_bytes(opened.receipt()));
        output.commit();
    });
    context.output.line("The receipt is saved: it proves that the sender's log tells this opening.",
                        Tone::kGood);
}

protocol::JsonWriter parts_json(const client::Part& part) {
    std::vector<protocol::JsonWriter> papers;
    for (const client::SharedPaper& paper : part.documents) {
        papers.emplace_back()
            .integer("row", paper.row)
            .text("name", paper.name)
            .text("kind", paper.kind)
            .text("media_type", paper.media_type)
            .integer("size", paper.size);
    }
    protocol::JsonWriter json;
    json.text("name", part.name).raw("view", part.view).objects("papers", std::move(papers));
    return json;
}

protocol::JsonWriter opened_json(const client::OpenedLink& opened,
                                 const std::vector<std::string>& saved) {
    const client::Package& package = opened.package();
    std::vector<protocol::JsonWriter> parts;
    for (const client::Part& part : opened.parts()) {
        parts.push_back(parts_json(part));
    }
    protocol::JsonWriter json;
    json.id("link", package.link).text("title", package.title);
    json.text("recipient", package.recipient_name).text("sender", package.sender_name);
    json.text("organisation", package.sender_organisation).text_if("note", package.note);
    json.instant("made_at", package.made_at).instant("not_after", package.policy.not_after);
    json.instant_if("reply_expected_by", package.policy.reply_expected_by);
    json.integer("opens", opened.lease().opens).integer("maximum", opened.lease().maximum);
    json.instant("lease_until", opened.lease().until).boolean("verified", true);
    json.texts("saved", saved).objects("parts", std::move(parts));
    return json;
}

void open(Context& context, const Arguments& arguments) {
    client::LinkOpener opener = opener_from(context, arguments);
    greet(context, opener);
    std::optional<sealed::DigitCode> code;
    if (opener.needs_code()) {
        code = code_from(context, arguments);
    }
    client::OpenedLink opened = during(Situation::kOpenLink, [&] { return opener.open(code); });
    show_package(context.output, opened);
    std::vector<std::string> saved;
    if (const auto folder = arguments.text_if("--output")) {
        const local::Overwrite overwrite =
            arguments.has("--force") ? local::Overwrite::kYes : local::Overwrite::kNo;
        saved = save_papers(context, opened, *folder, overwrite);
    }
    if (const auto receipt = arguments.text_if("--receipt")) {
        save_receipt(context, opened, *receipt, arguments);
    }
    context.output.json(opened_json(opened, saved));
}

}  // namespace

std::vector<Command> link_open_commands() {
    return {{.noun = "link",
             .verb = "open",
             .help = "Open a link that you received; needs no profile",
             .arguments = {{"--url-file", Take::kValue, "File with the link (else asked for)"},
                           {"--code-file", Take::kValue, "File with the code (else asked for)"},
                           {"-o,--output", Take::kValue, "Folder to save the papers in"},
                           {"--receipt", Take::kValue,
                            "File for the proof that the sender's log tells this opening"},
                           {"--force", Take::kFlag, "Replace files that are there"}},
             .run = open}};
}

}  // namespace valv::cli
