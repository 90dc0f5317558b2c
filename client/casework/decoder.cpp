#include "client/casework/decoder.h"

#include "common/base/error.h"

namespace valv::casework {
namespace {

constexpr std::size_t kInstantCharacters = 20;

}  // namespace

const std::string* Reader::text_of(const Json& json, const std::string& path) {
    if (!json.is_string()) {
        refusing_.refuse("wrong_type", path, "A text is needed here.");
        return nullptr;
    }
    return json.get_ptr<const Json::string_t*>();
}

void Reader::read(const Json& json, const std::string& path, std::string& target, TextKind kind) {
    const auto* const text = text_of(json, path);
    if (text == nullptr) {
        return;
    }
    target = *text;
    if (kind == TextKind::kPhone) {
        std::erase(target, ' ');  // 3.1: spaces are allowed on input, stored without
    }
    if (const auto fault = check_text(kind, target)) {
        refusing_.refuse(fault->code, path, fault->sentence);
    }
}

void Reader::read(const Json& json, const std::string& path, bool& target) {
    if (!json.is_boolean()) {
        refusing_.refuse("wrong_type", path, "true or false is needed here.");
        return;
    }
    target = json.get<bool>();
}

void Reader::read(const Json& json, const std::string& path, std::int64_t& target, Range range) {
    if (!json.is_number_integer()) {
        refusing_.refuse("wrong_type", path, "A whole number is needed here.");
        return;
    }
    const bool is_huge = json.is_number_unsigned() &&
                         json.get<std::uint64_t>() > static_cast<std::uint64_t>(kMostInteger);
    const auto value =
        is_huge ? std::numeric_limits<std::int64_t>::max() : json.get<std::int64_t>();
    if (value < range.least || value > range.most) {
        refusing_.refuse("out_of_range", path,
                         "The number is not between " + std::to_string(range.least) + " and " +
                             std::to_string(range.most) + ".");
        return;
    }
    target = value;
}

void Reader::read(const Json& json, const std::string& path, Date& target) {
    const auto* const text = text_of(json, path);
    if (text == nullptr) {
        return;
    }
    if (const auto date = parse_date(*text)) {
        target = *date;
    } else {
        refusing_.refuse("bad_date", path, "Not a date of the calendar: write YYYY-MM-DD.");
    }
}

void Reader::read(const Json& json, const std::string& path, Local& target) {
    const auto* const text = text_of(json, path);
    if (text == nullptr) {
        return;
    }
    if (const auto local = parse_local(*text)) {
        target = *local;
    } else {
        refusing_.refuse("bad_date", path, "Not a local time: write YYYY-MM-DDTHH:MM.");
    }
}

void Reader::read(const Json& json, const std::string& path, Instant& target) {
    const auto* const text = text_of(json, path);
    if (text == nullptr) {
        return;
    }
    try {
        if (text->size() == kInstantCharacters) {
            target = parse_instant(*text);
            return;
        }
    } catch (const Error&) {  // parse_instant has no quiet form; refused below
    }
    refusing_.refuse("bad_date", path, "Not a point of time: write YYYY-MM-DDTHH:MM:SSZ.");
}

void Reader::read(const Json& json, const std::string& path, Hours& target) {
    const auto* const text = text_of(json, path);
    if (text == nullptr) {
        return;
    }
    if (const auto hours = parse_hours(*text)) {
        target = *hours;
    } else {
        refusing_.refuse("bad_format", path, "Not hours of a day: write HH:MM-HH:MM.");
    }
}

void Reader::read(const Json& json, const std::string& path,
                  std::map<std::string, std::string>& target, TextKind kind) {
    if (!json.is_object()) {
        refusing_.refuse("wrong_type", path, "An object with ids as its keys is needed here.");
        return;
    }
    if (json.size() > kMaxRows) {
        refusing_.refuse("too_many", path, "The list is longer than its limit.");
        return;
    }
    for (const auto& [key, value] : json.items()) {
        const auto here = step(path, key);
        if (const auto fault = check_text(TextKind::kLid, key)) {
            refusing_.refuse(fault->code, here, fault->sentence);
        }
        read(value, here, target[key], kind);
    }
}

const Json* Decoder::find(std::string_view key) {
    known_.push_back(key);
    const auto found = object_.find(std::string(key));
    return found == object_.end() ? nullptr : &*found;
}

void Decoder::ext(std::string_view key, std::optional<std::string>& target) {
    const auto* const value = find(key);
    if (value == nullptr) {
        return;
    }
    if (!value->is_object()) {
        reader_.refusing().refuse("wrong_type", step(path_, key), "An object is needed here.");
        return;
    }
    target = value->dump();
}

void Decoder::refuse_unknown_keys() {
    for (const auto& [key, value] : object_.items()) {
        if (std::ranges::find(known_, key) == known_.end()) {
            reader_.refusing().refuse("unknown_field", step(path_, key),
                                      "This format has no such field.");
        }
    }
}

}  // namespace valv::casework
