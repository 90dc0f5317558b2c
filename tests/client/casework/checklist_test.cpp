#include "client/casework/checklist.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "client/casework/checklist_texts.h"
#include "client/casework/embedded.h"
#include "client/casework/tsv.h"
#include "tests/client/casework/support.h"

namespace valv::casework::test {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;
using testing::HasSubstr;
using testing::Not;

const Instant kAt = parse_instant(kNow);

Item item_of(const Record& record, std::string_view id) {
    const auto items = make_checklist(record, kAt);
    const auto found = std::ranges::find(items, id, &Item::id);
    EXPECT_NE(found, items.end()) << id;
    return found == items.end() ? Item{} : *found;
}

TEST(ChecklistTest, ListsWhatCannotBeWaivedFirstThenWhatBlocksThenByDue) {
    const auto items = make_checklist(case_record("8_4"), kAt);
    for (std::size_t index = 1; index < items.size(); ++index) {
        const auto rank = [](const Item& item) {
            return !item.waivable ? 0 : item.blocking ? 1 : 2;
        };
        EXPECT_LE(rank(items[index - 1]), rank(items[index]));
        if (rank(items[index - 1]) == rank(items[index])) {
            EXPECT_LE(items[index - 1].due.value_or(Instant::max()),
                      items[index].due.value_or(Instant::max()));
        }
    }
    EXPECT_EQ(items.front().id, "guardian-consent:p2");
}

TEST(ChecklistTest, DaysBeforeAreCalendarDaysWhereTheJourneyBegins) {
    const auto item =
        item_of(case_record("8_1"), "safety-card:p1");  // D−1, departure 2026-04-08 in Stockholm
    EXPECT_EQ(to_text(item.due_on.value()), "2026-04-07");
    EXPECT_EQ(to_text(item.due.value()), "2026-04-07T21:59:59Z");
    EXPECT_FALSE(is_overdue(item, *item.due));
    EXPECT_TRUE(is_overdue(item, *item.due + std::chrono::seconds(1)));
}

TEST(ChecklistTest, HoursBeforeAreCountedFromTheInstantOfDeparture) {
    const auto item =
        item_of(case_record("8_2"), "assistance-request:l2");  // 13:00 in Frankfurt, 48 h before
    EXPECT_EQ(to_text(item.due.value()), "2026-03-25T12:00:00Z");
    EXPECT_FALSE(item.due_on);
}

TEST(ChecklistTest, ItemsPointAtTheRowTheyAreAbout) {
    EXPECT_EQ(item_of(case_record("8_1"), "reception-link:o1").path, "/receptions/0");
    EXPECT_EQ(item_of(case_record("8_2"), "medicine-supply:p1-m1").path,
              "/persons/0/needs/medicines/0");
    EXPECT_EQ(item_of(case_record("8_4"), "leg-ticket:l2").path, "/legs/1");
    EXPECT_EQ(item_of(case_record("8_4"), "risk-areas").path, "");
}

TEST(ChecklistTest, SourceIsTheBracketOfTheReasonElseTheProgramme) {
    EXPECT_EQ(item_of(case_record("8_2"), "fit-to-fly-stale:p1").source, "carrier: check");
    EXPECT_EQ(item_of(case_record("8_1"), "safety-card:p1").source, "programme");
}

TEST(ChecklistTest, FillsBracesInTheLanguageOfTheList) {
    const auto record = case_record("8_4");
    EXPECT_EQ(item_text(item_of(record, "leg-ticket:l1"), DeskLanguage::kEn),
              "Have the ticket issued: XX 314 ARN–VIE, 9 Apr 10:10");
    EXPECT_EQ(item_text(item_of(record, "leg-ticket:l1"), DeskLanguage::kSv),
              "Få biljetten utfärdad: XX 314 ARN–VIE, 9 apr 10:10");
    EXPECT_EQ(item_text(item_of(record, "emergency-route:p1"), DeskLanguage::kEn),
              "The emergency document of Mira Primerović does not name Austria");
    EXPECT_EQ(item_text(item_of(record, "emergency-route:p1"), DeskLanguage::kSv),
              "Den provisoriska handlingen för Mira Primerović gäller inte Österrike");
    EXPECT_EQ(item_text(item_of(record, "risk-areas"), DeskLanguage::kSv),
              "Bedöm de områden som saknas: barnet");
    EXPECT_EQ(item_text(item_of(case_record("8_2"), "connection-short:l1-l2"), DeskLanguage::kEn),
              "Change is too short: 65 of 90 minutes");
}

TEST(ChecklistTest, NamesStandInThePersonsOwnOrder) {
    EXPECT_EQ(item_text(item_of(accepted([] {
                                    auto json = load_case("8_8");
                                    remove(json, "/consents/0/withdrawn_at");
                                    return json;
                                }()),
                                "originals-returned:p1"),
                        DeskLanguage::kEn),
              "Passport and belongings in the hands of Minta Réka (for a child: the escort), "
              "against receipt");
}

TEST(ChecklistTest, ABraceInsideANameIsNeverFilled) {
    auto json = load_case("8_1");
    set(json, "/persons/0/name/given", "{name}");
    EXPECT_THAT(item_text(item_of(accepted(json), "phone-check:p1"), DeskLanguage::kEn),
                HasSubstr("{name} Model"));
}

TEST(ChecklistTest, EveryRuleHasTextsInBothLanguages) {
    constexpr std::size_t kFields = 4;
    const auto english = parse_tsv(builtin_checklist_en(), kFields);
    const auto swedish = parse_tsv(builtin_checklist_sv(), kFields);
    ASSERT_EQ(english.size(), 145U);
    ASSERT_EQ(swedish.size(), 145U);
    for (std::size_t index = 0; index < english.size(); ++index) {
        EXPECT_EQ(english[index][0], swedish[index][0]);
        const auto rule = find_rule(english[index][0]);
        ASSERT_TRUE(rule) << english[index][0];
        EXPECT_EQ(rule->order, index);
        for (const auto& field : english[index]) {
            EXPECT_FALSE(field.empty()) << english[index][0];
        }
        for (const auto& field : swedish[index]) {
            EXPECT_FALSE(field.empty()) << english[index][0];
        }
    }
    EXPECT_FALSE(find_rule("passport-nice"));
}

TEST(ChecklistTest, NoBraceIsLeftEmptyInAnyCase) {
    for (const auto* const name : {"8_1", "8_2", "8_3", "8_4", "8_5", "8_8"}) {
        for (const auto& item : make_checklist(case_record(name), kAt)) {
            EXPECT_THAT(item_text(item, DeskLanguage::kEn), Not(HasSubstr("…"))) << item.id;
            EXPECT_THAT(item_text(item, DeskLanguage::kSv), Not(HasSubstr("…"))) << item.id;
        }
    }
}

TEST(ChecklistTest, PrintsAsText) {
    const auto record = case_record("8_1");
    const auto items = make_checklist(record, kAt);
    const auto text = checklist_text(record, items, DeskLanguage::kEn, kAt);
    EXPECT_THAT(text, testing::StartsWith("Checklist RV-2026-101 (4 to do)\n"));
    EXPECT_THAT(text, HasSubstr("[ ] Make the arrival link for Receiving office (example)\n"
                                "    reception-link:o1 (coordinator, due 2026-04-01, blocks)\n"
                                "    Papers go by link, never by mail attachment\n"));
    EXPECT_THAT(text, Not(HasSubstr("booking-neutral")));
    EXPECT_THAT(checklist_text(record, items, DeskLanguage::kSv, kAt, Show::kAll),
                HasSubstr("booking-neutral (koordinator, senast 2026-04-01, hindrar, klar)"));
}

TEST(ChecklistTest, PrintsAsJson) {
    const auto record = case_record("8_1");
    const auto json = Json::parse(
        checklist_json(record, make_checklist(record, kAt), DeskLanguage::kEn, kAt, Show::kAll));
    EXPECT_EQ(json.at("case"), "RV-2026-101");
    ASSERT_EQ(json.at("items").size(), 5U);
    const auto& item = *std::ranges::find_if(
        json.at("items"), [](const Json& row) { return row.at("id") == "reception-link:o1"; });
    EXPECT_EQ(item.at("rule"), "reception-link");
    EXPECT_EQ(item.at("owner"), "coordinator");
    EXPECT_EQ(item.at("due"), "2026-04-01");
    EXPECT_EQ(item.at("blocking"), true);
    EXPECT_EQ(item.at("state"), "open");
    EXPECT_EQ(item.at("closed_by"), "data");
}

TEST(ChecklistTest, AnEmptyListSaysSo) {
    auto json = load_case("8_1");
    set(json, "/case/status", "closed");
    set(json, "/case/closed_on", "2026-03-20");
    const auto record = accepted(json);
    EXPECT_EQ(checklist_text(record, make_checklist(record, kAt), DeskLanguage::kSv, kAt),
              "Checklista RV-2026-101 (0 att göra)\nInget återstår att göra.\n");
}

TEST(ChecklistTest, GatesOfALinkAreTheStopAndTheConsentOfItsRecipient) {
    const auto stop = link_gates(case_record("8_8"), "o1", kAt);
    ASSERT_EQ(stop.size(), 1U);
    EXPECT_EQ(stop[0].id, "consent-stop:p1");
    const auto consent = link_gates(case_record("8_4"), "o1", kAt);
    ASSERT_EQ(consent.size(), 1U);
    EXPECT_EQ(consent[0].id, "consent-sharing:o1");
    EXPECT_TRUE(link_gates(case_record("8_1"), "o1", kAt).empty());
}

TEST(ChecklistTest, OnlyOpenBlockingItemsKeepTheCaseBack) {
    Strings ids;
    for (const auto& item : blocking_items(case_record("8_1"), kAt)) {
        ids.push_back(item.id);
    }
    EXPECT_THAT(ids, testing::UnorderedElementsAre("originals-returned:p1", "reception-link:o1",
                                                   "safety-card:p1"));
}

// Ticks.

ItemMark mark(std::string item, MarkState state, std::optional<std::string> reason = std::nullopt) {
    return {.item = std::move(item),
            .state = state,
            .by = "coordinator",
            .at = kAt,
            .reason = std::move(reason)};
}

std::string refusal_of(const std::variant<Record, Refusal>& answer) {
    return std::holds_alternative<Refusal>(answer) ? std::get<Refusal>(answer).code : "taken";
}

TEST(MarkTest, ATickClosesWhatATickMayClose) {
    const auto answer =
        with_item_state(case_record("8_1"), mark("phone-check:p1", MarkState::kDone));
    ASSERT_EQ(refusal_of(answer), "taken");
    const auto& record = std::get<Record>(answer);
    EXPECT_THAT(open_items(record), Not(testing::Contains("phone-check:p1")));
    EXPECT_TRUE(check_record(record, places(), kAt).empty());
}

TEST(MarkTest, ATickReplacesTheOneBefore) {
    auto record = case_record("8_1");
    for (const auto state : {MarkState::kDone, MarkState::kDone}) {
        record = std::get<Record>(with_item_state(record, mark("phone-check:p1", state)));
    }
    EXPECT_EQ(std::ranges::count(record.checklist_state, "phone-check:p1", &ItemMark::item), 1);
}

TEST(MarkTest, RefusesWhatCannotBeTicked) {
    const auto record = case_record("8_1");
    EXPECT_EQ(refusal_of(with_item_state(record, mark("safety-card:p1", MarkState::kDone))),
              "closed_by_data");
    EXPECT_EQ(refusal_of(with_item_state(record, mark("phone-check:p9", MarkState::kDone))),
              "unknown_item");
    EXPECT_EQ(refusal_of(with_item_state(record, mark("no-such-rule", MarkState::kDone))),
              "unknown_item");
    EXPECT_EQ(refusal_of(with_item_state(
                  case_record("8_4"),
                  mark("consent-sharing:o1", MarkState::kWaived, "they know each other"))),
              "not_waivable");
    EXPECT_EQ(refusal_of(with_item_state(record, mark("safety-card:p1", MarkState::kWaived))),
              "missing_field");
    EXPECT_EQ(refusal_of(
                  with_item_state(record, mark("safety-card:p1", MarkState::kWaived, "too short"))),
              "missing_field");
}

TEST(MarkTest, AWaiverNeedsAReasonOfTenCharacters) {
    const auto answer = with_item_state(case_record("8_1"),
                                        mark("safety-card:p1", MarkState::kWaived, "åååååååååå"));
    ASSERT_EQ(refusal_of(answer), "taken");
    EXPECT_THAT(open_items(std::get<Record>(answer)), Not(testing::Contains("safety-card:p1")));
    EXPECT_EQ(item_of(std::get<Record>(answer), "safety-card:p1").state, ItemState::kWaived);
}

TEST(MarkTest, ATickOlderThanTheRouteIsShownAsLapsed) {
    auto json = load_case("8_5");
    set(json, "/checklist_state/1",
        {{"item", "terminal-change:l1-l2"},
         {"state", "done"},
         {"by", "c"},
         {"at", "2026-03-11T08:00:00Z"}});
    EXPECT_EQ(item_of(accepted(json), "terminal-change:l1-l2").state, ItemState::kLapsed);
}

}  // namespace
}  // namespace valv::casework::test
