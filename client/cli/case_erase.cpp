// A case erased now, and the certificate of an erasure.
#include "client/cli/certificate_page.h"
#include "client/cli/session.h"
#include "client/lib/erasures.h"
#include "client/lib/retention.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

void refuse_held(Session& session, const casework::CaseFacts& facts,
                 const protocol::Retention& decision) {
    if (!decision.held_by) {
        return;
    }
    std::string text = session.name_of(*decision.held_by) + " set the legal hold";
    if (facts.legal_hold_reason && facts.legal_hold_review_on) {
        text += ": " + *facts.legal_hold_reason + " (review on " +
                casework::to_text(*facts.legal_hold_review_on) + ")";
    }
    session.context().output.note(text + ".");
    throw Error(ErrorCode::kOnHold, "case: on hold");
}

// The reference is typed, at the prompt or with --yes: never less than that.
void confirm_erasure(Context& context, const Arguments& arguments, const std::string& reference) {
    const std::string typed = text_from(
        context, arguments, "--yes",
        "Erase case " + reference +
            "? Nobody will be able to read it again, not even from backups after 7 days. Type the "
            "reference to erase it: ");
    if (typed != reference) {
        throw Stopped(Stop::kReferenceDiffers);
    }
}

// As --format and --lang say: the JSON where they say nothing.
crypto::SecretBytes in_form(Context& context, const Arguments& arguments,
                            const std::string& certificate) {
    const std::string form = arguments.text_if("--format").value_or("json");
    const auto language =
        arguments.word_if<casework::DeskLanguage>("--lang").value_or(casework::DeskLanguage::kSv);
    if (form == "pdf") {
        return during(Situation::kPrinting, [&] {
            return render_certificate(certificate, language, context.environment.python);
        });
    }
    if (form != "html" && form != "json") {
        throw UsageError(Usage::kBadValue, "--format takes json, pdf or html");
    }
    return crypto::SecretBytes::from(
        as_bytes(form == "html" ? certificate_page(certificate, language) : certificate + "\n"));
}

void write_certificate(const std::string& file, ByteView octets) {
    during(Situation::kOutputFile, [&] {
        local::OutputFile output(file, local::Overwrite::kNo);
        output.write(octets);
        output.commit();
    });
}

void check_output(const Arguments& arguments) {
    if (const auto file = arguments.text_if("--output")) {
        during(Situation::kOutputFile,
               [&] { (void)local::OutputFile(*file, local::Overwrite::kNo); });
    }
}

void show_certificate(Context& context, const Arguments& arguments, const CaseId& id,
                      const std::string& certificate) {
    if (const auto file = arguments.text_if("--output")) {
        write_certificate(*file, in_form(context, arguments, certificate).reveal());
        context.output.line("The certificate is written.");
    } else {
        context.output.line("Its certificate: `resvalv case certificate " + id.text() +
                            " -o FILE`.");
    }
    context.output.json_text(certificate);
}

void erase(Context& context, const Arguments& arguments) {
    check_output(arguments);
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const casework::Record record =
        during(Situation::kCase, [&] { return opened.read_record().record; });
    refuse_held(session, record.facts, client::read_retention(opened).decision);
    confirm_erasure(context, arguments, record.facts.reference);
    client::Erasures erasures(session.vault());
    const client::ErasedCase erased =
        during(Situation::kCase, [&] { return erasures.erase(opened); });
    const std::string certificate = erasures.certificate(erased);
    erasures.forget(erased);
    context.output.line("Erased: " + record.facts.reference + " with its " +
                            std::to_string(erased.documents) +
                            (erased.documents == 1 ? " paper." : " papers."),
                        Tone::kGood);
    show_certificate(context, arguments, erased.id, certificate);
}

// ---- certificate ----

CaseId case_id(const Arguments& arguments) {
    return during(Situation::kErasedCase, [&] { return CaseId::parse(arguments.text("CASE")); });
}

void certificate(Context& context, const Arguments& arguments) {
    const CaseId id = case_id(arguments);
    check_output(arguments);
    Session session(context);
    client::Erasures erasures(session.vault());
    for (const client::ErasedCase& erased : erasures.list()) {
        if (erased.id == id) {
            show_certificate(context, arguments, id, erasures.certificate(erased));
            return;
        }
    }
    throw Placed(Error(ErrorCode::kNotFound, "certificate: no such erasure"),
                 Situation::kErasedCase);
}

}  // namespace

std::vector<Command> case_erase_commands() {
    const ArgumentSpec in_case{"CASE", Take::kWord, "Id or reference"};
    return {{.noun = "case",
             .verb = "erase",
             .help = "Erase a case for good, now",
             .arguments = {in_case,
                           {"--yes", Take::kValue, "The case's reference, instead of a question"},
                           {"-o,--output", Take::kValue, "File for the certificate"}},
             .run = erase},
            {.noun = "case",
             .verb = "certificate",
             .help = "The certificate of an erased case, with its proof from the log",
             .arguments = {{"CASE", Take::kWord, "Id of the erased case"},
                           {"-o,--output", Take::kNeeded, "File to write"},
                           {"--format", Take::kValue, "json (without it), pdf or html"},
                           {"--lang", Take::kValue, "Language of the page, sv (without it) or en"}},
             .run = certificate}};
}

}  // namespace valv::cli
