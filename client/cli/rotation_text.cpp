#include "client/cli/rotation_text.h"

#include <string>
#include <utility>
#include <vector>

#include "client/cli/link_issue.h"

namespace valv::cli {

void show_rotated(Output& output, const client::RotatedCase& rotated) {
    output.line(rotated.reference + ": new keys, and its " + std::to_string(rotated.papers) +
                    (rotated.papers == 1 ? " paper" : " papers") + " moved to them.",
                Tone::kGood);
    output.line("  What they opened before, they may have copied.");
    for (const casework::Link& link : rotated.ended_links) {
        output.line("  Link " + link.id.text() + " to " + link.recipient +
                        " ended with the old keys. Make it anew with `resvalv link reissue " +
                        rotated.reference + " " + link.id.text() + "`.",
                    Tone::kWarning);
    }
}

namespace {

// One that cannot be made anew (a consent withdrawn, a time past) is told and passed over.
void try_reissue(Session& session, client::Case& opened, const casework::Link& link) {
    try {
        show_issued(session, reissue_link(session, opened, link, terms_of(link)));
    } catch (const std::exception& error) {
        const Failure failure = describe(error);
        session.context().output.note(
            "Link " + link.id.text() + " was not made anew: " +
                (failure.refusals.empty() ? failure.message : failure.refusals.front().sentence),
            Tone::kWarning);
    }
}

}  // namespace

void offer_reissue(Session& session, const client::RotatedCase& rotated) {
    Context& context = session.context();
    if (rotated.ended_links.empty() || context.output.is_json() || !context.prompter.can_ask()) {
        return;
    }
    const std::size_t count = rotated.ended_links.size();
    if (!is_confirmed(context, count == 1
                                   ? "Make that link anew now, with another URL and code?"
                                   : "Make those " + std::to_string(count) +
                                         " links anew now, each with another URL and code?")) {
        return;
    }
    client::Case opened = session.open_case(rotated.id.text());
    for (const casework::Link& link : rotated.ended_links) {
        try_reissue(session, opened, link);
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
