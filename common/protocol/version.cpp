#include "common/protocol/version.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace valv::protocol {
namespace {

using Parts = std::array<std::uint32_t, 3>;

std::optional<Parts> find_parts(std::string_view text) noexcept {
    Parts parts{};
    for (std::size_t index = 0; index < parts.size(); ++index) {
        const auto [end, failure] =
            std::from_chars(text.data(), text.data() + text.size(), parts[index]);
        if (failure != std::errc()) {
            return std::nullopt;
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const bool is_last = index + 1 == parts.size();
        if (is_last != text.empty() || (!is_last && !text.starts_with('.'))) {
            return std::nullopt;
        }
        text.remove_prefix(is_last ? 0 : 1);
    }
    return parts;
}

}  // namespace

bool is_older_version(std::string_view version, std::string_view than) noexcept {
    const std::optional<Parts> parts = find_parts(version);
    return !parts || *parts < find_parts(than).value_or(Parts{});
}

}  // namespace valv::protocol
