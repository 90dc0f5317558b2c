#pragma once

#include <memory>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

// Strict JSON (docs/formats.md section 1): well-formed UTF-8, no duplicate keys, depth ≤ 16,
// nothing after the value.
namespace valv::casework {

constexpr std::size_t kMaxDepth = 16;

// Null when the text is not that.
[[nodiscard]] std::unique_ptr<nlohmann::ordered_json> parse_strict(std::string_view text);

}  // namespace valv::casework
