#include <set>

#include <gtest/gtest.h>

#include "crypto/core/merkle.h"

namespace valv::crypto {
namespace {

// c2sp.org/tlog-tiles: the example of the specification.
TEST(TilePathTest, GroupsTheIndexByThousands) {
    EXPECT_EQ(tile_path({.level = 0, .index = 1234067, .width = 256}), "tile/0/x001/x234/067");
    EXPECT_EQ(tile_path({.level = 1, .index = 0, .width = 12}), "tile/1/000.p/12");
    EXPECT_EQ(entries_path({.level = 0, .index = 1000, .width = 256}), "tile/entries/x001/000");
}

TEST(TilePathTest, EveryPathIsReadBack) {
    for (const std::uint64_t index :
         {0ULL, 7ULL, 999ULL, 1000ULL, 999999ULL, 1000000ULL, 1234067ULL}) {
        for (const std::uint64_t width : {1ULL, 255ULL, 256ULL}) {
            const TileId tile{.level = 2, .index = index, .width = width};
            EXPECT_EQ(parse_tile_path(tile_path(tile)), tile);
        }
    }
    EXPECT_EQ(parse_tile_path("tile/entries/x001/000.p/3"),
              (TileId{.level = 0, .index = 1000, .width = 3}));
}

TEST(TilePathTest, OtherSpellingsAreRefused) {
    for (const char* path : {"",
                             "tile",
                             "tile/",
                             "tile/0",
                             "tile/0/",
                             "tile/0/0",
                             "tile/0/0000",
                             "tile/00/000",
                             "tile/0/x000/001",
                             "tile/0/001/002",
                             "tile/0/x001",
                             "tile/0/000.p/0",
                             "tile/0/000.p/256",
                             "tile/0/000.p/01",
                             "tile/0/000.p/",
                             "tile/0/000.p/1/",
                             "tile/0/../000",
                             "tile/9/000",
                             "tile/64/000",
                             "tile/-1/000",
                             "/tile/0/000",
                             "tile/0/000 ",
                             "tile/0/000%00",
                             "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                             "tile/entry/000"}) {
        EXPECT_FALSE(parse_tile_path(path)) << path;
    }
}

TEST(TileWidthTest, TheEdgeIsPartial) {
    EXPECT_EQ(tile_width_at(70'000, 0, 0), 256U);
    EXPECT_EQ(tile_width_at(70'000, 0, 273), 70'000U - 273 * 256);
    EXPECT_EQ(tile_width_at(70'000, 0, 274), 0U);
    EXPECT_EQ(tile_width_at(70'000, 1, 1), 17U);  // 273 = 256 + 17
    EXPECT_EQ(tile_width_at(70'000, 2, 0), 1U);
    EXPECT_EQ(tile_width_at(70'000, 3, 0), 0U);
    EXPECT_EQ(tile_width_at(512, 0, 2), 0U);
}

TEST(NewTilesTest, GrowingNamesOnlyWhatChanged) {
    EXPECT_TRUE(new_tiles(5, 5).empty());
    EXPECT_EQ(new_tiles(0, 3), (std::vector<TileId>{{.level = 0, .index = 0, .width = 3}}));
    EXPECT_EQ(new_tiles(255, 257), (std::vector<TileId>{{.level = 0, .index = 0, .width = 256},
                                                        {.level = 0, .index = 1, .width = 1},
                                                        {.level = 1, .index = 0, .width = 1}}));
    EXPECT_EQ(new_tiles(256, 512), (std::vector<TileId>{{.level = 0, .index = 1, .width = 256},
                                                        {.level = 1, .index = 0, .width = 2}}));
}

TEST(NewTilesTest, StepsTogetherNameEveryTileOfTheTree) {
    std::set<std::string> named;
    std::uint64_t size = 0;
    for (const std::uint64_t next : {1U, 100U, 256U, 300U, 5000U, 70'000U}) {
        for (const TileId& tile : new_tiles(size, next)) {
            named.insert(tile_path(tile));
        }
        size = next;
    }
    for (unsigned level = 0; tile_level_size(size, level) > 0; ++level) {
        for (std::uint64_t index = 0; tile_width_at(size, level, index) > 0; ++index) {
            const TileId tile{
                .level = level, .index = index, .width = tile_width_at(size, level, index)};
            EXPECT_TRUE(named.contains(tile_path(tile))) << tile_path(tile);
        }
    }
}

}  // namespace
}  // namespace valv::crypto
