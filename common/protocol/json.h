#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/protocol/limits.h"

// The strict JSON codec of the wire and of our JSON objects (docs/formats.md section 1). Readers
// throw kMalformed with the JSON Pointer of the field.
namespace valv::protocol {

class JsonObject;

// A parsed text: UTF-8, no duplicate key, no trailing bytes, depth ≤ 16.
class JsonDocument {
public:
    [[nodiscard]] static JsonDocument parse(std::string_view text);
    JsonDocument(JsonDocument&&) noexcept;
    JsonDocument& operator=(JsonDocument&&) noexcept;
    ~JsonDocument();
    // The top level as an object; it views this document.
    [[nodiscard]] JsonObject object() const;

private:
    explicit JsonDocument(std::unique_ptr<nlohmann::json> root);
    std::unique_ptr<nlohmann::json> root_;
};

// Reads each key once; finish() refuses the keys that nobody read. Views its document.
class JsonObject {
public:
    JsonObject(const nlohmann::json& value, std::string path);

    [[nodiscard]] std::string text(std::string_view key,
                                   std::size_t max_bytes = limits::kMaxJsonBytes);
    [[nodiscard]] std::optional<std::string> text_if(std::string_view key,
                                                     std::size_t max_bytes = limits::kMaxJsonBytes);
    [[nodiscard]] std::uint64_t integer(std::string_view key,
                                        std::uint64_t max = limits::kMaxInteger);
    [[nodiscard]] std::optional<std::uint64_t> integer_if(std::string_view key,
                                                          std::uint64_t max = limits::kMaxInteger);
    // integer() for the many small counts.
    [[nodiscard]] std::uint32_t count(std::string_view key, std::uint32_t max = UINT32_MAX);
    [[nodiscard]] bool boolean(std::string_view key);
    [[nodiscard]] Instant instant(std::string_view key);
    [[nodiscard]] std::optional<Instant> instant_if(std::string_view key);
    [[nodiscard]] Bytes octets(std::string_view key, std::size_t max_bytes = limits::kMaxJsonBytes);
    // Exactly `size` octets.
    [[nodiscard]] Bytes fixed_octets(std::string_view key, std::size_t size = limits::kSecretBytes);
    template <typename Id>
    [[nodiscard]] Id id(std::string_view key) {
        const std::string value = text(key);
        try {
            return Id::parse(value);
        } catch (const Error& error) {
            throw Error(ErrorCode::kMalformed, error.what(), path_of(key));
        }
    }
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] JsonObject object(std::string_view key);
    [[nodiscard]] std::vector<JsonObject> objects(std::string_view key, std::size_t max_count);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key, std::size_t max_count);
    // The value as compact JSON text, for a part that another decoder owns.
    [[nodiscard]] std::string raw(std::string_view key);
    void finish() const;
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::string path_of(std::string_view key) const;

private:
    [[nodiscard]] const nlohmann::json* take_if(std::string_view key);
    [[nodiscard]] const nlohmann::json& take(std::string_view key);
    const nlohmann::json* value_;
    std::string path_;
    std::vector<std::string> read_;
};

// Writes one object, keys in the order of the calls, no blanks.
class JsonWriter {
public:
    JsonWriter();
    JsonWriter(JsonWriter&&) noexcept;
    JsonWriter& operator=(JsonWriter&&) noexcept;
    ~JsonWriter();

    JsonWriter& text(std::string_view key, std::string_view value);
    JsonWriter& text_if(std::string_view key, const std::optional<std::string>& value);
    JsonWriter& integer(std::string_view key, std::uint64_t value);
    template <typename Integer>
    JsonWriter& integer_if(std::string_view key, const std::optional<Integer>& value) {
        return value ? integer(key, *value) : *this;
    }
    JsonWriter& boolean(std::string_view key, bool value);
    JsonWriter& instant(std::string_view key, Instant value);
    JsonWriter& instant_if(std::string_view key, std::optional<Instant> value);
    JsonWriter& octets(std::string_view key, ByteView value);
    template <typename Tag>
    JsonWriter& id(std::string_view key, const StrongId<Tag>& value) {
        return text(key, value.text());
    }
    JsonWriter& object(std::string_view key, JsonWriter value);
    JsonWriter& objects(std::string_view key, std::vector<JsonWriter> values);
    JsonWriter& texts(std::string_view key, const std::vector<std::string>& values);
    // `json` must be the compact text of one JSON value.
    JsonWriter& raw(std::string_view key, std::string_view json);
    [[nodiscard]] std::string take();

private:
    std::unique_ptr<nlohmann::ordered_json> root_;
};

}  // namespace valv::protocol
