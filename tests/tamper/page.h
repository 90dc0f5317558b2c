#pragma once

#include <string>
#include <string_view>

#include "tests/tamper/table.h"

// The table as it stands in docs/threats.md.
namespace valv::client::test {

// What the page calls the test of a cell: `directory_note_flip`.
[[nodiscard]] std::string test_name(const Row& row, Change change);

inline constexpr std::string_view kPageBegin =
    "<!-- table of tests/tamper: written by valv_tamper_page -->\n";
inline constexpr std::string_view kPageEnd = "<!-- end of the table -->\n";

// Markdown, without the marks.
[[nodiscard]] std::string page_table();
// `page` with the table between the marks made new. Throws kMalformed when a mark is missing.
[[nodiscard]] std::string with_table(std::string_view page);

}  // namespace valv::client::test
