#include "client/cli/session.h"
#include "client/lib/words.h"

namespace valv::cli {
namespace {

protocol::JsonWriter member_json(Session& session, const crypto::DeviceLine& line) {
    protocol::JsonWriter json;
    json.text("name", session.name_of(line.person)).id("person", line.person);
    json.id("device", line.device).text("role", to_string(line.role));
    json.text("status", to_string(line.status));
    json.text("words", client::words_of(line.device.bytes()));
    json.boolean("own", line.device == session.profile().device());
    return json;
}

void list(Context& context, const Arguments& /*arguments*/) {
    Session session(context);
    Table table({"NAME", "ROLE", "STATUS", "PERSON", "DEVICE", "WORDS"});
    std::vector<protocol::JsonWriter> rows;
    for (const crypto::DeviceLine& line : session.vault().directory().devices) {
        const bool is_own = line.device == session.profile().device();
        table.add({session.name_of(line.person) + (is_own ? " (this device)" : ""),
                   std::string(to_string(line.role)), std::string(to_string(line.status)),
                   line.person.text(), line.device.text(), client::words_of(line.device.bytes())});
        rows.push_back(member_json(session, line));
    }
    context.output.table(table);
    protocol::JsonWriter json;
    json.objects("members", std::move(rows));
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> member_commands() {
    return {{.noun = "member",
             .verb = "list",
             .help = "People and devices of the vault, with the words of their keys",
             .arguments = {},
             .run = list}};
}

}  // namespace valv::cli
