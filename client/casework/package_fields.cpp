#include "client/casework/package_fields.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "client/casework/facts.h"
#include "client/casework/package_scope.h"
#include "client/casework/zones.h"

// The allow-list of domain.md 5.1, row by row in the order of that table. Each function copies named fields; nothing
// is copied whole.
namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
void put(Json& json, const char* key, const std::optional<T>& value) {
    if (value) {
        json[key] = *value;
    }
}

// Adds a list that holds something.
void put_list(Json& json, const char* key, Json list) {
    if (!list.empty()) {
        json[key] = std::move(list);
    }
}

struct View {
    const Record& record;
    const PackageRequest& request;
    Facts facts;
    std::vector<const Person*> persons;

    [[nodiscard]] bool is_for(std::initializer_list<Audience> audiences) const {
        return std::ranges::find(audiences, request.audience) != audiences.end();
    }
    [[nodiscard]] bool has_minor() const {
        return std::ranges::any_of(persons, [this](const Person* person) { return facts.is_minor(*person); });
    }
};

using enum Audience;

// The transit contact that the package goes to.
const TransitContact* own_contact(const View& view) {
    const auto& contacts = view.record.transit_contacts;
    const auto found = std::ranges::find(contacts, view.request.recipient, &TransitContact::id);
    return view.request.audience != kTransit || found == contacts.end() ? nullptr : &*found;
}

bool is_at(const TransitContact& contact, const Place& place) {
    return contact.at.iata && place.iata ? contact.at.iata == place.iata : contact.at.name == place.name;
}

Json name_of(const View& view, const Person& person) {
    Json name;
    const auto* const document = view.facts.best_document(person);
    const bool is_printed = document != nullptr && document->names_printed;
    name["given"] = is_printed ? document->names_printed->given : person.name.given;
    if (!view.is_for({kTransit})) {
        put(name, "family", is_printed ? document->names_printed->family : person.name.family);
        if (person.name.order) {
            name["order"] = word(*person.name.order);
        }
    }
    return name;
}

void put_needs(const View& view, const Person& person, Json& json) {
    if (!person.needs || view.is_for({kAuthority})) {
        return;
    }
    if (person.needs->mobility) {
        json["mobility"] = word(*person.needs->mobility);
    }
    if (!view.is_for({kTransit})) {
        put(json, "diet", person.needs->diet);
    }
    if (!view.is_for({kTraveller})) {
        return;
    }
    put(json, "medical", person.needs->medical);
    Json medicines = Json::array();
    for (const auto& medicine : person.needs->medicines.value_or(std::vector<Medicine>{})) {
        medicines.push_back(medicine.name.value_or(medicine.id));
    }
    put_list(json, "medicines", std::move(medicines));
}

