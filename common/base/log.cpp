#include "common/base/log.h"

#include <array>
#include <cstdio>
#include <utility>

namespace valv {
namespace {

std::string_view level_name(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::kDebug:
            return "debug";
        case LogLevel::kInfo:
            return "info";
        case LogLevel::kWarning:
            return "warning";
        case LogLevel::kError:
            return "error";
    }
    return "error";
}

}  // namespace

std::string LogField::quoted(std::string_view text) {
    std::string json = "\"";
    for (const char character : text) {
        const auto octet = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            json.push_back('\\');
            json.push_back(character);
        } else if (octet < 0x20 || octet >= 0x7f) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", octet);
            json.append(escape.data());
        } else {
            json.push_back(character);
        }
    }
    json.push_back('"');
    return json;
}

Logger::Logger(Clock& clock, Sink sink, LogLevel lowest)
    : clock_(clock), sink_(std::move(sink)), lowest_(lowest) {}

void Logger::write(LogLevel level, LogField::Name event, std::initializer_list<LogField> fields) {
    if (level < lowest_) {
        return;
    }
    std::string line = "{\"at\":\"" + to_text(clock_.now()) + "\",\"level\":\"";
    line.append(level_name(level)).append("\",\"event\":\"").append(event.text).append("\"");
    for (const LogField& field : fields) {
        line.append(",\"").append(field.key()).append("\":").append(field.json());
    }
    line.append("}\n");
    const std::lock_guard lock(mutex_);
    sink_(line);
}

}  // namespace valv
