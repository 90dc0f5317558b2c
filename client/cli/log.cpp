#include <optional>

#include "client/cli/session.h"
#include "client/lib/log_audit.h"
#include "client/lib/log_export.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

constexpr std::size_t kMaxExportBytes = std::size_t{1} << 31U;  // some four million entries

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

// ---- log verify ----

void tell_unreadable(Output& output, std::uint64_t count, std::string_view why) {
    if (count > 0) {
        output.line(counted(count, "entry is", "entries are") + std::string(why));
    }
}

void verify_online(Context& context) {
    Session session(context);
    const client::LogReport report = client::verify_log(session.vault());
    Output& output = context.output;
    output.line("The log holds: its " + counted(report.size, "entry", "entries") +
                    " give the signed root and go on from what this device saw before, " +
                    counted(report.readable, "entry was", "entries were") +
                    " read and compared with their leaves, the directory's notes are all there, "
                    "and so are this device's own " +
                    counted(report.own_told, "write", "writes") + " of the last 90 days.",
                Tone::kGood);
    tell_unreadable(output, report.unreadable,
                    " of cases that this device does not see, or erased: their leaves are in the "
                    "tree, what they say was not read.");
    if (report.own_unchecked > 0) {
        output.line(counted(report.own_unchecked, "own write", "own writes") +
                        " could not be looked for, because this device has left the case.",
                    Tone::kWarning);
    }
    protocol::JsonWriter json;
    json.boolean("verified", true).integer("entries", report.size);
    json.integer("readable", report.readable).integer("unreadable", report.unreadable);
    json.integer("own_writes", report.own_told).integer("own_unchecked", report.own_unchecked);
    output.json(std::move(json));
}

crypto::NoteVerifier founder_from(const Arguments& arguments) {
    try {
        return crypto::parse_note_verifier(arguments.text("--founder"));
    } catch (const UsageError&) {
        throw;
    } catch (const Error&) {
        throw UsageError(Usage::kBadValue,
                         "--founder takes the founder's key as `resvalv vault status` shows it");
    }
}

Bytes read_export(const std::string& file) {
    return during(Situation::kLogFile, [&] {
        std::optional<Bytes> octets = local::read_file_if(file, kMaxExportBytes);
        if (!octets) {
            throw Error(ErrorCode::kNotFound, "log: no export file");
        }
        return std::move(*octets);
    });
}

void show_opens(Output& output, const std::vector<client::LoggedOpen>& opens) {
    if (opens.empty()) {
        output.line("No link was opened.");
        return;
    }
    output.line();
    output.line("Who opened which link", Tone::kBold);
    Table table({"WHEN", "LINK", "HOLDER", "NETWORK", "ENTRY"});
    for (const client::LoggedOpen& open : opens) {
        table.add({time_text(open.at), open.link.text(), std::to_string(open.holder), open.network,
                   std::to_string(open.index)});
    }
    output.table(table);
    output.line(
        "Not checked here: that the holder of the link's code signed each opening. The signature "
        "is shown to the case's members alone, whose `resvalv link show` checks it.");
}

protocol::JsonWriter audited_json(const client::AuditedExport& audited) {
    std::vector<protocol::JsonWriter> opens;
    for (const client::LoggedOpen& open : audited.opens) {
        opens.emplace_back()
            .integer("entry", open.index)
            .instant("at", open.at)
            .id("link", open.link)
            .integer("holder", open.holder)
            .text("network", open.network);
    }
    protocol::JsonWriter json;
    json.boolean("verified", true).id("vault", audited.vault);
    json.instant("exported_at", audited.exported_at).integer("entries", audited.head.size);
    json.octets("root", audited.head.root).integer("readable", audited.readable);
    json.integer("unreadable", audited.unreadable).integer("directory", audited.directory_notes);
    json.integer("earlier_heads", audited.earlier_heads).objects("opens", std::move(opens));
    json.boolean("signatures_of_opens_checked", false);
    return json;
}

