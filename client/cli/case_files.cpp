#include "client/casework/import.h"
#include "client/cli/session.h"
#include "client/lib/export.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

constexpr std::size_t kMaxRecordBytes = 4 * limits::kMiB;  // docs/casework.md 3.1

// Wiped when done: it is somebody's whole journey.
crypto::SecretBytes read_record_file(const std::string& file) {
    return during(Situation::kRecordFile,
                  [&] { return local::read_secret_file(file, kMaxRecordBytes); });
}

// The merged record, or RecordRefused with every refusal.
casework::Record merged(const crypto::SecretBytes& file, const casework::Record& existing,
                        Context& context) {
    casework::DecodedRecord decoded = casework::decode_import(
        as_text(file.reveal()), existing, context.environment.places, context.now());
    if (decoded.read_only_newer_format || !decoded.record) {
        throw RecordRefused(std::move(decoded.refusals));
    }
    return std::move(*decoded.record);
}

void import_record(Context& context, const Arguments& arguments) {
    const crypto::SecretBytes file = read_record_file(arguments.text("FILE"));
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const client::RecordState state = change_record(
        opened, [&](const casework::Record& existing) { return merged(file, existing, context); });
    context.output.line("Taken over as record " + std::to_string(state.head.number) + " of " +
                            state.record.facts.reference + ".",
                        Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("reference", state.record.facts.reference);
    json.integer("record", state.head.number);
    context.output.json(std::move(json));
}

void export_folder(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const std::string folder = arguments.text("DIR");
    {
        ProgressBar bar(context.notes, context.environment.clock, "Exporting");
        during(Situation::kExportFolder, [&] { client::export_case(opened, folder, bar.watch()); });
    }
    context.output.line("Exported: case.json, case.txt (the keys) and documents/ID.age.",
                        Tone::kGood);
    context.output.line("Stock age opens each paper: age -d -i case.txt documents/ID.age");
    context.output.line(
        "Everything there is in the clear or opens with what lies beside it: keep "
        "it like the papers themselves.",
        Tone::kWarning);
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("folder", folder);
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> case_file_commands() {
    return {{.noun = "case",
             .verb = "import",
             .help = "Take over a record written as JSON; all of it or nothing",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"FILE", Take::kWord, "The record, as case export writes it"}},
             .run = import_record},
            {.noun = "case",
             .verb = "export",
             .help = "Record, keys and papers into a folder that stock age opens",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"DIR", Take::kWord, "New or empty folder"}},
             .run = export_folder}};
}

}  // namespace valv::cli
