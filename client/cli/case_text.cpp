#include "client/cli/case_text.h"

#include <algorithm>

#include "client/casework/people.h"

namespace valv::cli {
namespace {

template <typename Rows>
const typename Rows::value_type* find_row(const Rows& rows, const casework::Lid& id) {
    const auto found = std::ranges::find(rows, id, &Rows::value_type::id);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::string person_name(const casework::PersonName& name) {
    return casework::full_name(name);
}

std::string local_text(casework::Local local, const std::string& zone) {
    std::string text = casework::to_text(local);
    text.replace(text.find('T'), 1, " ");
    return text + " " + zone;
}

std::string span_text(std::chrono::seconds span) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
    constexpr auto kMinutes = 60;
    constexpr auto kTwoDigits = 10;
    const auto rest = minutes % kMinutes;
    if (minutes < kMinutes) {
        return std::to_string(minutes) + " min";
    }
    return std::to_string(minutes / kMinutes) + " h " + (rest < kTwoDigits ? "0" : "") +
           std::to_string(rest) + " min";
}

std::optional<std::string> find_recipient_name(const casework::Record& record,
                                               const casework::Lid& id) {
    if (const auto* const reception = find_row(record.receptions, id)) {
        return reception->office;
    }
    if (const auto* const escort = find_row(record.escorts, id)) {
        return person_name(escort->name);
    }
    if (const auto* const contact = find_row(record.contacts, id)) {
        return contact->name;
    }
    if (const auto* const transit = find_row(record.transit_contacts, id)) {
        return transit->name;
    }
    if (const auto* const person = find_row(record.persons, id)) {
        return person_name(person->name);
    }
    return std::nullopt;
}

}  // namespace valv::cli
