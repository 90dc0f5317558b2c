#include "crypto/core/text_lines.h"

#include <charconv>
#include <limits>

#include "common/base/error.h"

namespace valv::crypto {

void TextLines::complain(std::string_view about) const {
    throw Error(ErrorCode::kMalformed, std::string(what_).append(": ").append(about));
}

std::string_view TextLines::line() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) {
        complain("a line is missing or has no end");
    }
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
}

bool TextLines::is_next(std::string_view key) const noexcept {
    return rest_.starts_with(key) && rest_.substr(key.size()).starts_with(' ');
}

std::string_view TextLines::value(std::string_view key) {
    if (!is_next(key)) {
        complain(std::string("no line ").append(key).append(" where it must be"));
    }
    const std::string_view value = line().substr(key.size() + 1);
    if (value.empty()) {
        complain(std::string("no value of ").append(key));
    }
    return value;
}

void TextLines::expect_end() const {
    if (!rest_.empty()) {
        complain("something follows the last line");
    }
}

std::uint64_t parse_decimal(std::string_view text, std::uint64_t largest) {
    std::uint64_t value = 0;
    const char* const last = text.data() + text.size();
    const auto [end, failure] = std::from_chars(text.data(), last, value);
    const bool has_leading_zero = text.size() > 1 && text.front() == '0';
    if (text.empty() || text.front() == '-' || has_leading_zero || failure != std::errc{} ||
        end != last || value > largest) {
        throw Error(ErrorCode::kMalformed, "number: not a decimal in range");
    }
    return value;
}

std::uint32_t parse_decimal32(std::string_view text) {
    return static_cast<std::uint32_t>(
        parse_decimal(text, std::numeric_limits<std::uint32_t>::max()));
}

std::vector<std::string_view> split_words(std::string_view text, std::size_t count) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t space = text.find(' ');
        words.push_back(text.substr(0, space));
        if (words.back().empty() || words.size() > count) {
            break;
        }
        if (space == std::string_view::npos) {
            if (words.size() == count) {
                return words;
            }
            break;
        }
        text.remove_prefix(space + 1);
    }
    throw Error(ErrorCode::kMalformed, "line: wrong number of words");
}

void append_line(std::string& text, std::string_view key, std::string_view value) {
    text.append(key).append(" ").append(value).append("\n");
}

}  // namespace valv::crypto
