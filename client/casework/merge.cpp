#include "client/casework/merge.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "client/casework/refusals.h"

namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;

// Of one place, in the three versions; null where it is absent.
struct Versions {
    const Json* base = nullptr;
    const Json* ours = nullptr;
    const Json* theirs = nullptr;
};

bool same(const Json* left, const Json* right) {
    return left == nullptr || right == nullptr ? left == right : *left == *right;
}

std::optional<Json> copy_of(const Json* value) {
    return value == nullptr ? std::nullopt : std::optional<Json>(*value);
}

const Json* member_of(const Json* object, const std::string& key) {
    if (object == nullptr) {
        return nullptr;
    }
    const auto found = object->find(key);
    return found == object->end() ? nullptr : &*found;
}

// What tells a row from the others of its array; a row without a name of its own is its content.
std::string name_of(const Json& row) {
    for (const char* const key : {"id", "item"}) {
        if (const Json* const name = member_of(&row, key); name != nullptr && name->is_string()) {
            return name->get<std::string>();
        }
    }
    return row.dump();
}

std::vector<std::string> names_of(const Json* rows) {
    std::vector<std::string> names;
    if (rows != nullptr) {
        std::ranges::transform(*rows, std::back_inserter(names), name_of);
    }
    return names;
}

const Json* row_of(const Json* rows, std::string_view name) {
    if (rows == nullptr) {
        return nullptr;
    }
    const auto found =
        std::ranges::find_if(*rows, [&](const Json& row) { return name_of(row) == name; });
    return found == rows->end() ? nullptr : &*found;
}

bool are_rows(const Json& value) {
    return value.is_array() &&
           std::ranges::all_of(value, [](const Json& row) { return row.is_object(); });
}

template <typename Is>
bool all_are(const Versions& versions, const Is& is) {
    return versions.ours != nullptr && versions.theirs != nullptr && is(*versions.ours) &&
           is(*versions.theirs) && (versions.base == nullptr || is(*versions.base));
}

// `names` without those that are not in `others`.
std::vector<std::string> common(std::vector<std::string> names,
                                const std::vector<std::string>& others) {
    std::erase_if(names, [&](const std::string& name) {
        return std::ranges::find(others, name) == others.end();
    });
    return names;
}

// Every name of `leading` in its order; a further one of `other` behind the one that it follows
// there.
std::vector<std::string> joined(std::vector<std::string> leading,
                                const std::vector<std::string>& other) {
    auto place = leading.begin();
    for (const std::string& name : other) {
        const auto found = std::ranges::find(leading, name);
        place = found == leading.end() ? leading.insert(place, name) : found;
        ++place;
    }
    return leading;
}

class Merging {
public:
    std::optional<Json> merge(const Versions& versions, const std::string& path) {
        if (same(versions.ours, versions.theirs) || same(versions.base, versions.theirs)) {
            return copy_of(versions.ours);
        }
        if (same(versions.base, versions.ours)) {
            return copy_of(versions.theirs);
        }
        if (all_are(versions, [](const Json& value) { return value.is_object(); })) {
            return merge_fields(versions, path);
        }
        if (all_are(versions, are_rows)) {
            return merge_rows(versions, path);
        }
        contested_.push_back(path);
        return copy_of(versions.ours != nullptr ? versions.ours : versions.theirs);
    }
    [[nodiscard]] std::vector<std::string> take_contested() { return std::move(contested_); }

private:
    Json merge_fields(const Versions& versions, const std::string& path) {
        Json merged = Json::object();
        for (const Json* const side : {versions.ours, versions.theirs}) {
            for (const auto& [key, value] : side->items()) {
                if (merged.contains(key)) {
                    continue;
                }
                auto field = merge({.base = member_of(versions.base, key),
                                    .ours = member_of(versions.ours, key),
                                    .theirs = member_of(versions.theirs, key)},
                                   step(path, key));
                if (field) {
                    merged[key] = std::move(*field);
                }
            }
        }
        return merged;
    }
    Json merge_rows(const Versions& versions, const std::string& path) {
        Json merged = Json::array();
        for (const std::string& name : order_of(versions)) {
            auto row = merge({.base = row_of(versions.base, name),
                              .ours = row_of(versions.ours, name),
                              .theirs = row_of(versions.theirs, name)},
                             row_path(versions, name, path));
            if (row) {
                merged.push_back(std::move(*row));
            }
        }
        return merged;
    }
    static std::string row_path(const Versions& versions, const std::string& name,
                                const std::string& path) {
        const Json* const row = row_of(versions.ours, name);
        const Json& rows = row == nullptr ? *versions.theirs : *versions.ours;
        const Json* const place = row == nullptr ? row_of(versions.theirs, name) : row;
        return step(path, static_cast<std::size_t>(place - &rows.front()));
    }
    static std::vector<std::string> order_of(const Versions& versions) {
        const auto base = names_of(versions.base);
        const auto ours = names_of(versions.ours);
        const auto theirs = names_of(versions.theirs);
        const bool is_reordered = common(base, ours) != common(ours, base);
        return is_reordered ? joined(ours, theirs) : joined(theirs, ours);
    }
    std::vector<std::string> contested_;
};

}  // namespace

Merge merge_versions(const Json& base, const Json& ours, const Json& theirs) {
    Merging merging;
    auto json = merging.merge({.base = &base, .ours = &ours, .theirs = &theirs}, "");
    return {.json = std::move(*json), .contested = merging.take_contested()};
}

}  // namespace valv::casework
