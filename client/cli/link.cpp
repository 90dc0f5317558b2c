#include "client/cli/link_text.h"
#include "client/cli/session.h"

namespace valv::cli {
namespace {

LinkId link_id(const Arguments& arguments) {
    return during(Situation::kLink, [&] { return LinkId::parse(arguments.text("LINK")); });
}

void list(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const casework::Record record = opened.read_record().record;
    const Instant now = context.now();
    Table table({"RECIPIENT", "AUDIENCE", "STATE", "OPENED", "UNTIL", "LINK"});
    std::vector<protocol::JsonWriter> rows;
    for (const client::LinkView& view : client::Links(opened).list()) {
        table.add({recipient_text(view, record),
                   view.row ? std::string(word(view.row->audience)) : "",
                   state_text(view.state, now),
                   std::to_string(view.state.opens) + "/" + std::to_string(view.state.max_opens),
                   time_text(view.state.not_after), view.id.text()});
        rows.push_back(link_json(view, now));
    }
    if (table.empty()) {
        context.output.line("The case has no links.");
    } else {
        context.output.table(table);
    }
    protocol::JsonWriter json;
    json.objects("links", std::move(rows));
    context.output.json(std::move(json));
}

void show_openings(Output& output, const client::LinkView& view) {
    if (view.openings.empty()) {
        return;
    }
    Table table({"OPENED", "BY DEVICE", "NETWORK", ""});
    for (const client::LinkOpening& opening : view.openings) {
        table.add({time_text(opening.at), std::to_string(opening.holder), opening.network,
                   opening.is_provable ? "proved by URL and code" : "no longer provable"});
    }
    output.table(table);
}

void show(Context& context, const Arguments& arguments) {
    const LinkId id = link_id(arguments);
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const casework::Record record = opened.read_record().record;
    const client::LinkView view =
        during(Situation::kLink, [&] { return client::Links(opened).show(id); });
    const Instant now = context.now();
    context.output.line("Link to " + recipient_text(view, record), Tone::kBold);
    show_state(context.output, view.state, now);
    show_openings(context.output, view);
    context.output.json(link_json(view, now));
}

void revoke(Context& context, const Arguments& arguments) {
    const LinkId id = link_id(arguments);
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const client::LinkView view =
        during(Situation::kLink, [&] { return client::Links(opened).revoke(id); });
    context.output.line("Withdrawn, at once. What the recipient has saved stays with them.",
                        Tone::kGood);
    context.output.json(link_json(view, context.now()));
}

}  // namespace

std::vector<Command> link_commands() {
    const ArgumentSpec in_case{"CASE", Take::kWord, "Id or reference"};
    const ArgumentSpec id{"LINK", Take::kWord, "Id of the link"};
    return {{.noun = "link",
             .verb = "list",
             .help = "The links of a case and how often each was opened",
             .arguments = {in_case},
             .run = list},
            {.noun = "link",
             .verb = "show",
             .help = "One link with every opening",
             .arguments = {in_case, id},
             .run = show},
            {.noun = "link",
             .verb = "revoke",
             .help = "Withdraw a link at once",
             .arguments = {in_case, id},
             .run = revoke}};
}

}  // namespace valv::cli
