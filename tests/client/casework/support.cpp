#include "tests/client/casework/support.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <tuple>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "client/casework/checklist.h"

namespace valv::casework::test {
namespace {

using Json = nlohmann::ordered_json;

// `dbaaaaaaaaaaaaaaaaaaaaaaaa` is written `db` on the page.
std::string with_short_id(const std::string& item) {
    const auto colon = item.find(':');
    const auto subject = colon == std::string::npos ? std::string() : item.substr(colon + 1);
    if (subject.size() != kIdCharacters) {
        return item;
    }
    return item.substr(0, item.find_last_not_of('a') + 1) + (subject[1] == 'a' ? "a" : "");
}

}  // namespace

Json load_data(std::string_view name) {
    std::ifstream file("tests/data/cases/" + std::string(name) + ".json");
    std::ostringstream text;
    text << file.rdbuf();
    return Json::parse(text.str());
}

Json load_case(std::string_view name) {
    return load_data(name);
}

const Places& places() {
    static const Places kPlaces = Places::builtin();
    return kPlaces;
}

void set(Json& json, const std::string& pointer, const Json& value) {
    const Json::json_pointer target(pointer);
    if (auto& parent = json[target.parent_pointer()];
        parent.is_array() && target.back() == std::to_string(parent.size())) {
        parent.push_back(value);
        return;
    }
    json[target] = value;
}

void remove(Json& json, const std::string& pointer) {
    const Json::json_pointer target(pointer);
    auto& parent = json.at(target.parent_pointer());
    if (parent.is_array()) {
        parent.erase(std::stoul(target.back()));
    } else {
        parent.erase(target.back());
    }
}

DecodedRecord decode(const Json& json, std::string_view now) {
    return decode_record(json.dump(), places(), parse_instant(now));
}

Record accepted(const Json& json, std::string_view now) {
    auto decoded = decode(json, now);
    for (const auto& refusal : decoded.refusals) {
        ADD_FAILURE() << refusal.code << " " << refusal.path << " " << refusal.sentence;
    }
    return decoded.record.value_or(Record{});
}

Record case_record(std::string_view name) {
    return accepted(load_case(name));
}

std::vector<std::string> open_items(const Record& record, std::string_view now) {
    auto items = make_checklist(record, parse_instant(now));
    std::ranges::stable_sort(
        items, {}, [](const Item& item) { return std::make_pair(item.order, item.subject); });
    std::vector<std::string> ids;
    for (const auto& item : items) {
        if (is_open(item)) {
            ids.push_back(with_short_id(item.id));
        }
    }
    return ids;
}

std::vector<std::string> refusals_of(const Json& json, std::string_view now) {
    std::vector<std::string> lines;
    for (const auto& refusal : decode(json, now).refusals) {
        lines.push_back(refusal.code + " " + refusal.path);
    }
    return lines;
}

}  // namespace valv::casework::test
