#include "client/cli/package_text.h"

#include <vector>

#include "client/cli/case_text.h"
#include "common/protocol/json.h"

namespace valv::cli {
namespace {

using protocol::JsonObject;

constexpr std::size_t kMaxRows = 500;  // more than a record can have

std::vector<JsonObject> rows_of(JsonObject& object, std::string_view key) {
    return object.has(key) ? object.objects(key, kMaxRows) : std::vector<JsonObject>();
}

std::string text_or_empty(JsonObject& object, std::string_view key) {
    return object.text_if(key).value_or("");
}

std::string with_space(std::string text) {
    return text.empty() ? text : " " + text;
}

// `2026-04-14 10:10` of a local time.
std::string time_of(JsonObject& row, std::string_view key) {
    std::string text = text_or_empty(row, key);
    if (const std::size_t at = text.find('T'); at != std::string::npos) {
        text[at] = ' ';
    }
    return text;
}

std::string place_of(JsonObject& leg, std::string_view key) {
    JsonObject place = leg.object(key);
    std::string text = place.text("name");
    const std::string iata = text_or_empty(place, "iata");
    const std::string terminal = text_or_empty(place, "terminal");
    text += iata.empty() ? "" : " (" + iata + ")";
    text += terminal.empty() ? "" : ", terminal " + terminal;
    return text + ", " + place.text("zone");
}

std::string leg_text(JsonObject& leg) {
    std::string ride = leg.text("mode");
    ride += with_space(text_or_empty(leg, "carrier")) + with_space(text_or_empty(leg, "number"));
    std::string text = "  " + ride + "  (" + leg.text("status") + ")\n";
    text += "    " + time_of(leg, "departs") + "  " + place_of(leg, "from") + "\n";
    text += "    " + time_of(leg, "arrives") + "  " + place_of(leg, "to") + "\n";
    if (const auto minutes = leg.integer_if("change_minutes")) {
        text += "    change: " + span_text(std::chrono::minutes(*minutes)) + "\n";
    }
    return text;
}

std::string onward_text(JsonObject& row) {
    return "  onward by " + row.text("mode") + "\n    " + time_of(row, "departs") + "  " +
           row.text("from") + "\n    " + time_of(row, "arrives") + "  " + row.text("to") + "\n";
}

// A transit contact sees given names only; the order of the two is the person's own.
std::string name_of(JsonObject& person) {
    JsonObject name = person.object("name");
    const std::string given = name.text("given");
    const std::string family = text_or_empty(name, "family");
    const bool is_family_first = text_or_empty(name, "order") == "family-first";
    return is_family_first ? family + with_space(given) : given + with_space(family);
}

std::string person_text(JsonObject& person) {
    std::string text = "  " + name_of(person);
    const std::string mobility = text_or_empty(person, "mobility");
    text += mobility.empty() || mobility == "none" ? "" : "  needs " + mobility;
    return text + "\n";
}

std::string contact_text(JsonObject& contact) {
    const std::string phone = text_or_empty(contact, "phone");
    return "  " + contact.text("name") + " (" + text_or_empty(contact, "role") + ")" +
           (phone.empty() ? "" : "  " + phone) + "\n";
}

std::string guardian_text(JsonObject& guardian) {
    const std::string phone = text_or_empty(guardian, "phone");
    return "  " + guardian.text("name") + (phone.empty() ? "" : "  " + phone) + "\n";
}

std::string handover_text(JsonObject& row) {
    const std::string phrase = text_or_empty(row, "code_phrase");
    return "  " + time_of(row, "at") + "  " + row.text("place") + ": to " + row.text("to") +
           (phrase.empty() ? "" : ", code phrase \"" + phrase + "\"") + "\n";
}

using RowText = std::string (*)(JsonObject&);

std::string section(JsonObject& view, std::string_view key, std::string_view head, RowText row) {
    std::string text;
    for (JsonObject& object : rows_of(view, key)) {
        text += row(object);
    }
    return text.empty() ? text : std::string(head) + "\n" + text;
}

std::string part_text(std::string_view view) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(view);
    JsonObject object = document.object();
    std::string text = section(object, "persons", "Travellers", person_text);
    text += section(object, "guardians", "Guardians", guardian_text);
    text += section(object, "legs", "Travel plan (local times)", leg_text);
    text += section(object, "onward", "Onward transport (local times)", onward_text);
    text += section(object, "handovers", "Handovers (local times)", handover_text);
    text += section(object, "contacts", "People to call", contact_text);
    return text;
}

}  // namespace

std::optional<std::string> find_part_text(std::string_view view) {
    try {
        return part_text(view);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::kMalformed) {
            throw;
        }
        return std::nullopt;
    }
}

}  // namespace valv::cli
