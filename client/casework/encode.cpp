#include <nlohmann/json.hpp>

#include "client/casework/record.h"
#include "client/casework/schema_papers.h"

namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;

// The visitor of the schema that writes JSON: present fields only, in the order of the schema.
class Encoder {
public:
    template <typename T, typename... Spec>
    void field(std::string_view key, T& value, const Spec&... /*spec*/) {
        object_[std::string(key)] = json_of(value);
    }
    template <typename T, typename... Spec>
    void field(std::string_view key, std::optional<T>& value, const Spec&... /*spec*/) {
        if (value) {
            object_[std::string(key)] = json_of(*value);
        }
    }
    template <typename T>
    void rows(std::string_view key, std::vector<T>& value, Many /*many*/) {
        if (!value.empty()) {
            object_[std::string(key)] = json_of(value);
        }
    }
    void format(std::string_view key, std::string& value) { field(key, value); }
    void ext(std::string_view key, std::optional<std::string>& value) {
        if (value) {
            object_[std::string(key)] = Json::parse(*value);
        }
    }
    [[nodiscard]] Json take() { return std::move(object_); }

private:
    static Json json_of(const std::string& value) { return value; }
    static Json json_of(bool value) { return value; }
    static Json json_of(std::int64_t value) { return value; }
    static Json json_of(Date value) { return to_text(value); }
    static Json json_of(Local value) { return to_text(value); }
    static Json json_of(Instant value) { return valv::to_text(value); }
    static Json json_of(const Hours& value) { return to_text(value); }
    static Json json_of(const std::map<std::string, std::string>& value) {
        Json object = Json::object();
        for (const auto& [key, text] : value) {
            object[key] = text;
        }
        return object;
    }
    template <typename Tag>
    static Json json_of(const StrongId<Tag>& value) {
        return value.text();
    }
    template <Worded E>
    static Json json_of(E value) {
        return word(value);
    }
    template <typename T>
    static Json json_of(std::vector<T>& values) {
        Json array = Json::array();
        for (auto& value : values) {
            array.push_back(json_of(value));
        }
        return array;
    }
    template <typename T>
    requires requires(Encoder& v, T& x) { fields(v, x); }
    static Json json_of(T& value) {
        Encoder inner;
        fields(inner, value);
        return inner.take();
    }

    Json object_ = Json::object();
};

}  // namespace

std::string encode_record(const Record& record) {
    Record copy = record;  // the schema names fields of a row that may be written to
    Encoder encoder;
    fields(encoder, copy);
    return encoder.take().dump();
}

}  // namespace valv::casework
