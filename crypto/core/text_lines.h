#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"

// Strict reading and writing of `key value` texts (docs/formats.md sections 3, 4, 5, 8): fixed
// order, one space, LF.
namespace valv::crypto {

// Reads line by line. Views the text it was made with and copies nothing, so it may read secrets.
// Every complaint is kMalformed with `what` in front.
class TextLines {
public:
    TextLines(std::string_view text, std::string_view what) : rest_(text), what_(what) {}

    // The next line without its LF.
    [[nodiscard]] std::string_view line();
    // The value of the next line, which begins with `key` and a space. `key` may hold spaces (`#
    // vault`).
    [[nodiscard]] std::string_view value(std::string_view key);
    // Does the next line begin with `key` and a space?
    [[nodiscard]] bool is_next(std::string_view key) const noexcept;
    [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }
    void expect_end() const;
    [[noreturn]] void complain(std::string_view about) const;

private:
    std::string_view rest_;
    std::string_view what_;
};

// Decimal without sign and leading zeros, at most `largest`. Throws kMalformed.
[[nodiscard]] std::uint64_t parse_decimal(std::string_view text, std::uint64_t largest);
[[nodiscard]] std::uint32_t parse_decimal32(std::string_view text);

// Exactly `count` non-empty words with one space between. Throws kMalformed.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view text, std::size_t count);

// Appends `key value` LF.
void append_line(std::string& text, std::string_view key, std::string_view value);

}  // namespace valv::crypto
