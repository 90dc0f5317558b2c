#include <algorithm>

#include "client/cli/rotation_text.h"
#include "client/cli/session.h"
#include "client/lib/words.h"

namespace valv::cli {
namespace {

bool is_member(const client::Case& opened, const DeviceId& device) {
    return std::ranges::find(opened.members(), device) != opened.members().end();
}

void show_device(Session& session, const DeviceId& device) {
    const crypto::DeviceLine* const line = session.vault().directory().find_device(device);
    const std::string role = line == nullptr ? "" : std::string(to_string(line->role));
    const std::string text = session.name_of(device) + ", " + role + ", device " + device.text() +
                             "\n  " + client::words_of(device.bytes());
    if (session.context().output.is_json()) {
        session.context().prompter.tell(text);
    } else {
        session.context().output.line(text);
    }
}

std::vector<DeviceId> confirmed(Session& session, const std::vector<DeviceId>& devices,
                                const Arguments& arguments) {
    std::vector<DeviceId> agreed;
    for (const DeviceId& device : devices) {
        show_device(session, device);
        const std::string question = "Do these words agree with those that " +
                                     session.name_of(device) + " sees under `resvalv member list`?";
        if (do_words_agree(session.context(), arguments, client::words_of(device.bytes()),
                           question)) {
            agreed.push_back(device);
        }
    }
    if (agreed.empty()) {
        throw words_refused(arguments);
    }
    return agreed;
}

void share(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    std::vector<DeviceId> devices = devices_of(session, arguments.text("PERSON"));
    std::erase_if(devices, [&](const DeviceId& device) { return is_member(opened, device); });
    if (devices.empty()) {
        throw Stopped(Stop::kAlreadyMember);
    }
    const std::vector<DeviceId> agreed = confirmed(session, devices, arguments);
    during(Situation::kCase, [&] { opened.share(agreed); });
    context.output.line("Shared with " + std::to_string(agreed.size()) +
                            (agreed.size() == 1 ? " device." : " devices."),
                        Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).texts("shared", texts_of(agreed));
    json.integer("epoch", opened.epoch()).integer("members", opened.members().size());
    context.output.json(std::move(json));
}

void unshare(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    std::vector<DeviceId> devices = devices_of(session, arguments.text("PERSON"));
    std::erase_if(devices, [&](const DeviceId& device) { return !is_member(opened, device); });
    if (devices.empty()) {
        throw Stopped(Stop::kNothingToDo);
    }
    if (std::ranges::find(devices, session.profile().device()) != devices.end()) {
        throw Stopped(Stop::kOwnDevice);
    }
    const client::RotatedCase rotated =
        during(Situation::kCase, [&] { return client::take_out(opened, devices); });
    context.output.line("Taken out.", Tone::kGood);
    show_rotated(context.output, rotated);
    offer_reissue(session, rotated);
    protocol::JsonWriter json = rotated_json(rotated);
    json.texts("unshared", texts_of(devices));
    json.integer("epoch", opened.epoch()).integer("members", opened.members().size());
    context.output.json(std::move(json));
}

void leave(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const client::RecordState state =
        during(Situation::kCase, [&] { return opened.read_record(); });
    if (!during(Situation::kCase, [&] { return opened.leave(); })) {
        throw Stopped(Stop::kLastMember);
    }
    context.output.line("You left " + state.record.facts.reference +
                            ". Its links ended; the colleagues who stay make them anew.",
                        Tone::kGood);
    context.output.line("  What you opened before, you may still hold copies of: delete them.");
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("reference", state.record.facts.reference);
    context.output.json(std::move(json));
}

}  // namespace

std::vector<Command> case_share_commands() {
    return {{.noun = "case",
             .verb = "share",
             .help = "Let another person or device open the case",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"PERSON", Take::kWord, "Name, person id or device id"},
                           {"--yes-words", Take::kValues,
                            "The eight words of a device, instead of a question"}},
             .run = share},
            {.noun = "case",
             .verb = "unshare",
             .help = "Take a person or device out, and make new keys",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"PERSON", Take::kWord, "Name, person id or device id"}},
             .run = unshare},
            {.noun = "case",
             .verb = "leave",
             .help = "Take yourself out; a colleague must be there who stays",
             .arguments = {{"CASE", Take::kWord, "Id or reference"}},
             .run = leave}};
}

}  // namespace valv::cli
