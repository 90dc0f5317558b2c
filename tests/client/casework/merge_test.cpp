// Three versions of a record. The rule: docs/casework.md 3.6.
#include "client/casework/merge.h"

#include <gtest/gtest.h>

#include "client/casework/import.h"
#include "tests/client/casework/support.h"

namespace valv::casework::test {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;

const Instant kAt = parse_instant(kNow);

Json rows(std::string_view ids) {
    Json array = Json::array();
    for (const char id : ids) {
        array.push_back({{"id", std::string(1, id)}});
    }
    return array;
}

std::string ids_of(const Json& array) {
    std::string ids;
    for (const Json& row : array) {
        ids += row.at("id").get<std::string>();
    }
    return ids;
}

std::string merged_order(std::string_view base, std::string_view ours, std::string_view theirs) {
    return ids_of(
        merge_versions({{"legs", rows(base)}}, {{"legs", rows(ours)}}, {{"legs", rows(theirs)}})
            .json.value("legs", Json::array()));
}

TEST(MergeTest, WhatOneSideChangedIsTakenFromIt) {
    const Merge merge = merge_versions({{"a", 1}, {"b", 1}, {"c", 1}, {"d", {{"e", 1}, {"f", 1}}}},
                                       {{"a", 2}, {"b", 1}, {"c", 1}, {"d", {{"e", 2}, {"f", 1}}}},
                                       {{"a", 1}, {"b", 2}, {"d", {{"e", 1}, {"f", 2}}}, {"g", 5}});
    EXPECT_EQ(merge.json, Json({{"a", 2}, {"b", 2}, {"d", {{"e", 2}, {"f", 2}}}, {"g", 5}}));
    EXPECT_EQ(merge.contested, Strings{});
}

TEST(MergeTest, OfWhatBothChangedOursStandsAndIsListed) {
    const Merge merge = merge_versions({{"a", 1}, {"l", {"x"}}}, {{"a", 2}, {"l", {"x", "y"}}},
                                       {{"a", 3}, {"l", {"x", "z"}}});
    EXPECT_EQ(merge.json, Json({{"a", 2}, {"l", {"x", "y"}}}));
    EXPECT_EQ(merge.contested, (Strings{"/a", "/l"}));
}

TEST(MergeTest, TheSameChangeIsNoContest) {
    const Merge merge = merge_versions({{"a", 1}}, {{"a", 2}}, {{"a", 2}});
    EXPECT_EQ(merge.json, Json({{"a", 2}}));
    EXPECT_EQ(merge.contested, Strings{});
}

TEST(MergeTest, AChangeStandsOverARemoval) {
    const Json base = {{"legs", {{{"id", "a"}, {"n", 1}}, {{"id", "b"}, {"n", 1}}}}};
    const Json changed = {{"legs", {{{"id", "a"}, {"n", 1}}, {{"id", "b"}, {"n", 2}}}}};
    const Json removed = {{"legs", {{{"id", "a"}, {"n", 1}}}}};
    for (const Merge& merge :
         {merge_versions(base, removed, changed), merge_versions(base, changed, removed)}) {
        EXPECT_EQ(merge.json, changed);
        EXPECT_EQ(merge.contested, Strings{"/legs/1"});
    }
}

TEST(MergeTest, RowsOfBothSidesStayAndKeepTheirOrder) {
    EXPECT_EQ(merged_order("ab", "axb", "aby"), "axby");
    EXPECT_EQ(merged_order("ab", "xab", "yab"), "xyab");
    EXPECT_EQ(merged_order("abc", "ac", "abcd"), "acd");
    EXPECT_EQ(merged_order("abc", "cab", "abcd"), "cdab");
    EXPECT_EQ(merged_order("abc", "abcd", "cab"), "cdab");
    EXPECT_EQ(merged_order("", "a", "b"), "ab");
    EXPECT_EQ(merged_order("ab", "", "ab"), "");
}

TEST(MergeTest, RowsWithoutAnIdAreTheirContent) {
    const Json base = {{"notes", {{{"text", "old"}}}}};
    const Merge merge = merge_versions(base, {{"notes", {{{"text", "old"}}, {{"text", "ours"}}}}},
                                       {{"notes", {{{"text", "old"}}, {{"text", "theirs"}}}}});
    EXPECT_EQ(merge.json.at("notes").size(), 3U);
    EXPECT_EQ(merge.contested, Strings{});
}

// A file that was exported, then changed while a colleague wrote into the same case.
struct LateImportTest : testing::Test {
    [[nodiscard]] DecodedImport import_late(const Json& file, const Json& newest) const {
        const Record existing = accepted(newest);
        return decode_import(file.dump(), {.base = base, .existing = existing}, places(), kAt);
    }
    const Json exported = load_case("8_8");
    const Record base = case_record("8_8");
};

TEST_F(LateImportTest, KeepsWhatAColleagueWrote) {
    Json newest = exported;
    set(newest, "/links/0/opens", 2);
    set(newest, "/destination/place", "Cluj-Napoca");
    Json file = exported;
    set(file, "/case/unit", "Region Skåne");
    const DecodedImport decoded = import_late(file, newest);
    ASSERT_TRUE(decoded.record) << decoded.refusals.front().code << decoded.refusals.front().path;
    EXPECT_EQ(decoded.contested, Strings{});
    EXPECT_EQ(decoded.record->links[0].opens, 2);
    EXPECT_EQ(decoded.record->destination.place, "Cluj-Napoca");
    EXPECT_EQ(decoded.record->facts.unit, "Region Skåne");
}

TEST_F(LateImportTest, ListsWhatBothChanged) {
    Json newest = exported;
    set(newest, "/destination/place", "Cluj-Napoca");
    Json file = exported;
    set(file, "/destination/place", "Oradea");
    const DecodedImport decoded = import_late(file, newest);
    ASSERT_TRUE(decoded.record);
    EXPECT_EQ(decoded.contested, Strings{"/destination/place"});
    EXPECT_EQ(decoded.record->destination.place, "Oradea");
}

TEST_F(LateImportTest, RefusesAFileByItsOwnPaths) {
    Json newest = exported;
    set(newest, "/destination/place", "Cluj-Napoca");
    Json file = exported;
    set(file, "/links/0/max_opens", 20);
    const DecodedImport decoded = import_late(file, newest);
    EXPECT_FALSE(decoded.record);
    ASSERT_EQ(decoded.refusals.size(), 1U);
    EXPECT_EQ(decoded.refusals[0].path, "/links/0");
}

}  // namespace
}  // namespace valv::casework::test
