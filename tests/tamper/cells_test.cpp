// One test for each cell of the table (table.cpp).
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/sentence_table.h"
#include "client/cli/sentences.h"
#include "tests/tamper/page.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

struct Place {
    const Row* row = nullptr;
    Change change = Change::kFlip;
    [[nodiscard]] const Cell& cell() const { return test::cell(*row, change); }
};

void PrintTo(const Place& place, std::ostream* out) {
    *out << place.row->words << ": " << to_string(place.change);
}

// What a reading came to.
struct Attempt {
    std::optional<std::string> text;
    ErrorCode code = ErrorCode::kInternal;
    bool is_tampered = false;
    cli::Failure failure;
};

Attempt attempt(Victim& victim) {
    Attempt made;
    try {
        made.text = victim.read();
    } catch (const Error& error) {
        made.code = error.code();
        made.is_tampered = dynamic_cast<const Tampered*>(&error) != nullptr;
        made.failure = cli::describe(error);
    }
    return made;
}

std::set<std::string> words_of_text(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

class CellTest : public testing::TestWithParam<Place> {
protected:
    void TearDown() override { stage_.network.cheat = {}; }

    // Read from an honest server by the same person; read once.
    const std::string& honest(Reading reading, Unseen unseen) {
        const auto [place, is_new] = honest_.try_emplace({reading, unseen});
        if (is_new) {
            place->second = Victim(stage_, reading, unseen).read();
        }
        return place->second;
    }
    void play(const Scenario& scenario);
    void expect_outcome(const Attempt& made, const std::string& honest_text);

    Stage& stage_ = shared_stage();
    static std::map<std::pair<Reading, Unseen>, std::string> honest_;
};
std::map<std::pair<Reading, Unseen>, std::string> CellTest::honest_;

// One sentence that names what is wrong and says what to do.
void expect_sentence(const cli::Failure& failure) {
    ASSERT_FALSE(failure.object.empty());
    EXPECT_THAT(failure.message, EndsWith("."));
    EXPECT_NE(failure.message.find_first_of(":;,"), std::string::npos) << failure.message;
    const bool names_it =
        cli::tamper_sentence(failure.error).find("{object}") != std::string_view::npos;
    const bool is_links = failure.message.find("sender") != std::string::npos;
    if (names_it && !is_links) {
        EXPECT_THAT(failure.message, HasSubstr(failure.object.substr(1)));
    }
}

void expect_noticed(const Attempt& made, std::string_view name) {
    ASSERT_FALSE(made.text) << "read as if nothing had happened: " << *made.text;
    EXPECT_TRUE(made.is_tampered);
    EXPECT_EQ(made.failure.error, name) << made.failure.message;
    EXPECT_EQ(made.failure.exit_code, cli::kExitTampered);
    expect_sentence(made.failure);
}

void expect_refused(const Attempt& made, std::string_view code) {
    ASSERT_FALSE(made.text) << "read as if nothing had happened: " << *made.text;
    EXPECT_EQ(to_string(made.code), code) << made.failure.message;
    EXPECT_EQ(made.failure.exit_code,
              made.code == ErrorCode::kNetwork ? cli::kExitNetwork : cli::kExitRefused);
}

void expect_set_aside(const Attempt& made, const std::string& honest_text) {
    ASSERT_TRUE(made.text) << made.failure.message;
    EXPECT_NE(*made.text, honest_text);
    const std::set<std::string> genuine = words_of_text(honest_text);
    for (const std::string& word : words_of_text(*made.text)) {
        const bool is_count = std::ranges::all_of(word, [](char letter) {
            return std::isdigit(static_cast<unsigned char>(letter)) != 0;
        });
        EXPECT_TRUE(is_count || genuine.contains(word)) << word;
    }
}

void CellTest::expect_outcome(const Attempt& made, const std::string& honest_text) {
    const Cell& cell = GetParam().cell();
    switch (cell.outcome) {
        case Outcome::kNoticed:
        case Outcome::kLater:
            return expect_noticed(made, cell.name);
        case Outcome::kNoEffect:
            ASSERT_TRUE(made.text) << made.failure.message;
            EXPECT_EQ(*made.text, honest_text);
            return;
        case Outcome::kSetAside:
            return expect_set_aside(made, honest_text);
        case Outcome::kRefused:
            return expect_refused(made, cell.name);
        case Outcome::kUnseen:
            ASSERT_TRUE(made.text) << made.failure.message;
            EXPECT_NE(*made.text, honest_text);
            return;
        case Outcome::kNone:
            FAIL() << "no such cell";
    }
}

void CellTest::play(const Scenario& scenario) {
    const Place place = GetParam();
    const Reading reading = reading_of(place.row->object);
    const std::string& honest_text = honest(reading, scenario.unseen);
    Victim victim(stage_, reading, scenario.unseen);
    const std::string known = victim.known();
    stage_.network.cheat = scenario.cheat;
    const Attempt made = attempt(victim);
    stage_.network.cheat = {};
    const bool was_read = made.text.has_value();
    if (scenario.is_unmet) {
        EXPECT_TRUE(was_read) << made.failure.error << ": " << made.failure.message;
    } else {
        expect_outcome(made, honest_text);
    }
    EXPECT_EQ(victim.saved_anything(), was_read && !made.text->ends_with("waiting") &&
                                           made.text->find("\npaper ") != std::string::npos);
    if (!was_read) {  // the last good state is kept
        EXPECT_TRUE(victim.known() == known) << "something was pinned";
    }
    const bool has_met = scenario.is_unmet && place.change == Change::kFork;
    if (has_met && place.row->object == Object::kKeyringNote) {
        victim.forget_copies();  // else one that it has is not asked for again
    }
    const Attempt again = attempt(victim);
    if (has_met) {
        return expect_noticed(again, place.cell().name);
    }
    ASSERT_TRUE(again.text) << "an honest server is refused now: " << again.failure.error << ": "
                            << again.failure.message;
    EXPECT_EQ(*again.text, honest_text);
}

TEST_P(CellTest, EndsAsTheTableSays) {
    const std::vector<Scenario> scenarios =
        scenarios_of(stage_, GetParam().row->object, GetParam().change);
    ASSERT_FALSE(scenarios.empty());
    const bool has_unmet = std::ranges::any_of(scenarios, &Scenario::is_unmet);
    EXPECT_TRUE(!has_unmet || GetParam().cell().outcome == Outcome::kLater);
    for (std::size_t index = 0; index < scenarios.size(); ++index) {
        SCOPED_TRACE("scenario " + std::to_string(index));
        play(scenarios[index]);
    }
}

std::vector<Place> places() {
    std::vector<Place> all;
    for (const Row& row : rows()) {
        for (std::size_t change = 0; change < kChangeCount; ++change) {
            const Place place{.row = &row, .change = static_cast<Change>(change)};
            if (place.cell().outcome != Outcome::kNone) {
                all.push_back(place);
            }
        }
    }
    return all;
}

INSTANTIATE_TEST_SUITE_P(Table, CellTest, testing::ValuesIn(places()),
                         [](const testing::TestParamInfo<Place>& place) {
                             return test_name(*place.param.row, place.param.change);
                         });

}  // namespace
}  // namespace valv::client::test
