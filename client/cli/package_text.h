#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace valv::cli {

// What a recipient reads of a part: travel plan and people to call, as plain text.
// `view` is the JSON that casework::package_view wrote; keys that are not known are passed over.
// Nothing for a view that this program cannot read: its MAC held, so a newer program wrote it.
[[nodiscard]] std::optional<std::string> find_part_text(std::string_view view);

}  // namespace valv::cli
