#include "client/lib/names.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/protocol/json.h"
#include "common/protocol/keys.h"

namespace valv::client {
namespace {

constexpr std::string_view kFormat = "resvalv/directory/1";
constexpr std::string_view kName = "name";
constexpr std::string_view kPeople = "people";
constexpr std::string_view kPerson = "person";
constexpr std::size_t kMaxNameBytes = 400;
constexpr std::size_t kMaxPeople = 5000;

}  // namespace

std::string Names::name_of(const PersonId& person) const {
    const auto found = std::ranges::find(people, person, &StaffName::person);
    return found == people.end() ? std::string() : found->name;
}

void Names::set_name(const PersonId& person, std::string name) {
    const auto found = std::ranges::find(people, person, &StaffName::person);
    if (found == people.end()) {
        people.push_back({.person = person, .name = std::move(name)});
    } else {
        found->name = std::move(name);
    }
}

std::string encode_names(const Names& names) {
    std::vector<protocol::JsonWriter> people;
    for (const StaffName& row : names.people) {
        people.emplace_back().id(kPerson, row.person).text(kName, row.name);
    }
    protocol::JsonWriter json;
    json.text(protocol::keys::kFormat, kFormat)
        .text(kName, names.vault)
        .objects(kPeople, std::move(people));
    return json.take();
}

Names decode_names(std::string_view text) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(text);
    protocol::JsonObject object = document.object();
    if (object.text(protocol::keys::kFormat) != kFormat) {
        throw Error(ErrorCode::kMalformed, "directory object: unknown format");
    }
    Names names{.vault = object.text(kName, kMaxNameBytes), .people = {}};
    for (protocol::JsonObject& row : object.objects(kPeople, kMaxPeople)) {
        names.people.push_back(
            {.person = row.id<PersonId>(kPerson), .name = row.text(kName, kMaxNameBytes)});
        row.finish();
    }
    object.finish();
    return names;
}

}  // namespace valv::client
