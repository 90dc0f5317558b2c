#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "client/casework/facts.h"
#include "client/casework/package_fields.h"

// Inside casework: the parts of package_view. Each function copies named fields; nothing is copied
// whole.
namespace valv::casework {

template <typename T>
void put(nlohmann::ordered_json& json, const char* key, const std::optional<T>& value) {
    if (value) {
        json[key] = *value;
    }
}

// Adds a list that holds something.
inline void put_list(nlohmann::ordered_json& json, const char* key, nlohmann::ordered_json list) {
    if (!list.empty()) {
        json[key] = std::move(list);
    }
}

struct PackageViewer {
    const Record& record;
    const PackageRequest& request;
    Facts facts;
    std::vector<const Person*> persons;

    [[nodiscard]] bool is_for(std::initializer_list<Audience> audiences) const {
        return std::ranges::find(audiences, request.audience) != audiences.end();
    }
    [[nodiscard]] bool has_minor() const {
        return std::ranges::any_of(
            persons, [this](const Person* person) { return facts.is_minor(*person); });
    }
};

// A local time, and the same as an instant: the reader needs no time zones of their own.
void put_local(nlohmann::ordered_json& json, const std::string& key, Local local, Instant utc);
// The transit contact that the package goes to.
[[nodiscard]] const TransitContact* own_contact(const PackageViewer& view);

[[nodiscard]] nlohmann::ordered_json person_view(const PackageViewer& view, const Person& person);
[[nodiscard]] nlohmann::ordered_json guardians_view(const PackageViewer& view);
[[nodiscard]] nlohmann::ordered_json legs_view(const PackageViewer& view);
[[nodiscard]] nlohmann::ordered_json contacts_view(const PackageViewer& view);
[[nodiscard]] nlohmann::ordered_json handovers_view(const PackageViewer& view);
[[nodiscard]] nlohmann::ordered_json receptions_view(const PackageViewer& view);
[[nodiscard]] nlohmann::ordered_json onward_view(const PackageViewer& view);

}  // namespace valv::casework