void verify_offline(Context& context, const Arguments& arguments) {
    const crypto::NoteVerifier founder = founder_from(arguments);
    const Bytes file = read_export(arguments.text("--offline"));
    const client::AuditedExport audited = during(
        Situation::kLogFile, [&] { return client::verify_log_export(as_text(file), founder); });
    Output& output = context.output;
    output.line("The export holds: " + counted(audited.directory_notes, "note", "notes") +
                    " of the directory follow from the founder's key, the log's signature is by "
                    "the key that they name, its " +
                    counted(audited.head.size, "entry gives", "entries give") +
                    " the signed root, and it goes on from all " +
                    counted(audited.earlier_heads, "earlier state", "earlier states") +
                    " that an admin's note vouches for.",
                Tone::kGood);
    output.line("Vault " + audited.vault.text() + ", exported " + time_text(audited.exported_at));
    tell_unreadable(output, audited.unreadable,
                    " erased: the leaf is in the tree, what it said is gone.");
    show_opens(output, audited.opens);
    output.json(audited_json(audited));
}

void verify(Context& context, const Arguments& arguments) {
    if (arguments.has("--offline") != arguments.has("--founder")) {
        throw UsageError(Usage::kTogether, "--offline and --founder");
    }
    if (arguments.has("--offline")) {
        verify_offline(context, arguments);
    } else {
        verify_online(context);
    }
}

// ---- log show ----

void show(Context& context, const Arguments& /*arguments*/) {
    Session session(context);
    Table table({"ENTRY", "WHEN", "WHAT", "ABOUT"});
    std::vector<protocol::JsonWriter> rows;
    std::uint64_t unreadable = 0;
    client::read_log_entries(
        session.vault(), [&](std::uint64_t index, const protocol::LogEntry& entry) {
            if (!entry.is_readable()) {
                ++unreadable;
                return;
            }
            const crypto::LogEvent event = crypto::parse_log_event(entry.event);
            std::string fields;
            protocol::JsonWriter row;
            row.integer("entry", index).text("kind", event.kind).instant("at", event.at);
            for (const auto& [key, value] : event.fields) {
                fields += (fields.empty() ? "" : ", ") + key + " " + value;
                row.text(key, value);
            }
            table.add({std::to_string(index), time_text(event.at), event.kind, fields});
            rows.push_back(std::move(row));
        });
    context.output.table(table);
    tell_unreadable(context.output, unreadable,
                    " of cases that this device does not see, or erased.");
    protocol::JsonWriter json;
    json.objects("events", std::move(rows)).integer("unreadable", unreadable);
    context.output.json(std::move(json));
}

// ---- log export ----

void export_to_file(Context& context, const Arguments& arguments) {
    const local::Overwrite overwrite =
        arguments.has("--force") ? local::Overwrite::kYes : local::Overwrite::kNo;
    const std::string file = arguments.text("FILE");
    Session session(context);
    during(Situation::kOutputFile, [&] { local::OutputFile(file, overwrite); });
    const std::string text =
        during(Situation::kLogFile, [&] { return client::export_log(session.vault()); });
    during(Situation::kOutputFile, [&] {
        local::OutputFile output(file, overwrite);
        output.write(as_bytes(text));
        output.commit();
    });
    const std::uint64_t entries = session.vault().log_head().size;
    const std::string founder = session.vault().founder_key();
    context.output.line("The log is exported: " + counted(entries, "entry", "entries") +
                            ", without names or papers.",
                        Tone::kGood);
    context.output.line("To check it anywhere: resvalv log verify --offline FILE --founder " +
                        founder);
    protocol::JsonWriter json;
    json.integer("entries", entries).text("founder", founder);
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> log_commands() {
    return {{.noun = "log",
             .verb = "verify",
             .help = "Check the server's log, or an export of it without any server",
             .arguments = {{"--offline", Take::kValue, "File that `log export` wrote"},
                           {"--founder", Take::kValue,
                            "The founder's key, from `vault status`, for --offline"}},
             .run = verify},
            {.noun = "log",
             .verb = "show",
             .help = "What the log says: every event that this device may read",
             .arguments = {},
             .run = show},
            {.noun = "log",
             .verb = "export",
             .help = "Write the log to a file that an auditor checks without a server",
             .arguments = {{"FILE", Take::kWord, "File to write"},
                           {"--force", Take::kFlag, "Replace a file that is there"}},
             .run = export_to_file}};
}

}  // namespace valv::cli
