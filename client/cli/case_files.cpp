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
casework::DecodedImport merged(const crypto::SecretBytes& file, const casework::ImportOver& over,
                               Context& context) {
    casework::DecodedImport decoded = casework::decode_import(
        as_text(file.reveal()), over, context.environment.places, context.now());
    if (!decoded.record) {
        throw RecordRefused(std::move(decoded.refusals));
    }
    return decoded;
}

// The record that the file started from; the newest unless the command names another.
client::RecordState base_of(client::Case& opened, const Arguments& arguments) {
    constexpr std::uint32_t kMostRecords = 999'999'999;
    const auto number = arguments.count_if("--since", 1, kMostRecords);
    return during(Situation::kCase, [&] {
        const client::RecordState newest = opened.read_record();
        if (number && *number > newest.head.number) {
            throw UsageError(Usage::kBadValue,
                             "--since takes the number of a record of this case, as `resvalv case "
                             "export` printed it");
        }
        return number ? opened.read_record(*number) : newest;
    });
}

void print_import(Output& output, const client::RecordState& state,
                  const std::vector<std::string>& contested) {
    output.line("Taken over as record " + std::to_string(state.head.number) + " of " +
                    state.record.facts.reference + ".",
                Tone::kGood);
    if (!contested.empty()) {
        output.line("A colleague changed these too, and the file's stand; talk it over:",
                    Tone::kWarning);
    }
    protocol::JsonWriter json;
    json.id("case", state.record.facts.id).text("reference", state.record.facts.reference);
    json.integer("record", state.head.number).texts("contested", contested);
    for (const std::string& path : contested) {
        output.line("  " + path);
    }
    output.json(std::move(json));
}

void import_record(Context& context, const Arguments& arguments) {
    const crypto::SecretBytes file = read_record_file(arguments.text("FILE"));
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const client::RecordState base = base_of(opened, arguments);
    std::vector<std::string> contested;
    const client::RecordState state = change_record(opened, [&](const casework::Record& existing) {
        auto decoded = merged(file, {.base = base.record, .existing = existing}, context);
        contested = std::move(decoded.contested);
        return std::move(*decoded.record);
    });
    print_import(context.output, state, contested);
}

void export_folder(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const std::string folder = arguments.text("DIR");
    std::uint32_t record = 0;
    {
        ProgressBar bar(context.notes, context.environment.clock, "Exporting");
        during(Situation::kExportFolder,
               [&] { record = client::export_case(opened, folder, bar.watch()); });
    }
    context.output.line("Exported: case.json, case.txt (the keys) and documents/ID.age.",
                        Tone::kGood);
    context.output.line("case.json is record " + std::to_string(record) +
                        ": after changes in it, case import --since " + std::to_string(record) +
                        " keeps what colleagues wrote meanwhile.");
    context.output.line("Stock age opens each paper: age -d -i case.txt documents/ID.age");
    context.output.line(
        "Everything there is in the clear or opens with what lies beside it: keep "
        "it like the papers themselves.",
        Tone::kWarning);
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("folder", folder).integer("record", record);
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> case_file_commands() {
    return {{.noun = "case",
             .verb = "import",
             .help = "Take over a record written as JSON; all of it or nothing",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"FILE", Take::kWord, "The record, as case export writes it"},
                           {"--since", Take::kValue,
                            "The record that the file started from, to merge what changed since"}},
             .run = import_record},
            {.noun = "case",
             .verb = "export",
             .help = "Record, keys and papers into a folder that stock age opens",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"DIR", Take::kWord, "New or empty folder"}},
             .run = export_folder}};
}

}  // namespace valv::cli
