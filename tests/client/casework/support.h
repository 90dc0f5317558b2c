#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "client/casework/places.h"
#include "client/casework/record.h"

namespace valv::casework::test {

constexpr std::string_view kNow = "2026-03-20T09:00:00Z";

// tests/data/cases/<name>.json: a whole case (docs/casework.md section 8).
[[nodiscard]] nlohmann::ordered_json load_case(std::string_view name);
[[nodiscard]] nlohmann::ordered_json load_data(std::string_view name);
[[nodiscard]] const Places& places();

// Sets (an index one past the end appends) and removes by JSON Pointer.
void set(nlohmann::ordered_json& json, const std::string& pointer,
         const nlohmann::ordered_json& value);
void remove(nlohmann::ordered_json& json, const std::string& pointer);

[[nodiscard]] DecodedRecord decode(const nlohmann::ordered_json& json, std::string_view now = kNow);
// Fails the test when anything is refused.
[[nodiscard]] Record accepted(const nlohmann::ordered_json& json, std::string_view now = kNow);
[[nodiscard]] Record case_record(std::string_view name);

// The ids of the open items, in the order of the rules, with short object ids: docs/casework.md
// section 8.
[[nodiscard]] std::vector<std::string> open_items(const Record& record,
                                                  std::string_view now = kNow);
// `code path` of each refusal.
[[nodiscard]] std::vector<std::string> refusals_of(const nlohmann::ordered_json& json,
                                                   std::string_view now = kNow);

}  // namespace valv::casework::test