Json person_view(const View& view, const Person& person) {
    Json json;
    json["id"] = person.id;
    json["name"] = name_of(view, person);
    const bool shows_birth_date = view.is_for({kOffice, kTraveller, kAuthority}) ||
                                  (view.is_for({kEscort}) && view.facts.is_minor(person));
    if (person.birth_date && shows_birth_date) {
        json["birth_date"] = to_text(*person.birth_date);
    }
    if (view.is_for({kOffice, kTraveller, kAuthority})) {
        json["sex"] = word(person.sex);
        json["citizenships"] = person.citizenships;
    }
    json["languages"] = person.languages;
    if (person.needs) {
        put(json, "interpreter", person.needs->interpreter);
    }
    put_needs(view, person, json);
    return json;
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

// A local time, and the same as an instant: the reader needs no time zones of their own.
void put_local(Json& json, const std::string& key, Local local, Instant utc) {
    json[key] = to_text(local);
    json[key + "_utc"] = valv::to_text(utc);
}

Json seats_of(const View& view, const Leg& leg) {
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

Json leg_view(const View& view, const Leg& leg) {
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

bool is_shown(const View& view, const Leg& leg) {
    const bool is_theirs =
        std::ranges::any_of(view.persons, [&](const Person* person) { return is_on(leg, *person); });
    const auto* const contact = own_contact(view);
    return is_theirs && (contact == nullptr || is_at(*contact, leg.from) || is_at(*contact, leg.to));
}

// What lies between this leg and the next one of the journey.
void put_change(const View& view, const Leg& leg, Json& json) {
    for (const auto& gap : view.facts.gaps()) {
        if (gap.before == &leg && is_shown(view, *gap.after)) {
            json["change_minutes"] = minutes_between(gap);
            json["min_change_minutes"] = needed_minutes(view.facts, gap);
        }
    }
}

Json legs_view(const View& view) {
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

void add_contact(Json& contacts, std::string_view role, std::string_view name,
                 const std::optional<std::string>& phone, const std::optional<std::string>& place = std::nullopt) {
    if (!phone) {
        return;
    }
    Json contact;
    contact["name"] = name;
    contact["role"] = role;
    contact["phone"] = *phone;
    put(contact, "place", place);
    contacts.push_back(std::move(contact));
}

// An office sees its own reception; the others see all.
bool is_shown(const View& view, const Reception& reception) {
    const auto& receptions = view.record.receptions;
    const bool is_named = std::ranges::find(receptions, view.request.recipient, &Reception::id) != receptions.end();
    return !view.is_for({kOffice}) || !is_named || reception.id == view.request.recipient;
}

Json contacts_view(const View& view) {
    Json contacts = Json::array();
    if (view.is_for({kOffice, kTraveller, kTransit})) {
        for (const auto& escort : view.record.escorts) {
            if (view.facts.is_escorting(escort)) {
                add_contact(contacts, "escort", full_name(escort.name), escort.phone);
            }
        }
    }
    if (view.is_for({kEscort, kTraveller})) {
        for (const auto& contact : view.record.transit_contacts) {
            add_contact(contacts, "transit", contact.name, contact.phone, contact.at.name);
        }
    }
    for (const auto& reception : view.record.receptions) {
        if (view.is_for({kOffice, kEscort}) && is_shown(view, reception)) {
            add_contact(contacts, "reception", reception.office, reception.duty_phone);
        } else if (view.is_for({kTraveller})) {
            // 5.3: the office is named only when the person wants it.
            add_contact(contacts, "reception", view.record.facts.language == DeskLanguage::kSv ? "Hjälp" : "Help",
                        reception.duty_phone);
        }
    }
    return contacts;
}

Json handover_view(const View& view, const Handover& handover) {
    Json json;
    json["id"] = handover.id;
    json["place"] = handover.place;
    json["zone"] = handover.zone;
    put_local(json, "at", handover.at, to_utc(handover.at, handover.zone));
    json["to"] = handover.to;
    json["to_role"] = word(handover.to_role);
    json["persons"] = Json::array();
    for (const auto* const person : view.persons) {
        if (contains(handover.persons, person->id)) {
            json["persons"].push_back(person->id);
        }
    }
    put(json, "code_phrase", handover.code_phrase);
    return json;
}

// Office: the last one only; transit: those to this contact; authority: none.
Json handovers_view(const View& view) {
    std::vector<const Handover*> chosen;
    const auto* const contact = own_contact(view);
    for (const auto& handover : view.record.handovers) {
        const bool is_theirs = std::ranges::any_of(
            view.persons, [&](const Person* person) { return contains(handover.persons, person->id); });
        const bool is_own =
            contact == nullptr || (handover.to_role == HandoverRole::kTransit && handover.to == contact->name);
        if (is_theirs && is_own && !view.is_for({kAuthority})) {
            chosen.push_back(&handover);
        }
    }
    std::ranges::stable_sort(chosen, {}, [](const Handover* row) { return to_utc(row->at, row->zone); });
    if (view.is_for({kOffice}) && chosen.size() > 1) {
        chosen.erase(chosen.begin(), chosen.end() - 1);
    }
    Json list = Json::array();
    for (const auto* const handover : chosen) {
        list.push_back(handover_view(view, *handover));
    }
    return list;
}

Json receptions_view(const View& view) {
    Json list = Json::array();
    for (const auto& reception : view.record.receptions) {
        if (!view.is_for({kOffice, kEscort}) || !is_shown(view, reception)) {
            continue;
        }
        const auto& zone = view.record.destination.zone;
        Json json;
        json["id"] = reception.id;
        json["office"] = reception.office;
        put(json, "duty_phone", reception.duty_phone);
        if (reception.duty_from && reception.duty_to) {
            put_local(json, "duty_from", *reception.duty_from, to_utc(*reception.duty_from, zone));
            put_local(json, "duty_to", *reception.duty_to, to_utc(*reception.duty_to, zone));
        }
        put(json, "meets", reception.meets);
        list.push_back(std::move(json));
    }
    return list;
}

Json onward_view(const View& view) {
    Json list = Json::array();
    for (const auto& onward : view.record.onward) {
        Json json;
        json["id"] = onward.id;
        json["mode"] = word(onward.mode);
        json["from"] = onward.from;
        json["to"] = onward.to;
        json["zone"] = onward.zone;
        put_local(json, "departs", onward.departs, to_utc(onward.departs, onward.zone));
        put_local(json, "arrives", onward.arrives, to_utc(onward.arrives, onward.zone));
        put(json, "accompanied_by", onward.accompanied_by);
        list.push_back(std::move(json));
    }
    return list;
}

Json destination_view(const View& view) {
    Json json;
    json["country"] = view.record.destination.country;
    json["place"] = view.record.destination.place;
    json["zone"] = view.record.destination.zone;
    return json;
}

Json mapping_view(const Mapping& mapping) {
    Json json;
    put(json, "situation", mapping.situation);
    if (mapping.housing && mapping.housing->kind) {
        json["housing"] = word(*mapping.housing->kind);
    }
    Json support = Json::array();
    for (const auto& row : mapping.support) {
        Json entry;
        entry["organisation"] = row.organisation;
        entry["service"] = word(row.service);
        if (row.confirmed_on) {
            entry["confirmed_on"] = to_text(*row.confirmed_on);
        }
        support.push_back(std::move(entry));
    }
    put_list(json, "support", std::move(support));
    return json;
}

// Of minors; the traveller's own package names them for everybody in it.
Json guardians_view(const View& view) {
    Json list = Json::array();
    for (const auto& guardian : view.record.persons) {
        const bool is_concerned = std::ranges::any_of(view.persons, [&](const Person* person) {
            return is_guardian_of(guardian, person->id) &&
                   (view.is_for({kTraveller}) || view.facts.is_minor(*person));
        });
        if (!is_concerned) {
            continue;
        }
        Json json;
        json["name"] = full_name(guardian.name);
        put(json, "phone", guardian.contact ? guardian.contact->phone : std::nullopt);
        if (guardian.custody && !view.is_for({kEscort})) {
            json["custody"] = word(*guardian.custody);
        }
        list.push_back(std::move(json));
    }
    return list;
}

Json grants_view(const View& view) {
    Json list = Json::array();
    for (const auto& grant : view.record.grants) {
        Json json;
        json["kind"] = word(grant.kind);
        json["amount"] = grant.amount;
        json["currency"] = grant.currency;
        if (grant.due_on) {
            json["due_on"] = to_text(*grant.due_on);
        }
        if (grant.paid_on) {
            json["paid_on"] = to_text(*grant.paid_on);
        }
        list.push_back(std::move(json));
    }
    return list;
}

Json follow_ups_view(const View& view) {
    Json list = Json::array();
    for (const auto& row : view.record.follow_ups) {
        Json json;
        json["kind"] = word(row.kind);
        json["due_on"] = to_text(row.due_on);
        list.push_back(std::move(json));
    }
    return list;
}

}  // namespace

Json package_view(const Record& record, const PackageRequest& request, Instant now) {
    const View view{.record = record,
                    .request = request,
                    .facts = Facts(record, now),
                    .persons = package_persons(record, request)};
    Json json;
    json["reference"] = record.facts.reference;
    json["audience"] = word(request.audience);
    json["made_at"] = valv::to_text(now);
    json["persons"] = Json::array();
    for (const auto* const person : view.persons) {
        json["persons"].push_back(person_view(view, *person));
    }
    json["legs"] = legs_view(view);
    put_list(json, "contacts", contacts_view(view));
    put_list(json, "handovers", handovers_view(view));
    put_list(json, "receptions", receptions_view(view));
    if (view.is_for({kOffice, kEscort, kTraveller})) {
        json["destination"] = destination_view(view);
        put_list(json, "onward", onward_view(view));
    }
    if (view.is_for({kOffice}) && record.mapping) {
        put_list(json, "mapping", mapping_view(*record.mapping));
    }
    if (view.is_for({kTraveller}) || (view.has_minor() && !view.is_for({kTransit}))) {
        put_list(json, "guardians", guardians_view(view));
    }
    if (view.is_for({kOffice, kTraveller})) {
        put_list(json, "grants", grants_view(view));
    }
    if (view.is_for({kOffice})) {
        put_list(json, "follow_ups", follow_ups_view(view));
    }
    return json;
}

}  // namespace valv::casework
