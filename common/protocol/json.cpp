#include "common/protocol/json.h"

#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "common/base/encoding.h"

namespace valv::protocol {
namespace {

using nlohmann::json;

[[noreturn]] void malformed(const char* what, std::string path = {}) {
    throw Error(ErrorCode::kMalformed, what, std::move(path));
}

// nlohmann takes duplicate keys silently and has no limit of depth; docs/formats.md section 1
// refuses both, so both are refused while parsing.
class StrictParse {
public:
    bool operator()(int depth, json::parse_event_t event, json& parsed) {
        switch (event) {
            case json::parse_event_t::object_start:
                keys_.emplace_back();
                [[fallthrough]];
            case json::parse_event_t::array_start:
                if (static_cast<std::size_t>(depth) >= limits::kMaxJsonDepth) {
                    malformed("json: nested deeper than 16");
                }
                break;
            case json::parse_event_t::key:
                if (!keys_.back().insert(parsed.get<std::string>()).second) {
                    malformed("json: a key occurs twice");
                }
                break;
            case json::parse_event_t::object_end:
                keys_.pop_back();
                break;
            case json::parse_event_t::array_end:
            case json::parse_event_t::value:
                break;
        }
        return true;
    }

private:
    std::vector<std::set<std::string>> keys_;
};

std::string escaped_pointer(std::string_view key) {
    std::string text;
    for (const char character : key) {
        if (character == '~') {
            text += "~0";
        } else if (character == '/') {
            text += "~1";
        } else {
            text.push_back(character);
        }
    }
    return text;
}

}  // namespace

JsonDocument::JsonDocument(std::unique_ptr<json> root) : root_(std::move(root)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonDocument JsonDocument::parse(std::string_view text) {
    StrictParse strict;
    try {
        const auto callback = [&](int depth, json::parse_event_t event, json& parsed) {
            return strict(depth, event, parsed);
        };
        return JsonDocument(std::make_unique<json>(json::parse(text, callback)));
    } catch (const json::exception&) {
        malformed("json: not a JSON text");
    }
}

JsonObject JsonDocument::object() const {
    return {*root_, ""};
}

JsonObject::JsonObject(const json& value, std::string path)
    : value_(&value), path_(std::move(path)) {
    if (!value.is_object()) {
        malformed("json: an object is needed", path_);
    }
}

std::string JsonObject::path_of(std::string_view key) const {
    return path_ + "/" + escaped_pointer(key);
}

bool JsonObject::has(std::string_view key) const {
    return value_->contains(key);
}

const json* JsonObject::take_if(std::string_view key) {
    read_.emplace_back(key);
    const auto found = value_->find(key);
    return found == value_->end() ? nullptr : &*found;
}

const json& JsonObject::take(std::string_view key) {
    const json* const value = take_if(key);
    if (value == nullptr) {
        malformed("json: a key is missing", path_of(key));
    }
    return *value;
}

std::string JsonObject::text(std::string_view key, std::size_t max_bytes) {
    const json& value = take(key);
    if (!value.is_string() || value.get_ref<const std::string&>().size() > max_bytes) {
        malformed("json: a text is needed", path_of(key));
    }
    return value.get<std::string>();
}

std::optional<std::string> JsonObject::text_if(std::string_view key, std::size_t max_bytes) {
    if (!has(key)) {
        read_.emplace_back(key);
        return std::nullopt;
    }
    return text(key, max_bytes);
}

std::uint64_t JsonObject::integer(std::string_view key, std::uint64_t max) {
    const json& value = take(key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > max) {
        malformed("json: an integer in range is needed", path_of(key));
    }
    return value.get<std::uint64_t>();
}

std::optional<std::uint64_t> JsonObject::integer_if(std::string_view key, std::uint64_t max) {
    if (!has(key)) {
        read_.emplace_back(key);
        return std::nullopt;
    }
    return integer(key, max);
}

std::uint32_t JsonObject::count(std::string_view key, std::uint32_t max) {
    return static_cast<std::uint32_t>(integer(key, max));
}

bool JsonObject::boolean(std::string_view key) {
    const json& value = take(key);
    if (!value.is_boolean()) {
        malformed("json: true or false is needed", path_of(key));
    }
    return value.get<bool>();
}

Instant JsonObject::instant(std::string_view key) {
    const std::string value = text(key);
    try {
        return parse_instant(value);
    } catch (const Error& error) {
        malformed(error.what(), path_of(key));
    }
}

std::optional<Instant> JsonObject::instant_if(std::string_view key) {
    if (!has(key)) {
        read_.emplace_back(key);
        return std::nullopt;
    }
    return instant(key);
}

Bytes JsonObject::octets(std::string_view key, std::size_t max_bytes) {
    const std::string value = text(key);
    Bytes decoded;
    try {
        decoded = from_base64url(value);
    } catch (const Error& error) {
        malformed(error.what(), path_of(key));
    }
    if (decoded.size() > max_bytes) {
        throw Error(ErrorCode::kTooLarge, "json: octets over their limit", path_of(key));
    }
    return decoded;
}

Bytes JsonObject::fixed_octets(std::string_view key, std::size_t size) {
    Bytes decoded = octets(key);
    if (decoded.size() != size) {
        malformed("json: wrong number of octets", path_of(key));
    }
    return decoded;
}

JsonObject JsonObject::object(std::string_view key) {
    return {take(key), path_of(key)};
}

std::vector<JsonObject> JsonObject::objects(std::string_view key, std::size_t max_count) {
    const json& value = take(key);
    if (!value.is_array() || value.size() > max_count) {
        malformed("json: a list within its limit is needed", path_of(key));
    }
    std::vector<JsonObject> rows;
    for (std::size_t index = 0; index < value.size(); ++index) {
        rows.emplace_back(value[index], path_of(key) + "/" + std::to_string(index));
    }
    return rows;
}

std::vector<std::string> JsonObject::texts(std::string_view key, std::size_t max_count) {
    const json& value = take(key);
    const auto is_text = [](const json& item) { return item.is_string(); };
    if (!value.is_array() || value.size() > max_count || !std::ranges::all_of(value, is_text)) {
        malformed("json: a list of texts within its limit is needed", path_of(key));
    }
    return value.get<std::vector<std::string>>();
}

std::string JsonObject::raw(std::string_view key) {
    return take(key).dump();
}

void JsonObject::finish() const {
    for (const auto& item : value_->items()) {
        if (std::ranges::find(read_, item.key()) == read_.end()) {
            malformed("json: unknown key", path_of(item.key()));
        }
    }
}

JsonWriter::JsonWriter()
    : root_(std::make_unique<nlohmann::ordered_json>(nlohmann::ordered_json::object())) {}
JsonWriter::JsonWriter(JsonWriter&&) noexcept = default;
JsonWriter& JsonWriter::operator=(JsonWriter&&) noexcept = default;
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::text(std::string_view key, std::string_view value) {
    (*root_)[std::string(key)] = value;
    return *this;
}

JsonWriter& JsonWriter::text_if(std::string_view key, const std::optional<std::string>& value) {
    return value ? text(key, *value) : *this;
}

JsonWriter& JsonWriter::integer(std::string_view key, std::uint64_t value) {
    (*root_)[std::string(key)] = value;
    return *this;
}

JsonWriter& JsonWriter::boolean(std::string_view key, bool value) {
    (*root_)[std::string(key)] = value;
    return *this;
}

JsonWriter& JsonWriter::instant(std::string_view key, Instant value) {
    return text(key, to_text(value));
}

JsonWriter& JsonWriter::instant_if(std::string_view key, std::optional<Instant> value) {
    return value ? instant(key, *value) : *this;
}

JsonWriter& JsonWriter::octets(std::string_view key, ByteView value) {
    return text(key, to_base64url(value));
}

JsonWriter& JsonWriter::object(std::string_view key, JsonWriter value) {
    (*root_)[std::string(key)] = std::move(*value.root_);
    return *this;
}

JsonWriter& JsonWriter::objects(std::string_view key, std::vector<JsonWriter> values) {
    auto list = nlohmann::ordered_json::array();
    for (JsonWriter& value : values) {
        list.push_back(std::move(*value.root_));
    }
    (*root_)[std::string(key)] = std::move(list);
    return *this;
}

JsonWriter& JsonWriter::texts(std::string_view key, const std::vector<std::string>& values) {
    (*root_)[std::string(key)] = values;
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view key, std::string_view json_text) {
    (*root_)[std::string(key)] = nlohmann::ordered_json::parse(json_text);
    return *this;
}

std::string JsonWriter::take() {
    return root_->dump();
}

}  // namespace valv::protocol
