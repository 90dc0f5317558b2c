#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace valv::cli {

// Columns that UTF-8 text takes on a terminal: combining marks none, East Asian wide characters
// two.
[[nodiscard]] std::size_t width_of(std::string_view text) noexcept;

// What may be shown: control characters (line feed and tab excepted), bidi overrides and octets
// that are no UTF-8 become U+FFFD, so that no name or note of somebody else steers the terminal.
[[nodiscard]] std::string shown(std::string_view text);

// Columns side by side, each as wide as its widest cell, two blanks between. The first row is the
// head.
class Table {
public:
    explicit Table(std::vector<std::string> head) { rows_.push_back(std::move(head)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] bool empty() const noexcept { return rows_.size() == 1; }
    // Ends with a line feed.
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace valv::cli
