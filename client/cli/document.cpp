#include <algorithm>
#include <filesystem>

#include "client/casework/kinds.h"
#include "client/cli/media_type.h"
#include "client/cli/session.h"
#include "client/lib/documents.h"

namespace valv::cli {
namespace {

// ---- add ----

std::string read_media_type(const std::string& file) {
    return during(Situation::kInputFile, [&] {
        local::ReadableFile source(file);
        Bytes front(kMediaTypeBytes);
        front.resize(source.read(front));
        return media_type_of(front, file);
    });
}

void check_kind(const std::string& kind) {
    if (casework::find_kind(kind) == nullptr) {
        throw UsageError(Usage::kBadValue,
                         "--kind takes a kind of paper such as passport, ticket or "
                         "medical-certificate (`resvalv document kinds` lists them)");
    }
}

casework::Document row_from(Context& context, const Arguments& arguments) {
    const std::string file = arguments.text("FILE");
    casework::Document row;
    row.name =
        arguments.text_if("--name").value_or(std::filesystem::path(file).filename().string());
    row.kind = arguments.text("--kind");
    check_kind(row.kind);
    row.media_type = read_media_type(file);
    row.about = arguments.text_if("--about");
    row.number = arguments.text_if("--number");
    row.issuing_country = arguments.text_if("--issuing-country");
    row.issued_on = arguments.date_if("--issued-on");
    row.valid_from = arguments.date_if("--valid-from");
    row.expires_on = arguments.date_if("--expires-on");
    row.made_at = arguments.instant_if("--made-at", context.now());
    if (arguments.has("--single-use")) {
        row.single_use = true;
    }
    if (const auto route = arguments.list("--valid-route"); !route.empty()) {
        row.valid_route = route;
    }
    return row;
}

// The rules of casework for the row, before anything is sealed or sent: what only the upload knows
// stands in by values that any row may have.
void check_row(Context& context, const casework::Record& record, casework::Document row) {
    casework::Record wanted = record;
    row.id = DocumentId::random(context.environment.random);
    row.size = 1;
    row.epoch = 1;
    row.file_key_hash = std::string(43, 'A');
    row.body_root = row.file_key_hash;
    row.added_at = context.now();
    wanted.documents.push_back(std::move(row));
    std::vector<casework::Refusal> refusals =
        casework::check_record(wanted, context.environment.places, context.now());
    if (!refusals.empty()) {
        throw RecordRefused(std::move(refusals));
    }
}

void add(Context& context, const Arguments& arguments) {
    casework::Document row = row_from(context, arguments);
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const client::RecordState state = opened.read_record();
    if (state.read_only_newer_format) {
        throw Stopped(Stop::kNewerFormat);
    }
    row.added_by = session.own_name();
    check_row(context, state.record, row);
    ProgressBar bar(context.notes, context.environment.clock, "Sending");
    const casework::Document added = during(Situation::kUpload, [&] {
        return client::Documents(opened).add(arguments.text("FILE"), row, bar.watch());
    });
    context.output.line("Kept: " + added.kind + ", " +
                            size_text(static_cast<std::uint64_t>(added.size)) + ", document " +
                            added.id.text(),
                        Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).id("document", added.id).text("kind", added.kind);
    json.text("media_type", added.media_type);
    json.integer("size", static_cast<std::uint64_t>(added.size));
    context.output.json(std::move(json));
}

// ---- get, list, remove ----

DocumentId document_id(const Arguments& arguments) {
    return during(Situation::kDocument, [&] { return DocumentId::parse(arguments.text("ID")); });
}

void get(Context& context, const Arguments& arguments) {
    const DocumentId id = document_id(arguments);
    const std::string file = arguments.text("--output");
    const local::Overwrite overwrite =
        arguments.has("--force") ? local::Overwrite::kYes : local::Overwrite::kNo;
    // Before anything is asked or fetched.
    during(Situation::kOutputFile, [&] { (void)local::OutputFile(file, overwrite); });
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    client::Documents documents(opened);
    const casework::Document row = during(Situation::kDocument, [&] { return documents.row(id); });
    {
        ProgressBar bar(context.notes, context.environment.clock, "Fetching");
        during(Situation::kOutputFile, [&] { documents.get(row, file, overwrite, bar.watch()); });
    }
    context.output.line(
        "Saved and checked: it is what was put in. Delete the copy when you no "
        "longer need it.",
        Tone::kGood);
    protocol::JsonWriter json;
    json.id("document", id).text("kind", row.kind).text("media_type", row.media_type);
    json.integer("size", static_cast<std::uint64_t>(row.size)).boolean("verified", true);
    context.output.json(std::move(json));
}

protocol::JsonWriter row_json(const casework::Document& row) {
    protocol::JsonWriter json;
    json.id("document", row.id).text("name", row.name).text("kind", row.kind);
    json.text("media_type", row.media_type);
    json.integer("size", static_cast<std::uint64_t>(row.size)).text_if("about", row.about);
    if (row.expires_on) {
        json.text("expires_on", casework::to_text(*row.expires_on));
    }
    json.text("added_by", row.added_by).instant("added_at", row.added_at);
    json.boolean("void", row.is_void.value_or(false));
    return json;
}

void list(Context& context, const Arguments& arguments) {
    Session session(context);
    const casework::Record record = session.open_case(arguments.text("CASE")).read_record().record;
    Table table({"KIND", "ABOUT", "EXPIRES", "SIZE", "NAME", "DOCUMENT"});
    std::vector<protocol::JsonWriter> rows;
    for (const casework::Document& row : record.documents) {
        table.add({row.kind + (row.is_void.value_or(false) ? " (void)" : ""),
                   row.about.value_or(""), row.expires_on ? casework::to_text(*row.expires_on) : "",
                   size_text(static_cast<std::uint64_t>(row.size)), row.name, row.id.text()});
        rows.push_back(row_json(row));
    }
    if (table.empty()) {
        context.output.line("The case has no papers yet.");
    } else {
        context.output.table(table);
    }
    protocol::JsonWriter json;
    json.objects("documents", std::move(rows));
    context.output.json(std::move(json));
}

void remove(Context& context, const Arguments& arguments) {
    const DocumentId id = document_id(arguments);
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    client::Documents documents(opened);
    const casework::Document row = during(Situation::kDocument, [&] { return documents.row(id); });
    if (!arguments.has("--yes") &&
        !is_confirmed(context, "Remove this " + row.kind +
                                   " for good, also from every link that shares it?")) {
        throw Stopped(Stop::kDeclined);
    }
    during(Situation::kDocument, [&] { documents.remove(id); });
    context.output.line("Removed.", Tone::kGood);
    protocol::JsonWriter json;
    json.id("document", id).boolean("removed", true);
    context.output.json(std::move(json));
}

void kinds(Context& context, const Arguments& /*arguments*/) {
    Table table({"KIND", "ENGLISH", "SVENSKA"});
    std::vector<protocol::JsonWriter> rows;
    for (const casework::Kind& kind : casework::all_kinds()) {
        table.add({std::string(kind.slug), std::string(kind.english), std::string(kind.swedish)});
        rows.emplace_back()
            .text("kind", kind.slug)
            .text("english", kind.english)
            .text("swedish", kind.swedish);
    }
    context.output.table(table);
    protocol::JsonWriter json;
    json.objects("kinds", std::move(rows));
    context.output.json(std::move(json));
}

std::vector<ArgumentSpec> add_arguments() {
    return {
        {"CASE", Take::kWord, "Id or reference"},
        {"FILE", Take::kWord, "The paper; the same command goes on after a cut"},
        {"--kind", Take::kNeeded, "passport, ticket, …"},
        {"--about", Take::kValue, "Local id of the person or escort, p1"},
        {"--name", Take::kValue, "Name in the list; default the file's. Recipients never see it"},
        {"--number", Take::kValue, "Of the document"},
        {"--issuing-country", Take::kValue, "Two letters"},
        {"--issued-on", Take::kValue, "Date"},
        {"--valid-from", Take::kValue, "Date"},
        {"--expires-on", Take::kValue, "Date"},
        {"--made-at", Take::kValue, "Time, of a paper that a program made"},
        {"--single-use", Take::kFlag, "For one journey only"},
        {"--valid-route", Take::kValues, "Countries it is valid for"}};
}

}  // namespace

std::vector<Command> document_commands() {
    const ArgumentSpec in_case{"CASE", Take::kWord, "Id or reference"};
    const ArgumentSpec id{"ID", Take::kWord, "Id of the document"};
    return {{.noun = "document",
             .verb = "add",
             .help = "Seal a paper and put it into the case",
             .arguments = add_arguments(),
             .run = add},
            {.noun = "document",
             .verb = "get",
             .help = "Fetch a paper, check it, and save it opened",
             .arguments = {in_case,
                           id,
                           {"-o,--output", Take::kNeeded, "File to write"},
                           {"--force", Take::kFlag, "Replace the file if it is there"}},
             .run = get},
            {.noun = "document",
             .verb = "list",
             .help = "The papers of a case",
             .arguments = {in_case},
             .run = list},
            {.noun = "document",
             .verb = "remove",
             .help = "Remove a paper for good",
             .arguments = {in_case, id, {"--yes", Take::kFlag, "Do not ask"}},
             .run = remove},
            {.noun = "document",
             .verb = "kinds",
             .help = "The kinds of papers and their names",
             .arguments = {},
             .run = kinds}};
}

}  // namespace valv::cli
