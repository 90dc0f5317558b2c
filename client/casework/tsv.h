#pragma once

#include <string_view>
#include <vector>

// Lines of tab-separated fields, as our data files hold them; `#` begins a comment line. The views
// are into the text.
namespace valv::casework {

using TsvRow = std::vector<std::string_view>;

// Throws kMalformed when a row has another number of fields: the files are ours.
[[nodiscard]] std::vector<TsvRow> parse_tsv(std::string_view text, std::size_t fields);

}  // namespace valv::casework
