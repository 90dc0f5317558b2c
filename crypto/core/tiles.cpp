// The tiles of merkle.h (c2sp.org/tlog-tiles).
#include <algorithm>
#include <array>
#include <cstdio>

#include "common/base/error.h"
#include "crypto/core/merkle.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {
namespace {

constexpr unsigned kMaxTileLevel =
    8;  // 256^8 leaves are more than a u64 counts; the specification allows 0…63
constexpr std::uint64_t kGroup = 1000;
constexpr std::string_view kTilePrefix = "tile/";
constexpr std::string_view kEntries = "entries";

std::string three_digits(std::uint64_t value) {
    std::string text = std::to_string(value);
    return std::string(3 - text.size(), '0') + text;
}

// 1234067 → x001/x234/067
std::string index_path(std::uint64_t index) {
    std::string path = three_digits(index % kGroup);
    for (index /= kGroup; index > 0; index /= kGroup) {
        path = "x" + three_digits(index % kGroup) + "/" + path;
    }
    return path;
}

std::string path_under(const std::string& level, const TileId& tile) {
    std::string path = std::string(kTilePrefix) + level + "/" + index_path(tile.index);
    if (tile.width != kTileWidth) {
        path += ".p/" + std::to_string(tile.width);
    }
    return path;
}

// Digits of all groups, without `x` and `/`; nothing unless there are only such.
std::optional<std::uint64_t> parse_index(std::string_view groups) {
    std::string digits;
    for (const char character : groups) {
        if (character >= '0' && character <= '9') {
            digits.push_back(character);
        } else if (character != 'x' && character != '/') {
            return std::nullopt;
        }
    }
    constexpr std::size_t kMaxDigits = 18;  // below 2^63
    digits.erase(0,
                 std::min(digits.find_first_not_of('0'), digits.empty() ? 0 : digits.size() - 1));
    if (digits.empty() || digits.size() > kMaxDigits) {
        return std::nullopt;
    }
    return parse_decimal(digits, ~std::uint64_t{0});
}

std::optional<std::uint64_t> parse_small(std::string_view text, std::uint64_t largest) {
    constexpr std::size_t kMaxDigits = 3;
    const bool is_digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || text.size() > kMaxDigits || !is_digits ||
        (text.size() > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    const std::uint64_t value = parse_decimal(text, kGroup);
    return value <= largest ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string tile_path(const TileId& tile) {
    return path_under(std::to_string(tile.level), tile);
}
std::string entries_path(const TileId& tile) {
    return path_under(std::string(kEntries), tile);
}

std::optional<TileId> parse_tile_path(std::string_view path) {
    if (!path.starts_with(kTilePrefix)) {
        return std::nullopt;
    }
    const std::string_view inner = path.substr(kTilePrefix.size());
    const std::size_t slash = inner.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    TileId tile;
    const bool is_entries = inner.substr(0, slash) == kEntries;
    const std::optional<std::uint64_t> level =
        is_entries ? std::optional<std::uint64_t>(0)
                   : parse_small(inner.substr(0, slash), kMaxTileLevel);
    std::string_view index = inner.substr(slash + 1);
    std::optional<std::uint64_t> width = kTileWidth;
    if (const std::size_t dot = index.find(".p/"); dot != std::string_view::npos) {
        width = parse_small(index.substr(dot + 3), kTileWidth - 1);
        index = index.substr(0, dot);
    }
    const std::optional<std::uint64_t> number = parse_index(index);
    if (!level || !width || *width == 0 || !number) {
        return std::nullopt;
    }
    tile = {.level = static_cast<unsigned>(*level), .index = *number, .width = *width};
    const std::string canonical = is_entries ? entries_path(tile) : tile_path(tile);
    return canonical == path ? std::optional(tile) : std::nullopt;
}

std::uint64_t tile_level_size(std::uint64_t size, unsigned level) {
    constexpr unsigned kBits = 64;
    return level * kTileHeight >= kBits ? 0 : size >> (level * kTileHeight);
}

std::uint64_t tile_width_at(std::uint64_t size, unsigned level, std::uint64_t index) {
    const std::uint64_t hashes = tile_level_size(size, level);
    const std::uint64_t full = hashes / kTileWidth;
    if (index < full) {
        return kTileWidth;
    }
    return index == full ? hashes % kTileWidth : 0;
}

std::vector<TileId> new_tiles(std::uint64_t first, std::uint64_t second) {
    std::vector<TileId> tiles;
    for (unsigned level = 0; tile_level_size(second, level) > 0; ++level) {
        const std::uint64_t before = tile_level_size(first, level);
        const std::uint64_t after = tile_level_size(second, level);
        if (before == after) {
            continue;
        }
        for (std::uint64_t index = before / kTileWidth; index * kTileWidth < after; ++index) {
            tiles.push_back(
                {.level = level, .index = index, .width = tile_width_at(second, level, index)});
        }
    }
    return tiles;
}

}  // namespace valv::crypto
