#include "client/casework/checklist.h"

#include "client/cli/session.h"
#include "client/lib/links.h"

namespace valv::cli {
namespace {

using casework::MarkState;

// Opens, locks and revocations of links come into the record before the rules look at it
// (docs/casework.md 3.2). An auditor reads only, and sees the record as it stands.
void take_link_events(Session& session, client::Case& opened, const client::RecordState& state) {
    const bool may_write = session.vault().own_line().role != crypto::Role::kAuditor;
    if (may_write && !state.read_only_newer_format && !state.record.links.empty()) {
        (void)client::Links(opened).copy_events_to_record();
    }
}

bool is_json_wanted(const Output& output, const Arguments& arguments) {
    const std::string format =
        arguments.text_if("--format").value_or(output.is_json() ? "json" : "text");
    if (format != "json" && format != "text") {
        throw UsageError(Usage::kBadValue, "--format takes text or json");
    }
    return format == "json";
}

void show(Context& context, const Arguments& arguments) {
    const bool is_json = is_json_wanted(context.output, arguments);
    const auto language = arguments.word_if<casework::DeskLanguage>("--lang");
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    take_link_events(session, opened, opened.read_record());
    const casework::Record record = opened.read_record().record;
    const Instant now = context.now();
    const std::vector<casework::Item> items = casework::make_checklist(record, now);
    const casework::DeskLanguage spoken = language.value_or(record.facts.language);
    const casework::Show what =
        arguments.has("--all") ? casework::Show::kAll : casework::Show::kOpen;
    if (is_json) {
        context.output.answer(casework::checklist_json(record, items, spoken, now, what));
    } else {
        context.output.answer(casework::checklist_text(record, items, spoken, now, what));
    }
}

void mark(Context& context, const Arguments& arguments, MarkState state) {
    casework::ItemMark wanted{
        .item = arguments.text("ITEM"), .state = state, .reason = arguments.text_if("--reason")};
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    wanted.by = session.own_name();
    wanted.at = context.now();
    change_record(opened, [&](casework::Record record) {
        auto marked = casework::with_item_state(std::move(record), wanted);
        if (const auto* const refusal = std::get_if<casework::Refusal>(&marked)) {
            throw RecordRefused({*refusal});
        }
        return std::move(std::get<casework::Record>(marked));
    });
    context.output.line("Marked as " + std::string(word(state)) + ".", Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("item", wanted.item).text("state", word(state));
    context.output.json(std::move(json));
}

std::vector<ArgumentSpec> mark_arguments(Take reason) {
    return {{"CASE", Take::kWord, "Id or reference"},
            {"ITEM", Take::kWord, "Id of the item, as the list shows it"},
            {"--reason", reason, "At least 10 characters"}};
}

Command mark_command(std::string verb, std::string help, MarkState state, Take reason) {
    return {.noun = "checklist",
            .verb = std::move(verb),
            .help = std::move(help),
            .arguments = mark_arguments(reason),
            .run = [state](Context& context, const Arguments& arguments) {
                mark(context, arguments, state);
            }};
}

}  // namespace

std::vector<Command> checklist_commands() {
    return {
        {.noun = "checklist",
         .verb = "",
         .help = "What remains to be done in a case",
         .arguments = {{"CASE", Take::kWord, "Id or reference"},
                       {"--format", Take::kValue, "text or json"},
                       {"--lang", Take::kValue, "sv or en; default that of the case"},
                       {"--all", Take::kFlag, "Also what is done"}},
         .run = show},
        mark_command("done", "Tick an item", MarkState::kDone, Take::kValue),
        mark_command("waive", "Waive an item, with the reason", MarkState::kWaived, Take::kNeeded),
        mark_command("not-applicable", "Set an item aside, with the reason",
                     MarkState::kNotApplicable, Take::kNeeded)};
}

}  // namespace valv::cli
