#include "client/casework/package_viewer.h"
#include "client/casework/zones.h"

// The legs of a package (docs/casework.md 5.1).
namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;
using enum Audience;

bool is_at(const TransitContact& contact, const Place& place) {
    return contact.at.iata && place.iata ? contact.at.iata == place.iata
                                         : contact.at.name == place.name;
}

Json place_view(const Place& place) {
    Json json;
    json["name"] = place.name;
    put(json, "iata", place.iata);
    json["zone"] = place.zone;
    json["country"] = place.country;
    put(json, "terminal", place.terminal);
    return json;
}

Json seats_of(const PackageViewer& view, const Leg& leg) {
    Json seats = Json::object();
    for (const auto* const person : view.persons) {
        if (leg.seats && leg.seats->contains(person->id)) {
            seats[person->id] = leg.seats->at(person->id);
        }
    }
    if (view.is_for({kEscort}) && leg.seats && leg.seats->contains(view.request.recipient)) {
        seats[view.request.recipient] = leg.seats->at(view.request.recipient);
    }
    return seats;
}

Json leg_view(const PackageViewer& view, const Leg& leg) {
    Json json;
    json["id"] = leg.id;
    json["mode"] = word(leg.mode);
    json["from"] = place_view(leg.from);
    json["to"] = place_view(leg.to);
    put_local(json, "departs", leg.departs, departure_of(leg));
    put_local(json, "arrives", leg.arrives, arrival_of(leg));
    put(json, "carrier", leg.carrier);
    put(json, "number", leg.number);
    json["status"] = word(leg.status);
    if (leg.check_in_by && view.is_for({kEscort, kTraveller})) {
        put_local(json, "check_in_by", *leg.check_in_by, to_utc(*leg.check_in_by, leg.from.zone));
    }
    if (view.is_for({kEscort, kTraveller})) {
        put(json, "booking_reference", leg.booking_reference);
    }
    put_list(json, "seats", seats_of(view, leg));
    return json;
}

bool is_shown(const PackageViewer& view, const Leg& leg) {
    const bool is_theirs = std::ranges::any_of(
        view.persons, [&](const Person* person) { return is_on(leg, *person); });
    const auto* const contact = own_contact(view);
    return is_theirs &&
           (contact == nullptr || is_at(*contact, leg.from) || is_at(*contact, leg.to));
}

// What lies between this leg and the next one of the journey.
void put_change(const PackageViewer& view, const Leg& leg, Json& json) {
    for (const auto& gap : view.facts.gaps()) {
        if (gap.before == &leg && is_shown(view, *gap.after)) {
            json["change_minutes"] = minutes_between(gap);
            json["min_change_minutes"] = needed_minutes(view.facts, gap);
        }
    }
}

}  // namespace

void put_local(Json& json, const std::string& key, Local local, Instant utc) {
    json[key] = to_text(local);
    json[key + "_utc"] = valv::to_text(utc);
}

const TransitContact* own_contact(const PackageViewer& view) {
    const auto& contacts = view.record.transit_contacts;
    const auto found = std::ranges::find(contacts, view.request.recipient, &TransitContact::id);
    return view.request.audience != kTransit || found == contacts.end() ? nullptr : &*found;
}

Json legs_view(const PackageViewer& view) {
    Json legs = Json::array();
    for (const auto* const leg : view.facts.legs()) {
        if (is_shown(view, *leg)) {
            auto json = leg_view(view, *leg);
            put_change(view, *leg, json);
            legs.push_back(std::move(json));
        }
    }
    return legs;
}

}  // namespace valv::casework
