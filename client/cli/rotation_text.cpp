#include "client/cli/rotation_text.h"

#include <string>
#include <utility>
#include <vector>

namespace valv::cli {

void show_rotated(Output& output, const client::RotatedCase& rotated) {
    output.line(rotated.reference + ": new keys, and its " + std::to_string(rotated.papers) +
                    (rotated.papers == 1 ? " paper" : " papers") + " moved to them.",
                Tone::kGood);
    output.line("  What they opened before, they may have copied.");
    for (const casework::Link& link : rotated.ended_links) {
        output.line("  Link " + link.id.text() + " ended with the old keys: if " + link.recipient +
                        " still needs it, make it anew with `resvalv link create`.",
                    Tone::kWarning);
    }
}

protocol::JsonWriter rotated_json(const client::RotatedCase& rotated) {
    std::vector<std::string> links;
    for (const casework::Link& link : rotated.ended_links) {
        links.push_back(link.id.text());
    }
    protocol::JsonWriter json;
    json.id("case", rotated.id).text("reference", rotated.reference);
    json.integer("papers", rotated.papers).texts("ended_links", links);
    return json;
}

}  // namespace valv::cli
