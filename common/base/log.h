#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace valv {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// A field of a log line. Only what can hold nothing personal and no secret converts into one:
// numbers, durations, stable names (string literals and ErrorCode), ids. Link ids are cut to 6
// characters. There is no constructor from a std::string, so free text does not compile.
class LogField {
public:
    template <std::size_t N>
    LogField(const char (&key)[N], std::int64_t value) : key_(key), value_(std::to_string(value)) {}
    template <std::size_t N>
    LogField(const char (&key)[N], std::chrono::milliseconds value)
        : key_(key), value_(std::to_string(value.count())) {}
    // A stable name: only string literals of the program (consteval keeps run-time text out).
    struct Name {
        template <std::size_t N>
        consteval Name(const char (&literal)[N]) : text(literal, N - 1) {}
        std::string_view text;
    };
    template <std::size_t N>
    LogField(const char (&key)[N], Name value) : key_(key), value_(quoted(value.text)) {}
    // A name out of a constant table of the program (a route's pattern), for where consteval cannot
    // reach.
    struct Listed {
        std::string_view text;
    };
    template <std::size_t N>
    LogField(const char (&key)[N], Listed value) : key_(key), value_(quoted(value.text)) {}
    template <std::size_t N>
    LogField(const char (&key)[N], ErrorCode code) : key_(key), value_(quoted(to_string(code))) {}
    template <std::size_t N>
    LogField(const char (&key)[N], const VaultId& id) : key_(key), value_(quoted(id.text())) {}
    template <std::size_t N>
    LogField(const char (&key)[N], const CaseId& id) : key_(key), value_(quoted(id.text())) {}
    template <std::size_t N>
    LogField(const char (&key)[N], const DeviceId& id) : key_(key), value_(quoted(id.text())) {}
    template <std::size_t N>
    LogField(const char (&key)[N], const RequestKey& id) : key_(key), value_(quoted(id.text())) {}
    template <std::size_t N>
    LogField(const char (&key)[N], const LinkId& id)
        : key_(key), value_(quoted(id.text().substr(0, kLinkIdCharacters))) {}
    // The text of one of our own exceptions: Error promises to hold no secret and no personal
    // value.
    template <std::size_t N>
    LogField(const char (&key)[N], const Error& error) : key_(key), value_(quoted(error.what())) {}

    [[nodiscard]] std::string_view key() const noexcept { return key_; }
    [[nodiscard]] std::string_view json() const noexcept { return value_; }

private:
    static constexpr std::size_t kLinkIdCharacters = 6;
    static std::string quoted(std::string_view text);
    std::string_view key_;
    std::string value_;  // as JSON
};

// One JSON line per event to a sink. Thread-safe.
class Logger {
public:
    using Sink = std::function<void(std::string_view line)>;
    Logger(Clock& clock, Sink sink, LogLevel lowest);
    void write(LogLevel level, LogField::Name event, std::initializer_list<LogField> fields = {});

private:
    Clock& clock_;
    Sink sink_;
    LogLevel lowest_;
    std::mutex mutex_;  // guards sink_
};

}  // namespace valv
