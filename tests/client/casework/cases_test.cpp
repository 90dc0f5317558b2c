#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "client/casework/checklist.h"
#include "client/casework/embedded.h"
#include "client/casework/tsv.h"
#include "tests/client/casework/support.h"

namespace valv::casework::test {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;
using testing::UnorderedElementsAreArray;

// tests/data/cases, 8.1 to 8.8: the exact set of open items.
class CaseTest : public testing::TestWithParam<std::string> {};

TEST_P(CaseTest, HasExactlyTheExpectedOpenItems) {
    const auto expected = load_data("expected").at(GetParam());
    const auto now = expected.at("now").get<std::string>();
    EXPECT_EQ(open_items(accepted(load_case(GetParam()), now), now),
              expected.at("open").get<Strings>());
}

TEST_P(CaseTest, SurvivesExportAndImportUnchanged) {
    const auto record = accepted(load_case(GetParam()));
    const auto bytes = encode_record(record);
    const auto again = decode_record(bytes, places(), parse_instant(kNow));
    ASSERT_TRUE(again.record);
    EXPECT_TRUE(*again.record == record);
    EXPECT_EQ(encode_record(*again.record), bytes);
}

INSTANTIATE_TEST_SUITE_P(Domain, CaseTest,
                         testing::Values("8_1", "8_2", "8_3", "8_4", "8_5", "8_8"),
                         [](const auto& row) { return "Case" + row.param; });

// tests/data/cases/changes.json: one change, boundaries beside it, and the difference that it
// makes.
class ChangeRowTest : public testing::TestWithParam<std::size_t> {};

// The ids of all rules, from the table of texts.
Strings rule_ids() {
    constexpr std::size_t kFields = 4;
    Strings ids;
    for (const auto& row : parse_tsv(builtin_checklist_en(), kFields)) {
        ids.emplace_back(row[0]);
    }
    return ids;
}

const Json& changes() {
    static const Json kChanges = [] {
        auto all = load_data("changes");
        for (const auto& row :
             load_data("rules")) {  // open, closed and boundary of the rules that 8.9 leaves out
            all.push_back(row);
        }
        return all;
    }();
    return kChanges;
}

Strings expected_after(const Json& change, Strings expected) {
    if (change.contains("only")) {
        return change.at("only").get<Strings>();
    }
    for (const auto& gone : change.at("minus")) {
        EXPECT_EQ(std::erase(expected, gone.get<std::string>()), 1U) << gone;
    }
    for (const auto& added : change.at("plus")) {
        expected.push_back(added.get<std::string>());
    }
    return expected;
}

// A rule without a row in this table is a rule without a test.
TEST(ChangeTest, EveryRuleIsOpenSomewhere) {
    const auto seen = load_data("expected").dump() + changes().dump();
    for (const auto& line : rule_ids()) {
        EXPECT_TRUE(seen.find("\"" + line + "\"") != std::string::npos ||
                    seen.find("\"" + line + ":") != std::string::npos)
            << line;
    }
}

TEST_P(ChangeRowTest, MakesExactlyTheExpectedDifference) {
    const auto& change = changes().at(GetParam());
    const auto name = change.at("case").get<std::string>();
    const auto base = load_data("expected").at(name);
    const auto now = change.value("now", base.at("now").get<std::string>());
    auto json = load_case(name);
    const auto settings = change.value("set", Json::object());
    for (const auto& [pointer, value] : settings.items()) {
        set(json, pointer, value);
    }
    const auto removals = change.value("remove", Json::array());
    for (const auto& pointer : removals) {
        remove(json, pointer.get<std::string>());
    }
    EXPECT_THAT(open_items(accepted(json, now), now),
                UnorderedElementsAreArray(expected_after(change, base.at("open").get<Strings>())));
}

INSTANTIATE_TEST_SUITE_P(Domain, ChangeRowTest, testing::Range<std::size_t>(0, changes().size()),
                         [](const auto& row) {
                             return changes().at(row.param).at("name").template get<std::string>();
                         });

}  // namespace
}  // namespace valv::casework::test
