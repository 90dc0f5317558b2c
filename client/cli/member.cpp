#include "client/cli/rotation_text.h"
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

void check_admin(Session& session) {
    if (session.vault().own_line().role != crypto::Role::kAdmin) {
        throw Placed(Error(ErrorCode::kForbidden, "member: only an admin"), Situation::kPerson);
    }
}

// Who is meant, and the question whether it is meant.
void confirm_removal(Session& session, const std::vector<DeviceId>& devices,
                     const Arguments& arguments) {
    Context& context = session.context();
    for (const DeviceId& device : devices) {
        context.prompter.tell(session.name_of(device) + ", device " + device.text());
    }
    if (!arguments.has("--yes") &&
        !is_confirmed(context, "Take out of the vault, for good? The keys never come back.")) {
        throw Stopped(Stop::kKept);
    }
}

void remove(Context& context, const Arguments& arguments) {
    Session session(context);
    check_admin(session);
    const std::vector<DeviceId> devices =
        during(Situation::kPerson, [&] { return devices_of(session, arguments.text("PERSON")); });
    confirm_removal(session, devices, arguments);
    during(Situation::kPerson, [&] { client::revoke_devices(session.vault(), devices); });
    context.output.line("Taken out of the vault: the server refuses them from now on.",
                        Tone::kGood);
    std::vector<protocol::JsonWriter> rows;
    for (const client::RotatedCase& rotated :
         during(Situation::kCase, [&] { return client::rotate_left_cases(session.vault()); })) {
        show_rotated(context.output, rotated);
        offer_reissue(session, rotated);
        rows.push_back(rotated_json(rotated));
    }
    context.output.line(
        "Cases that are not shared with this device get new keys when one of "
        "their own people writes next.");
    protocol::JsonWriter json;
    json.texts("removed", texts_of(devices)).objects("cases", std::move(rows));
    context.output.json(std::move(json));
}

void change_role(Context& context, const Arguments& arguments) {
    Session session(context);
    check_admin(session);
    const std::optional<crypto::Role> role = crypto::parse_role(arguments.text("ROLE"));
    if (!role) {
        throw UsageError(Usage::kBadValue, "ROLE is admin, coordinator or auditor");
    }
    const std::vector<DeviceId> devices =
        during(Situation::kPerson, [&] { return devices_of(session, arguments.text("PERSON")); });
    const PersonId person = session.vault().directory().find_device(devices.front())->person;
    during(Situation::kPerson, [&] { client::change_role(session.vault(), person, *role); });
    context.output.line(session.name_of(person) + " is now " + std::string(to_string(*role)) + ".",
                        Tone::kGood);
    protocol::JsonWriter json;
    json.id("person", person).text("role", to_string(*role));
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> member_commands() {
    return {{.noun = "member",
             .verb = "list",
             .help = "People and devices of the vault, with the words of their keys",
             .arguments = {},
             .run = list},
            {.noun = "member",
             .verb = "remove",
             .help = "Take a person or one device out of the vault, and make new keys",
             .arguments = {{"PERSON", Take::kWord, "Name, person id or device id"},
                           {"--yes", Take::kFlag, "Do not ask"}},
             .run = remove},
            {.noun = "member",
             .verb = "role",
             .help = "Change what a person may do",
             .arguments = {{"PERSON", Take::kWord, "Name, person id or device id"},
                           {"ROLE", Take::kWord, "admin, coordinator or auditor"}},
             .run = change_role}};
}

}  // namespace valv::cli
