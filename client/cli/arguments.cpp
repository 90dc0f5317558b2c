#include "client/cli/arguments.h"

#include <charconv>
#include <limits>

namespace valv::cli {
namespace {

// Digits only, nothing else.
std::optional<std::uint32_t> parse_count(std::string_view text) {
    std::uint32_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || stopped != end) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    constexpr std::uint32_t kMost = 100'000;
    if (text.empty()) {
        return std::nullopt;
    }
    const std::optional<std::uint32_t> number = parse_count(text.substr(0, text.size() - 1));
    if (!number || *number > kMost) {
        return std::nullopt;
    }
    switch (text.back()) {
        case 'm':
            return std::chrono::minutes(*number);
        case 'h':
            return std::chrono::hours(*number);
        case 'd':
            return std::chrono::days(*number);
        default:
            return std::nullopt;
    }
}

std::vector<std::string> split_at_commas(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t comma = std::min(text.find(',', from), text.size());
        if (comma > from) {
            parts.push_back(text.substr(from, comma - from));
        }
        from = comma + 1;
    }
    return parts;
}

}  // namespace

std::string Arguments::text(std::string_view name) const {
    const std::optional<std::string> value = text_if(name);
    if (!value) {
        throw UsageError(Usage::kMissing, std::string(name));
    }
    return *value;
}

std::optional<std::string> Arguments::text_if(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second.front();
}

std::vector<std::string> Arguments::list(std::string_view name) const {
    std::vector<std::string> all;
    const auto found = values_.find(name);
    if (found != values_.end()) {
        for (const std::string& value : found->second) {
            for (std::string& part : split_at_commas(value)) {
                all.push_back(std::move(part));
            }
        }
    }
    return all;
}

std::optional<std::uint32_t> Arguments::count_if(std::string_view name, std::uint32_t least,
                                                 std::uint32_t most) const {
    const std::optional<std::string> value = text_if(name);
    if (!value) {
        return std::nullopt;
    }
    const std::optional<std::uint32_t> count = parse_count(*value);
    if (!count || *count < least || *count > most) {
        throw UsageError(Usage::kBadValue, std::string(name) + " takes a whole number from " +
                                               std::to_string(least) + " to " +
                                               std::to_string(most));
    }
    return count;
}

std::optional<casework::Date> Arguments::date_if(std::string_view name) const {
    const std::optional<std::string> value = text_if(name);
    if (!value) {
        return std::nullopt;
    }
    const std::optional<casework::Date> date = casework::parse_date(*value);
    if (!date) {
        throw UsageError(Usage::kBadValue, std::string(name) + " takes a date such as 2026-04-14");
    }
    return date;
}

std::optional<Instant> Arguments::instant_if(std::string_view name, Instant now) const {
    const std::optional<std::string> value = text_if(name);
    if (!value) {
        return std::nullopt;
    }
    if (const auto duration = parse_duration(*value)) {
        return now + *duration;
    }
    try {
        return parse_instant(*value);
    } catch (const Error&) {
        throw UsageError(Usage::kBadValue, std::string(name) +
                                               " takes a time in UTC such as 2026-04-14T10:00:00Z, "
                                               "or a span from now such as 48h or 7d");
    }
}

}  // namespace valv::cli
