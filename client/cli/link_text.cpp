#include "client/cli/link_text.h"

#include "client/cli/case_text.h"

namespace valv::cli {

std::string state_text(const protocol::LinkState& state, Instant now) {
    if (state.revoked) {
        return "revoked";
    }
    if (state.locked) {
        return "locked";
    }
    if (now >= state.not_after) {
        return "ran out";
    }
    if (state.opens >= state.max_opens) {
        return "used up";
    }
    if (state.not_before && now < *state.not_before) {
        return "not yet open";
    }
    return state.is_live ? "live" : "not live";
}

std::string recipient_text(const client::LinkView& view, const casework::Record& record) {
    if (!view.row) {
        return "(never recorded: revoke it)";
    }
    return find_recipient_name(record, view.row->recipient).value_or(view.row->recipient);
}

void show_state(Output& output, const protocol::LinkState& state, Instant now) {
    output.line("State        " + state_text(state, now));
    if (state.not_before) {
        output.line("Opens from   " + time_text(*state.not_before));
    }
    output.line("Opens until  " + time_text(state.not_after));
    output.line("Opened       " + std::to_string(state.opens) + " of " +
                std::to_string(state.max_opens) + " times");
    if (state.failures > 0) {
        const bool is_many = state.failures >= limits::kFailuresToTell;
        output.line("Wrong codes  " + std::to_string(state.failures) +
                        (is_many ? " (telephone the recipient: is it they who try?)" : ""),
                    is_many ? Tone::kWarning : Tone::kPlain);
    }
}

protocol::JsonWriter state_json(const protocol::LinkState& state, Instant now) {
    protocol::JsonWriter json;
    json.id("link", state.link).text("state", state_text(state, now));
    json.boolean("live", state.is_live).integer("version", state.version);
    json.instant("created", state.created).instant_if("not_before", state.not_before);
    json.instant("not_after", state.not_after).integer("max_opens", state.max_opens);
    json.integer("opens", state.opens).integer("failures", state.failures);
    json.instant_if("locked", state.locked).instant_if("revoked", state.revoked);
    return json;
}

protocol::JsonWriter link_json(const client::LinkView& view, Instant now) {
    protocol::JsonWriter json = state_json(view.state, now);
    json.boolean("recorded", view.row.has_value());
    if (view.row) {
        json.text("audience", word(view.row->audience)).text("recipient", view.row->recipient);
        json.texts("kinds", view.row->kinds);
    }
    std::vector<protocol::JsonWriter> openings;
    for (const client::LinkOpening& opening : view.openings) {
        openings.emplace_back()
            .instant("at", opening.at)
            .text("network", opening.network)
            .integer("holder", opening.holder)
            .boolean("provable", opening.is_provable);
    }
    json.objects("openings", std::move(openings));
    return json;
}

}  // namespace valv::cli
