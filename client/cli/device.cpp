#include "client/cli/qr_text.h"
#include "client/cli/session.h"
#include "client/lib/words.h"

namespace valv::cli {
namespace {

// What another person compares: by voice the words, by camera the id that they come from.
void show(Context& context, const Arguments& /*arguments*/) {
    Session session(context);
    const DeviceId& device = session.profile().device();
    const crypto::DeviceLine* const line = session.vault().directory().find_device(device);
    const std::string role = line == nullptr ? "" : std::string(to_string(line->role));
    const std::string words = client::words_of(device.bytes());
    Output& output = context.output;
    output.line(session.own_name() + ", " + role, Tone::kBold);
    output.line("Device " + device.text());
    output.line("Words  " + words);
    output.line(qr_text(device.text()));
    output.line(
        "Whoever lets this device in compares the words by telephone, or the code by camera, "
        "with `resvalv member list`.");
    protocol::JsonWriter json;
    json.id("device", device).text("words", words).text("role", role);
    output.json(std::move(json));
}

}  // namespace

std::vector<Command> device_commands() {
    return {{.noun = "device",
             .verb = "show",
             .help = "This device's fingerprint, as words and as a QR code",
             .arguments = {},
             .run = show}};
}

}  // namespace valv::cli
