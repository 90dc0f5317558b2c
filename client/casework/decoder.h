#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "client/casework/enums.h"
#include "client/casework/refusals.h"
#include "client/casework/schema_support.h"
#include "client/casework/times.h"
#include "common/base/error.h"
#include "common/base/ids.h"

// The visitor of the schema that reads JSON. Included by decode.cpp only: it is the one file that
// pays for it.
namespace valv::casework {

using Json = nlohmann::ordered_json;

class Reader {
public:
    explicit Reader(Refusing& refusing) : refusing_(refusing) {}

    void read(const Json& json, const std::string& path, std::string& target, TextKind kind);
    void read(const Json& json, const std::string& path, bool& target);
    void read(const Json& json, const std::string& path, std::int64_t& target, Range range);
    void read(const Json& json, const std::string& path, Date& target);
    void read(const Json& json, const std::string& path, Local& target);
    void read(const Json& json, const std::string& path, Instant& target);
    void read(const Json& json, const std::string& path, Hours& target);
    void read(const Json& json, const std::string& path, std::map<std::string, std::string>& target,
              TextKind kind);

    template <typename Tag>
    void read(const Json& json, const std::string& path, StrongId<Tag>& target);
    template <Worded E>
    void read(const Json& json, const std::string& path, E& target);
    template <typename T, typename... Spec>
    void read(const Json& json, const std::string& path, std::optional<T>& target,
              const Spec&... spec);
    template <typename T, typename... Spec>
    void read(const Json& json, const std::string& path, std::vector<T>& target, Many many,
              const Spec&... spec);
    template <typename T>
    void read(const Json& json, const std::string& path, T& object);

    [[nodiscard]] Refusing& refusing() { return refusing_; }

private:
    // Null, with a refusal, when it is not a text.
    const std::string* text_of(const Json& json, const std::string& path);

    Refusing& refusing_;
};

template <typename T>
constexpr bool kIsOptional = false;
template <typename T>
constexpr bool kIsOptional<std::optional<T>> = true;

// One object: hands each named key to the Reader, then refuses the keys that nobody named.
class Decoder {
public:
    Decoder(Reader& reader, const Json& object, const std::string& path)
        : reader_(reader), object_(object), path_(path) {}

    template <typename T, typename... Spec>
    void field(std::string_view key, T& target, const Spec&... spec) {
        if (const auto* const value = find(key)) {
            reader_.read(*value, step(path_, key), target, spec...);
        } else if constexpr (!kIsOptional<T>) {
            reader_.refusing().refuse("missing_field", step(path_, key),
                                      "A field that is needed is absent.");
        }
    }

    // An array whose absence means that it is empty.
    template <typename T>
    void rows(std::string_view key, std::vector<T>& target, Many many) {
        if (const auto* const value = find(key)) {
            reader_.read(*value, step(path_, key), target, many);
        }
    }

    void format(std::string_view key, std::string& target) { field(key, target, kLine); }
    void ext(std::string_view key, std::optional<std::string>& target);
    void refuse_unknown_keys();

private:
    const Json* find(std::string_view key);

    Reader& reader_;
    const Json& object_;
    const std::string& path_;
    std::vector<std::string_view> known_;
};

template <typename Tag>
void Reader::read(const Json& json, const std::string& path, StrongId<Tag>& target) {
    const auto* const text = text_of(json, path);
    if (text == nullptr) {
        return;
    }
    try {
        target = StrongId<Tag>::parse(*text);
    } catch (const Error&) {  // parse has no quiet form; the refusal says what the error said
        refusing_.refuse("bad_format", path, "Not an id: 26 small letters and digits (base32).");
    }
}

template <Worded E>
void Reader::read(const Json& json, const std::string& path, E& target) {
    const auto* const text = text_of(json, path);
    if (text == nullptr) {
        return;
    }
    if (const auto value = from_word<E>(*text)) {
        target = *value;
    } else {
        refusing_.refuse("unknown_value", path, "Not one of the words that this field knows.");
    }
}

template <typename T, typename... Spec>
void Reader::read(const Json& json, const std::string& path, std::optional<T>& target,
                  const Spec&... spec) {
    target.emplace();
    read(json, path, *target, spec...);
}

template <typename T, typename... Spec>
void Reader::read(const Json& json, const std::string& path, std::vector<T>& target, Many many,
                  const Spec&... spec) {
    if (!json.is_array()) {
        refusing_.refuse("wrong_type", path, "A list is needed here.");
        return;
    }
    if (json.size() > many.most) {
        refusing_.refuse("too_many", path, "The list is longer than its limit.");
        return;
    }
    if (json.size() < many.fewest) {
        refusing_.refuse("too_few", path, "The list needs at least one entry.");
        return;
    }
    target.reserve(json.size());
    for (std::size_t index = 0; index < json.size(); ++index) {
        const auto here = step(path, index);
        read(json[index], here, target.emplace_back(), spec...);
        if (many.repeats == Repeats::kRefused &&
            std::find(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(index),
                      json[index]) != json.begin() + static_cast<std::ptrdiff_t>(index)) {
            refusing_.refuse("repeated_value", here, "The same entry stands in this list already.");
        }
    }
}

template <typename T>
void Reader::read(const Json& json, const std::string& path, T& object) {
    if (!json.is_object()) {
        refusing_.refuse("wrong_type", path, "An object with named fields is needed here.");
        return;
    }
    Decoder decoder(*this, json, path);
    fields(decoder, object);
    decoder.refuse_unknown_keys();
}

}  // namespace valv::casework
