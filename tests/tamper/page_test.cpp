// The page and the tests come from one table.
#include "tests/tamper/page.h"

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/common/temp_folder.h"
#include "tests/tamper/table.h"

namespace valv::client::test {
namespace {

using valv::test::snapshot;

TEST(TamperPageTest, ThePageHoldsTheTable) {
    const std::string page = snapshot("docs/threats.md");  // tests run in the repository's root
    ASSERT_FALSE(page.empty());
    EXPECT_TRUE(page == with_table(page))
        << "docs/threats.md is not what valv_tamper_page writes: "
           "valv_tamper_page < docs/threats.md > new && mv new docs/threats.md";
}

// All sources of tests, for the names that stand in them.
std::string all_tests() {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("tests")) {
        if (entry.path().extension() == ".cpp") {
            text += snapshot(entry.path());
        }
    }
    return text;
}

// A promise on the page names the test that holds it: `Suite.Name`.
TEST(TamperPageTest, EveryTestThatThePageNamesIsThere) {
    const std::string page = snapshot("docs/threats.md");
    const std::string tests = all_tests();
    const std::regex name("([A-Za-z]+(?:Test|Contract))\\.([A-Z][A-Za-z0-9]+)");
    std::size_t count = 0;
    for (std::sregex_iterator found(page.begin(), page.end(), name), none; found != none;
         ++found, ++count) {
        const std::string place = "(" + found->str(1) + ", " + found->str(2) + ")";
        EXPECT_NE(tests.find(place), std::string::npos) << place;
    }
    EXPECT_GT(count, 0U);
}

// And so for the cells.
TEST(TamperPageTest, EveryCellThatThePageNamesIsThere) {
    std::set<std::string> cells;
    for (const Row& row : rows()) {
        for (std::size_t change = 0; change < kChangeCount; ++change) {
            if (row.cells.at(change).outcome != Outcome::kNone) {
                cells.insert(test_name(row, static_cast<Change>(change)));
            }
        }
    }
    const std::string page = snapshot("docs/threats.md");
    const std::regex name("CellTest `([a-z_]+)`");
    std::size_t count = 0;
    for (std::sregex_iterator found(page.begin(), page.end(), name), none; found != none;
         ++found, ++count) {
        EXPECT_TRUE(cells.contains(found->str(1))) << found->str(1);
    }
    EXPECT_GT(count, 0U);
}

TEST(TamperPageTest, RowsStandInTheOrderOfTheObjects) {
    for (std::size_t index = 0; index < rows().size(); ++index) {
        EXPECT_EQ(static_cast<std::size_t>(rows()[index].object), index);
    }
    EXPECT_EQ(rows().size(), static_cast<std::size_t>(Object::kLinkBody) + 1);
}

TEST(TamperPageTest, EveryNoteIsUsedAndEveryUseHasOne) {
    std::vector<bool> used(notes().size() + 1);
    for (const Row& row : rows()) {
        for (const Cell& cell : row.cells) {
            const bool needs_note = cell.outcome == Outcome::kLater ||
                                    cell.outcome == Outcome::kSetAside ||
                                    cell.outcome == Outcome::kUnseen;
            EXPECT_TRUE(cell.note > 0 || !needs_note) << row.words;
            used.at(static_cast<std::size_t>(cell.note)) = true;
        }
    }
    for (std::size_t note = 1; note < used.size(); ++note) {
        EXPECT_TRUE(used[note]) << "note " << note;
    }
}

}  // namespace
}  // namespace valv::client::test
