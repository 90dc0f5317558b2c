#include <algorithm>

#include "client/casework/zones.h"
#include "client/cli/case_text.h"
#include "client/cli/erased_text.h"
#include "client/cli/session.h"
#include "client/lib/cases.h"

namespace valv::cli {
namespace {

// ---- case new ----

casework::Person first_person(Context& context, const Arguments& arguments) {
    casework::Person person{.id = "p1"};
    person.name.given =
        text_from(context, arguments, "--given", "Given name of the returning person: ");
    person.name.family = arguments.text_if("--family");
    person.sex = arguments.word_if<casework::Sex>("--sex").value_or(casework::Sex::kX);
    person.citizenships = arguments.list("--citizenship");
    person.languages = arguments.list("--speaks");
    if (person.languages.empty()) {
        person.languages = {"en"};
    }
    person.birth_date = arguments.date_if("--born");
    if (!person.birth_date) {
        const auto years = arguments.count_if("--age", 0, 120);
        if (!years) {
            throw UsageError(Usage::kTogether,
                             "Give --born DATE, or --age YEARS when the date is not known");
        }
        person.estimated_age = {.years = *years, .on = casework::today_at(context.now())};
    }
    return person;
}

casework::Record new_record(Context& context, const Arguments& arguments) {
    casework::Record record;
    record.facts.reference = arguments.text("--reference");
    record.facts.opened_on =
        arguments.date_if("--opened-on").value_or(casework::today_at(context.now()));
    record.facts.language = arguments.word_if<casework::DeskLanguage>("--language")
                                .value_or(casework::DeskLanguage::kSv);
    record.origin.country = arguments.text_if("--from").value_or("SE");
    record.destination = {.country = arguments.text("--to"),
                          .place = arguments.text("--place"),
                          .zone = arguments.text("--zone"),
                          .address = {}};
    record.persons = {first_person(context, arguments)};
    return record;
}

void create(Context& context, const Arguments& arguments) {
    casework::Record record = new_record(context, arguments);
    std::vector<casework::Refusal> refusals =
        casework::check_record(record, context.environment.places, context.now());
    if (!refusals.empty()) {
        throw RecordRefused(std::move(refusals));
    }
    const std::string reference = record.facts.reference;
    Session session(context);
    const CaseId id = during(
        Situation::kCase, [&] { return client::Cases(session.vault()).create(std::move(record)); });
    context.output.line("Case " + reference + " is made: " + id.text(), Tone::kGood);
    context.output.line(
        "Fill it with `resvalv case import`, and share it with `resvalv case "
        "share`: until then only this device opens it.");
    protocol::JsonWriter json;
    json.id("case", id).text("reference", reference);
    context.output.json(std::move(json));
}

// ---- case list ----

// A row for each case; one that does not pass its checks is a row too, and decides the exit code.
class CaseList {
public:
    void add(const client::CaseSummary& summary, client::Case& opened) {
        const casework::Record record = opened.read_record().record;
        const protocol::Retention retention = client::read_retention(opened).decision;
        const casework::CaseFacts& facts = record.facts;
        table_.add({facts.reference, std::string(word(facts.phase)),
                    std::string(word(facts.status)), std::to_string(record.documents.size()),
                    kept_text(retention), summary.id.text()});
        protocol::JsonWriter& row = rows_.emplace_back();
        row.id("case", summary.id)
            .text("reference", facts.reference)
            .text("phase", word(facts.phase))
            .text("status", word(facts.status))
            .integer("documents", record.documents.size())
            .integer("epoch", summary.epoch)
            .integer("record", summary.record);
        row.instant_if("erase_after", retention.erase_after)
            .boolean("on_hold", retention.held_by.has_value());
    }
    void add_failed(const client::CaseSummary& summary, const Error& error) {
        const Failure failure = describe(error);
        table_.add({"(not shown)", failure.error, "", "", "", summary.id.text()});
        rows_.push_back(to_json(failure));
        failure_ = failure_ ? failure_ : std::current_exception();
    }
    void show(Output& output, std::vector<protocol::JsonWriter> erased) {
        if (table_.empty()) {
            output.line("No case is shared with this device.");
        } else {
            output.table(table_);
        }
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        protocol::JsonWriter json;
        json.objects("cases", std::move(rows_)).objects("erased", std::move(erased));
        output.json(std::move(json));
    }

private:
    Table table_{{"REFERENCE", "PHASE", "STATUS", "PAPERS", "KEPT", "CASE"}};
    std::vector<protocol::JsonWriter> rows_;
    std::exception_ptr failure_;
};

void list(Context& context, const Arguments& /*arguments*/) {
    Session session(context);
    client::Cases cases(session.vault());
    CaseList rows;
    for (const client::CaseSummary& summary : cases.list()) {
        try {
            client::Case opened = cases.open(summary.id);
            rows.add(summary, opened);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::kTampered) {
                throw;
            }
            rows.add_failed(summary, error);
        }
    }
    rows.show(context.output, tell_erased(session));
}

// ---- case show ----

void show_persons(Output& output, const casework::Record& record) {
    Table table({"ID", "PERSON", "ROLE"});
    for (const casework::Person& person : record.persons) {
        table.add({person.id, person_name(person.name), std::string(word(person.role))});
    }
    output.table(table);
}

void show_access(Session& session, const client::Case& opened) {
    Table table({"PERSON", "ROLE", "STATUS", "DEVICE"});
    for (const DeviceId& device : opened.members()) {
        const crypto::DeviceLine* const line = session.vault().directory().find_device(device);
        table.add(
            {session.name_of(device), line == nullptr ? "" : std::string(to_string(line->role)),
             line == nullptr ? "unknown" : std::string(to_string(line->status)), device.text()});
    }
    session.context().output.line("Who opens it", Tone::kBold);
    session.context().output.table(table);
}

void show_retention(Session& session, const casework::CaseFacts& facts,
                    const protocol::Retention& decision) {
    Output& output = session.context().output;
    if (decision.erase_after) {
        output.line("Closed, kept until " + casework::to_text(last_day(*decision.erase_after)) +
                    "; then the server erases it");
    }
    if (decision.held_by) {
        std::string text = "Legal hold, set by " + session.name_of(*decision.held_by);
        if (facts.legal_hold_reason && facts.legal_hold_review_on) {
            text += ": " + *facts.legal_hold_reason + ", review on " +
                    casework::to_text(*facts.legal_hold_review_on);
        }
        output.line(text, Tone::kWarning);
    }
}

void add_retention(protocol::JsonWriter& json, Session& session,
                   const protocol::Retention& decision) {
    json.instant_if("erase_after", decision.erase_after);
    json.boolean("on_hold", decision.held_by.has_value());
    if (decision.held_by) {
        json.text("held_by", session.name_of(*decision.held_by));
    }
}

protocol::JsonWriter case_json(Session& session, const client::Case& opened,
                               const client::RecordState& state) {
    std::vector<protocol::JsonWriter> members;
    for (const DeviceId& device : opened.members()) {
        const crypto::DeviceLine* const line = session.vault().directory().find_device(device);
        members.emplace_back()
            .id("device", device)
            .text("name", session.name_of(device))
            .boolean("active", line != nullptr && line->is_active());
    }
    const casework::Record& record = state.record;
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("reference", record.facts.reference);
    json.text("phase", word(record.facts.phase)).text("status", word(record.facts.status));
    json.text("language", word(record.facts.language)).text("from", record.origin.country);
    json.text("to", record.destination.country).text("place", record.destination.place);
    json.integer("persons", record.persons.size()).integer("legs", record.legs.size());
    json.integer("documents", record.documents.size()).integer("links", record.links.size());
    json.integer("epoch", opened.epoch()).integer("record", state.head.number);
    json.text("changed_by", session.name_of(state.signer));
    json.boolean("read_only", state.read_only_newer_format);
    json.objects("access", std::move(members));
    return json;
}

void show_facts(Session& session, const client::Case& opened, const client::RecordState& state) {
    const casework::Record& record = state.record;
    Output& output = session.context().output;
    output.line(record.facts.reference, Tone::kBold);
    output.line("Case " + opened.id().text() + ", record " + std::to_string(state.head.number) +
                ", last changed by " + session.name_of(state.signer));
    if (state.read_only_newer_format) {
        output.line("Written by a newer Resvalv: shown as far as known, never changed here.",
                    Tone::kWarning);
    }
    output.line("Phase " + std::string(word(record.facts.phase)) + ", " +
                std::string(word(record.facts.status)) + ", opened on " +
                casework::to_text(record.facts.opened_on));
    output.line("From " + record.origin.country + " to " + record.destination.place + ", " +
                record.destination.country + " (" + record.destination.zone + ")");
    output.line(std::to_string(record.legs.size()) + " legs, " +
                std::to_string(record.documents.size()) + " papers, " +
                std::to_string(record.links.size()) + " links");
}

void show(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const client::RecordState state = opened.read_record();
    const protocol::Retention retention = client::read_retention(opened).decision;
    show_facts(session, opened, state);
    show_retention(session, state.record.facts, retention);
    show_persons(context.output, state.record);
    if (opened.needs_new_keys()) {
        context.output.line("Who left still knows the newest keys; the next change makes new ones.",
                            Tone::kWarning);
    }
    if (arguments.has("--access")) {
        show_access(session, opened);
    }
    protocol::JsonWriter json = case_json(session, opened, state);
    add_retention(json, session, retention);
    context.output.json(std::move(json));
}

const std::vector<ArgumentSpec>& new_arguments() {
    static const std::vector<ArgumentSpec> kArguments{
        {"--reference", Take::kNeeded, "Neutral reference, RV-2026-014"},
        {"--language", Take::kValue, "Of the desk's papers: sv (default) or en"},
        {"--opened-on", Take::kValue, "Date; default today"},
        {"--from", Take::kValue, "Country where the journey starts; default SE"},
        {"--to", Take::kNeeded, "Country of return, two letters"},
        {"--place", Take::kNeeded, "Town of return"},
        {"--zone", Take::kNeeded, "Its time zone, Europe/Bucharest"},
        {"--given", Take::kValue, "Given name of the first person (else asked for)"},
        {"--family", Take::kValue, "Family name"},
        {"--born", Take::kValue, "Birth date"},
        {"--age", Take::kValue, "Estimated age, when the date is not known"},
        {"--sex", Take::kValue, "female, male or x (default)"},
        {"--citizenship", Take::kValues, "Countries, two letters each"},
        {"--speaks", Take::kValues, "Languages, best first; default en"}};
    return kArguments;
}

}  // namespace

std::vector<Command> case_commands() {
    return {{.noun = "case",
             .verb = "new",
             .help = "Make a case with its first person",
             .arguments = new_arguments(),
             .run = create},
            {.noun = "case",
             .verb = "list",
             .help = "The cases that are shared with this device",
             .arguments = {},
             .run = list},
            {.noun = "case",
             .verb = "show",
             .help = "One case",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"--access", Take::kFlag, "Also who opens it"}},
             .run = show}};
}

}  // namespace valv::cli
