#include "client/casework/package_viewer.h"

// The people of a package (docs/casework.md 5.1).
namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;
using enum Audience;

Json name_of(const PackageViewer& view, const Person& person) {
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

void put_needs(const PackageViewer& view, const Person& person, Json& json) {
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

}  // namespace

Json person_view(const PackageViewer& view, const Person& person) {
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

// Of minors; the traveller's own package names them for everybody in it.
Json guardians_view(const PackageViewer& view) {
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

}  // namespace valv::casework
