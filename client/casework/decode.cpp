#include <charconv>
#include <unordered_map>

#include "client/casework/checks.h"
#include "client/casework/decoder.h"
#include "client/casework/json_reader.h"
#include "client/casework/record.h"
#include "client/casework/schema_papers.h"

namespace valv::casework {
namespace {

constexpr std::size_t kMaxRecordBytes = 4UL << 20U;  // docs/casework.md 3.1
constexpr std::string_view kFormatStem = "resvalv/case/";
constexpr int kFormatNumber = 1;

// The number of a format of ours; 0 for anything else.
int format_number(const Json& json) {
    const auto found = json.find("format");
    if (found == json.end() || !found->is_string()) {
        return 0;
    }
    const auto& text = found->get_ref<const std::string&>();
    if (!text.starts_with(kFormatStem)) {
        return 0;
    }
    int number = 0;
    const char* const end = text.data() + text.size();
    const auto result = std::from_chars(text.data() + kFormatStem.size(), end, number);
    return result.ec == std::errc{} && result.ptr == end && text[kFormatStem.size()] != '0' ? number
                                                                                            : 0;
}

using Positions = std::unordered_map<std::string, std::size_t>;

void number_positions(const Json& json, const std::string& path, Positions& positions) {
    positions.emplace(path, positions.size());
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) {
            number_positions(value, step(path, key), positions);
        }
    } else if (json.is_array()) {
        for (std::size_t index = 0; index < json.size(); ++index) {
            number_positions(json[index], step(path, index), positions);
        }
    }
}

// Where in the input a path stands; of an absent field, where its object begins.
std::size_t position_of(std::string path, const Positions& positions) {
    for (;;) {
        const auto found = positions.find(path);
        if (found != positions.end()) {
            return found->second;
        }
        path.resize(path.rfind('/'));
    }
}

std::vector<Refusal> in_document_order(std::vector<Refusal> refusals, const Json& json) {
    if (refusals.size() < 2) {
        return refusals;
    }
    Positions positions;
    number_positions(json, "", positions);
    std::ranges::stable_sort(
        refusals, {}, [&](const Refusal& refusal) { return position_of(refusal.path, positions); });
    return refusals;
}

DecodedRecord refused(std::string_view code, std::string_view path, std::string_view sentence) {
    DecodedRecord answer;
    answer.refusals.push_back(
        {.code = std::string(code), .path = std::string(path), .sentence = std::string(sentence)});
    return answer;
}

DecodedRecord decode_newer(const Json& json) {
    auto answer =
        refused("unknown_format", "/format",
                "This case was written by a newer version of Resvalv; it opens for reading only.");
    Refusing ignored;
    Reader reader(ignored);
    reader.read(json, "", answer.record.emplace());
    answer.read_only_newer_format = true;
    return answer;
}

}  // namespace

DecodedRecord decode_record(std::string_view text, const Places& places, Instant now) {
    return decode_over(text, places, now, nullptr);
}

DecodedRecord decode_over(std::string_view text, const Places& places, Instant now,
                          const Record* existing) {
    if (text.size() > kMaxRecordBytes) {
        return refused("too_many", "", "The record is larger than 4 MiB.");
    }
    const auto json = parse_strict(text);
    if (json == nullptr) {
        return refused("not_json", "",
                       "Not one JSON object in UTF-8 with each key once and at most 16 levels.");
    }
    if (!json->is_object()) {
        return refused("wrong_type", "", "The record is one JSON object.");
    }
    const int number = format_number(*json);
    if (number > kFormatNumber) {
        return decode_newer(*json);
    }
    Refusing refusing;
    Record record;
    Reader reader(refusing);
    reader.read(*json, "", record);
    if (number != kFormatNumber && json->contains("format")) {
        refusing.refuse("unknown_format", "/format",
                        "Not a case record of Resvalv (resvalv/case/1).");
    }
    check_meaning(record, places, now, refusing, existing);
    DecodedRecord answer;
    answer.refusals = in_document_order(refusing.take(), *json);
    if (answer.refusals.empty()) {
        answer.record = std::move(record);
    }
    return answer;
}

std::vector<Refusal> check_record(const Record& record, const Places& places, Instant now) {
    return decode_record(encode_record(record), places, now).refusals;
}

}  // namespace valv::casework
