#include "client/casework/package_viewer.h"
#include "client/casework/zones.h"

// Whom the traveller meets, and how the way goes on (docs/casework.md 5.1).
namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;
using enum Audience;

void add_contact(Json& contacts, std::string_view role, std::string_view name,
                 const std::optional<std::string>& phone,
                 const std::optional<std::string>& place = std::nullopt) {
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
bool is_shown(const PackageViewer& view, const Reception& reception) {
    const auto& receptions = view.record.receptions;
    const bool is_named =
        std::ranges::find(receptions, view.request.recipient, &Reception::id) != receptions.end();
    return !view.is_for({kOffice}) || !is_named || reception.id == view.request.recipient;
}

Json handover_view(const PackageViewer& view, const Handover& handover) {
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

}  // namespace

Json contacts_view(const PackageViewer& view) {
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
            // What a traveller carries names no office (docs/casework.md 5.1).
            add_contact(contacts, "reception",
                        view.record.facts.language == DeskLanguage::kSv ? "Hjälp" : "Help",
                        reception.duty_phone);
        }
    }
    return contacts;
}

// Office: the last one only; transit: those to this contact; authority: none.
Json handovers_view(const PackageViewer& view) {
    std::vector<const Handover*> chosen;
    const auto* const contact = own_contact(view);
    for (const auto& handover : view.record.handovers) {
        const bool is_theirs = std::ranges::any_of(view.persons, [&](const Person* person) {
            return contains(handover.persons, person->id);
        });
        const bool is_own = contact == nullptr || (handover.to_role == HandoverRole::kTransit &&
                                                   handover.to == contact->name);
        if (is_theirs && is_own && !view.is_for({kAuthority})) {
            chosen.push_back(&handover);
        }
    }
    std::ranges::stable_sort(chosen, {},
                             [](const Handover* row) { return to_utc(row->at, row->zone); });
    if (view.is_for({kOffice}) && chosen.size() > 1) {
        chosen.erase(chosen.begin(), chosen.end() - 1);
    }
    Json list = Json::array();
    for (const auto* const handover : chosen) {
        list.push_back(handover_view(view, *handover));
    }
    return list;
}

Json receptions_view(const PackageViewer& view) {
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

Json onward_view(const PackageViewer& view) {
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

}  // namespace valv::casework
