#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/casework/record.h"

// Small questions about the rows of a record that checks, rules and packages share
// (docs/casework.md 4.2).
namespace valv::casework {

[[nodiscard]] bool travels(const Person& person);
[[nodiscard]] const Person* find_person(const Record& record, std::string_view id);
[[nodiscard]] const Escort* find_escort(const Record& record, std::string_view id);

// Age in whole years on a day; of an estimated age its lower bound. Absent when the record has
// neither.
[[nodiscard]] std::optional<int> age_on(const Person& person, Date day);

[[nodiscard]] bool is_guardian_of(const Person& guardian, std::string_view person);
// Persons with this one in `guardian_of` and `custody` set.
[[nodiscard]] std::vector<const Person*> custodians_of(const Record& record,
                                                       std::string_view person);

[[nodiscard]] bool is_on(const Leg& leg, const Person& person);
[[nodiscard]] bool is_escort_on(const Leg& leg, std::string_view escort);
[[nodiscard]] Instant departure_of(const Leg& leg);
[[nodiscard]] Instant arrival_of(const Leg& leg);
// Legs not cancelled, in order.
[[nodiscard]] std::vector<const Leg*> live_legs(const Record& record);
// The day on which ages count: the local date of the first departure, else today.
[[nodiscard]] Date reference_day(const Record& record, Instant now);

// Given and family name in the person's order.
[[nodiscard]] std::string full_name(const PersonName& name);

[[nodiscard]] bool contains(const std::optional<std::vector<std::string>>& list,
                            std::string_view value);
[[nodiscard]] bool contains(const std::vector<std::string>& list, std::string_view value);

constexpr int kAdultAge = 18;

}  // namespace valv::casework
