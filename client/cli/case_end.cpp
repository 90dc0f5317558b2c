// The end of a case: closing, retention, hold, erasure and its certificate.
#include <charconv>

#include "client/casework/zones.h"
#include "client/cli/erased_text.h"
#include "client/cli/session.h"
#include "client/lib/erasures.h"
#include "client/lib/retention.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

constexpr std::uint32_t kMaxYears = 10;  // docs/casework.md 3.2

// ---- close, reopen ----

// --keep, else asked for: nothing is assumed.
std::uint32_t years_to_keep(Context& context, const Arguments& arguments) {
    if (const auto years = arguments.count_if("--keep", 0, kMaxYears)) {
        return *years;
    }
    const std::string answer = text_from(
        context, arguments, "--keep",
        "For how many years is the case kept before it is erased (0 to 10; 2 is usual)? ");
    std::uint32_t years = 0;
    const char* const end = answer.data() + answer.size();
    const auto [stop, error] = std::from_chars(answer.data(), end, years);
    if (error != std::errc() || stop != end || years > kMaxYears) {
        throw UsageError(Usage::kBadValue, "--keep takes whole years, 0 to 10");
    }
    return years;
}

client::RetentionState set_date(client::Case& opened, std::optional<Instant> erase_after) {
    return during(Situation::kCase, [&] {
        return client::update_retention(opened, [&](protocol::Retention decision) {
            decision.erase_after = erase_after;
            return decision;
        });
    });
}

void close(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const std::uint32_t years = years_to_keep(context, arguments);
    const client::RecordState state = change_record(opened, [&](casework::Record record) {
        casework::CaseFacts& facts = record.facts;
        if (facts.status != casework::CaseStatus::kClosed || !facts.closed_on) {
            facts.closed_on = casework::today_at(context.now());
        }
        facts.status = casework::CaseStatus::kClosed;
        facts.retention_years = years;
        return record;
    });
    const Instant erase_after = client::erase_after(*state.record.facts.closed_on, years);
    const client::RetentionState retention = set_date(opened, erase_after);
    const std::string day = casework::to_text(last_day(erase_after));
    context.output.line(state.record.facts.reference + " is closed and kept until " + day + ".",
                        Tone::kGood);
    context.output.line(retention.decision.held_by
                            ? "A legal hold stands: it is not erased before that is lifted."
                            : "After that day the server erases it, unless a legal hold is set "
                              "with `resvalv case hold`.");
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("kept_until", day).instant("erase_after", erase_after);
    json.boolean("on_hold", retention.decision.held_by.has_value());
    context.output.json(std::move(json));
}

// The server's date goes first: a case that is being worked on is never due.
void reopen(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    set_date(opened, std::nullopt);
    const client::RecordState state = change_record(opened, [](casework::Record record) {
        record.facts.status = casework::CaseStatus::kOpen;
        record.facts.closed_on.reset();
        record.facts.retention_years.reset();
        return record;
    });
    context.output.line(
        state.record.facts.reference + " is open again, and has no date of erasure.", Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("status", word(state.record.facts.status));
    context.output.json(std::move(json));
}

// ---- hold ----

void set_holder(client::Case& opened, std::optional<DeviceId> device) {
    during(Situation::kCase, [&] {
        (void)client::update_retention(opened, [&](protocol::Retention decision) {
            // Who set a hold stays named for as long as it stands.
            decision.held_by = device && decision.held_by ? decision.held_by : device;
            return decision;
        });
    });
}

void lift(Session& session, client::Case& opened) {
    const client::RecordState state = change_record(opened, [](casework::Record record) {
        record.facts.legal_hold.reset();
        record.facts.legal_hold_reason.reset();
        record.facts.legal_hold_review_on.reset();
        return record;
    });
    set_holder(opened, std::nullopt);
    Output& output = session.context().output;
    output.line("The legal hold on " + state.record.facts.reference + " is lifted.", Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).boolean("on_hold", false);
    output.json(std::move(json));
}

// The server is told first: from then on nothing is erased.
void set_hold(Session& session, client::Case& opened, const std::string& reason,
              casework::Date review) {
    set_holder(opened, session.profile().device());
    const client::RecordState state = change_record(opened, [&](casework::Record record) {
        record.facts.legal_hold = true;
        record.facts.legal_hold_reason = reason;
        record.facts.legal_hold_review_on = review;
        return record;
    });
    Output& output = session.context().output;
    output.line(state.record.facts.reference +
                    " is on legal hold: nothing erases it until the hold is lifted.",
                Tone::kGood);
    output.line("Look at it again on " + casework::to_text(review) + ".");
    protocol::JsonWriter json;
    json.id("case", opened.id()).boolean("on_hold", true);
    json.text("review_on", casework::to_text(review));
    output.json(std::move(json));
}

void hold(Context& context, const Arguments& arguments) {
    const std::optional<casework::Date> review = arguments.date_if("--review");
    const std::optional<std::string> reason = arguments.text_if("--reason");
    const bool is_lifted = arguments.has("--lift");
    if (is_lifted ? review || reason : !review || !reason) {
        throw UsageError(Usage::kTogether,
                         "Give --reason TEXT and --review DATE to set a hold, or --lift alone");
    }
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    if (is_lifted) {
        lift(session, opened);
    } else {
        set_hold(session, opened, *reason, *review);
    }
}

// ---- erase ----

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

void write_certificate(const std::string& file, const std::string& certificate) {
    during(Situation::kOutputFile, [&] {
        local::OutputFile output(file, local::Overwrite::kNo);
        output.write(as_bytes(certificate + "\n"));
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
        write_certificate(*file, certificate);
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

std::vector<Command> case_end_commands() {
    const ArgumentSpec in_case{"CASE", Take::kWord, "Id or reference"};
    return {{.noun = "case",
             .verb = "close",
             .help = "Close a case, and say how long it is kept",
             .arguments = {in_case, {"--keep", Take::kValue, "Years, 0 to 10 (else asked for)"}},
             .run = close},
            {.noun = "case",
             .verb = "reopen",
             .help = "Take a closed case up again, without a date of erasure",
             .arguments = {in_case},
             .run = reopen},
            {.noun = "case",
             .verb = "hold",
             .help = "Set or lift a legal hold, which stops the erasure",
             .arguments = {in_case,
                           {"--reason", Take::kValue, "Why, in one line"},
                           {"--review", Take::kValue, "Date to look at it again"},
                           {"--lift", Take::kFlag, "Lift the hold that stands"}},
             .run = hold},
            {.noun = "case",
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
                           {"-o,--output", Take::kNeeded, "File to write"}},
             .run = certificate}};
}

}  // namespace valv::cli
