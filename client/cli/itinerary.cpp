#include "client/casework/people.h"
#include "client/cli/case_text.h"
#include "client/cli/session.h"

namespace valv::cli {
namespace {

std::string place_text(const casework::Place& place) {
    return place.iata ? place.name + " (" + *place.iata + ")" : place.name;
}

std::string ride_text(const casework::Leg& leg) {
    std::string text(word(leg.mode));
    if (leg.carrier) {
        text += " " + *leg.carrier;
    }
    if (leg.number) {
        text += " " + *leg.number;
    }
    return text;
}

protocol::JsonWriter end_json(const casework::Place& place, casework::Local local,
                              Instant instant) {
    protocol::JsonWriter json;
    json.text("name", place.name).text_if("iata", place.iata).text("country", place.country);
    json.text("zone", place.zone).text("local", casework::to_text(local)).instant("utc", instant);
    return json;
}

protocol::JsonWriter leg_json(const casework::Leg& leg) {
    const Instant departure = casework::departure_of(leg);
    const Instant arrival = casework::arrival_of(leg);
    protocol::JsonWriter json;
    json.text("id", leg.id).text("mode", word(leg.mode)).text("status", word(leg.status));
    json.text_if("carrier", leg.carrier).text_if("number", leg.number);
    json.object("departs", end_json(leg.from, leg.departs, departure));
    json.object("arrives", end_json(leg.to, leg.arrives, arrival));
    json.integer(
        "minutes",
        static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::minutes>(arrival - departure).count()));
    return json;
}

void show_leg(Output& output, const casework::Leg& leg) {
    output.line(leg.id + "  " + ride_text(leg) + "  (" + std::string(word(leg.status)) + ")",
                Tone::kBold);
    Table table({"    departs", local_text(leg.departs, leg.from.zone), place_text(leg.from)});
    table.add({"    arrives", local_text(leg.arrives, leg.to.zone), place_text(leg.to)});
    output.table(table);
    output.line("    takes " + span_text(casework::arrival_of(leg) - casework::departure_of(leg)));
}

void show(Context& context, const Arguments& arguments) {
    Session session(context);
    const casework::Record record = session.open_case(arguments.text("CASE")).read_record().record;
    Output& output = context.output;
    output.line("Itinerary of " + record.facts.reference, Tone::kBold);
    if (record.legs.empty()) {
        output.line("No legs yet: add them with `resvalv case import`.");
    }
    std::vector<protocol::JsonWriter> rows;
    const casework::Leg* before = nullptr;  // the live leg before this one
    for (const casework::Leg& leg : record.legs) {
        const bool is_live = leg.status != casework::LegStatus::kCancelled;
        if (before != nullptr && is_live) {
            output.line("    change: " +
                        span_text(casework::departure_of(leg) - casework::arrival_of(*before)));
        }
        show_leg(output, leg);
        rows.push_back(leg_json(leg));
        before = is_live ? &leg : before;
    }
    protocol::JsonWriter json;
    json.text("reference", record.facts.reference);
    json.instant_if("changed_at", record.itinerary_changed_at).objects("legs", std::move(rows));
    output.json(std::move(json));
}

}  // namespace

std::vector<Command> itinerary_commands() {
    return {{.noun = "itinerary",
             .verb = "show",
             .help = "The legs with local times, spans and changes",
             .arguments = {{"CASE", Take::kWord, "Id or reference"}},
             .run = show}};
}

}  // namespace valv::cli
