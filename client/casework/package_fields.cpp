#include "client/casework/package_fields.h"

#include "client/casework/package_scope.h"
#include "client/casework/package_viewer.h"

// The allow-list of docs/casework.md 5.1: which object of the package goes to which audience.
namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;
using enum Audience;

Json destination_view(const PackageViewer& view) {
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

Json grants_view(const PackageViewer& view) {
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

Json follow_ups_view(const PackageViewer& view) {
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
    const PackageViewer view{.record = record,
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
