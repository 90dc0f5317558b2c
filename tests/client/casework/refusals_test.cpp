#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/client/casework/support.h"

// docs/casework.md 3.5, row by row: one change to a case that is taken, and what is refused then.
namespace valv::casework::test {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;

struct Row {
    std::string name;
    std::string case_name;
    std::string set;       // a JSON object from pointer to value
    Strings refusals;      // `code path`
    std::string remove{};  // a pointer
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class RefusalTest : public testing::TestWithParam<Row> {};

TEST_P(RefusalTest, IsRefusedWithCodeAndPath) {
    auto json = load_case(GetParam().case_name);
    const auto settings = Json::parse(GetParam().set.empty() ? "{}" : GetParam().set);
    for (const auto& [pointer, value] : settings.items()) {
        set(json, pointer, value);
    }
    if (!GetParam().remove.empty()) {
        remove(json, GetParam().remove);
    }
    EXPECT_EQ(refusals_of(json), GetParam().refusals);
    for (const auto& refusal : decode(json).refusals) {
        EXPECT_TRUE(refusal.sentence.ends_with('.')) << refusal.sentence;
    }
}

const std::vector<Row>& rows() {
    static const std::vector<Row> kRows = {
        {"R02UnknownKey", "8_1", R"({"/persons/0/nmae": "x"})", {"unknown_field /persons/0/nmae"}},
        {"R02UnknownKeyAtTheTop", "8_1", R"({"/note": 1})", {"unknown_field /note"}},
        {"R03MissingField",
         "8_1",
         "",
         {"missing_field /persons/0/name/given"},
         "/persons/0/name/given"},
        {"R03MissingObject", "8_1", "", {"missing_field /case"}, "/case"},
        {"R03NullIsNotAbsent",
         "8_1",
         R"({"/persons/0/reads": null})",
         {"wrong_type /persons/0/reads"}},
        {"R04OtherFormat", "8_1", R"({"/format": "resvalv/kase/1"})", {"unknown_format /format"}},
        {"R04FormatZero", "8_1", R"({"/format": "resvalv/case/01"})", {"unknown_format /format"}},
        {"R05AmountIsText",
         "8_1",
         R"({"/grants/0/amount": "600"})",
         {"wrong_type /grants/0/amount"}},
        {"R05AmountIsBroken",
         "8_1",
         R"({"/grants/0/amount": 600.5})",
         {"wrong_type /grants/0/amount"}},
        {"R05ListIsObject", "8_1", R"({"/risks": {}})", {"wrong_type /risks"}},
        {"R06NegativeAmount",
         "8_1",
         R"({"/grants/0/amount": -1})",
         {"out_of_range /grants/0/amount"}},
        {"R06AmountTooHigh",
         "8_1",
         R"({"/grants/0/amount": 10000001})",
         {"out_of_range /grants/0/amount"}},
        {"R06AmountBeyondAllNumbers",
         "8_1",
         R"({"/grants/0/amount": 18446744073709551615})",
         {"out_of_range /grants/0/amount"}},
        {"R06AmountAtTheLimit", "8_1", R"({"/grants/0/amount": 10000000})", {}},
        {"R07UnknownCurrency",
         "8_1",
         R"({"/grants/0/currency": "KRO"})",
         {"unknown_currency /grants/0/currency"}},
        {"R08DayOfNoMonth",
         "8_1",
         R"({"/persons/0/birth_date": "2026-02-30"})",
         {"bad_date /persons/0/birth_date"}},
        {"R08ShortDate",
         "8_1",
         R"({"/persons/0/birth_date": "2026-2-3"})",
         {"bad_date /persons/0/birth_date"}},
        {"R08BareDate",
         "8_1",
         R"({"/persons/0/birth_date": "20260203"})",
         {"bad_date /persons/0/birth_date"}},
        {"R08BadInstant",
         "8_1",
         R"({"/consents/0/given_at": "2026-02-02T09:00:00+01:00"})",
         {"bad_date /consents/0/given_at"}},
        {"R08BadLocal",
         "8_1",
         R"({"/legs/0/departs": "2026-04-08T24:00"})",
         {"bad_date /legs/0/departs"}},
        {"R09BornTomorrow",
         "8_1",
         R"({"/persons/0/birth_date": "2026-03-21"})",
         {"birth_date_in_future /persons/0/birth_date"}},
        {"R09BornTooLongAgo",
         "8_1",
         R"({"/persons/0/birth_date": "1906-03-19"})",
         {"out_of_range /persons/0/birth_date"}},
        {"R09BornExactly120YearsAgo", "8_1", R"({"/persons/0/birth_date": "1906-03-20"})", {}},
        {"R10TwoSourcesOfAge",
         "8_1",
         R"({"/persons/0/estimated_age": {"years": 20, "on": "2026-01-01"}})",
         {"age_needs_one_source /persons/0"}},
        {"R10NoSourceOfAge",
         "8_1",
         "",
         {"age_needs_one_source /persons/0"},
         "/persons/0/birth_date"},
        {"R10GuardianWhoStaysNeedsNone", "8_3", "", {}, "/persons/1/birth_date"},
        {"R11TwoPersons",
         "8_4",
         R"({"/persons/1/id": "p1"})",
         {"unknown_reference /persons/0/guardian_of/0", "duplicate_id /persons/1/id",
          "unknown_reference /persons/3/guardian_of/0", "unknown_reference /handovers/0/persons/1",
          "unknown_reference /consents/1/about", "unknown_reference /documents/1/about",
          "unknown_reference /documents/3/about"}},
        {"R11TwoRisks", "8_1", R"({"/risks/1/id": "ra"})", {"duplicate_id /risks/1/id"}},
        {"R12UnknownEscort",
         "8_1",
         R"({"/legs/0/escorts": ["e9"]})",
         {"unknown_reference /legs/0/escorts/0"}},
        {"R12UnknownPaper",
         "8_1",
         R"({"/legs/0/ticket_document": "zzaaaaaaaaaaaaaaaaaaaaaaaa"})",
         {"unknown_reference /legs/0/ticket_document"}},
        {"R12UnknownSeat",
         "8_1",
         R"({"/legs/0/seats": {"p9": "14A"}})",
         {"unknown_reference /legs/0/seats/p9"}},
        {"R12UnknownContact",
         "8_1",
         R"({"/receptions/0/contact": "k9"})",
         {"unknown_reference /receptions/0/contact"}},
        {"R13Misspelt",
         "8_1",
         R"({"/destination/zone": "Europe/Stockholn"})",
         {"unknown_zone /destination/zone"}},
        {"R13Offset",
         "8_1",
         R"({"/destination/zone": "+01:00"})",
         {"unknown_zone /destination/zone"}},
        {"R13Abbreviation",
         "8_1",
         R"({"/destination/zone": "CET"})",
         {"unknown_zone /destination/zone"}},
        {"R13Etc",
         "8_1",
         R"({"/destination/zone": "Etc/GMT-2"})",
         {"unknown_zone /destination/zone"}},
        {"R13Folder",
         "8_1",
         R"({"/destination/zone": "posix/Europe/Bucharest"})",
         {"unknown_zone /destination/zone"}},
        {"R13Escape",
         "8_1",
         R"({"/destination/zone": "../Europe/Bucharest"})",
         {"unknown_zone /destination/zone"}},
        {"R13LinkIsTaken", "8_1", R"({"/destination/zone": "Europe/Bratislava"})", {}},
        {"R14NotInTheTable",
         "8_1",
         R"({"/legs/0/from/iata": "QQQ"})",
         {"unknown_iata /legs/0/from/iata"}},
        {"R14LowerCase",
         "8_1",
         R"({"/legs/0/from/iata": "arn"})",
         {"bad_format /legs/0/from/iata"}},
        {"R15OtherCountry",
         "8_1",
         R"({"/legs/0/to/country": "BG"})",
         {"place_disagrees /legs/0/to/country"}},
        {"R15OtherZone",
         "8_1",
         R"({"/legs/0/to/zone": "Europe/Sofia"})",
         {"place_disagrees /legs/0/to/zone"}},
        {"R16Uk", "8_1", R"({"/origin/country": "UK"})", {"unknown_country /origin/country"}},
        {"R16Eu", "8_1", R"({"/origin/country": "EU"})", {"unknown_country /origin/country"}},
        {"R16LowerCase",
         "8_1",
         R"({"/persons/0/citizenships": ["ro"]})",
         {"unknown_country /persons/0/citizenships/0"}},
        {"R16Kosovo", "8_1", R"({"/persons/0/citizenships": ["RO", "XK"]})", {}},
        {"R17ArrivesAtDeparture",
         "8_1",
         R"({"/legs/0/arrives": "2026-04-08T12:00"})",
         {"arrival_before_departure /legs/0/arrives"}},
        {"R17ArrivesAMinuteLater", "8_1", R"({"/legs/0/arrives": "2026-04-08T12:01"})", {}},
        {"R17TooLong",
         "8_1",
         R"({"/legs/0/arrives": "2026-04-10T12:01"})",
         {"leg_too_long /legs/0/arrives"}},
        {"R17TwoDays", "8_1", R"({"/legs/0/arrives": "2026-04-10T12:00"})", {}},
        {"R17FerryMayTakeFiveDays",
         "8_1",
         R"({"/legs/0/mode": "ferry", "/legs/0/arrives": "2026-04-13T12:00"})",
         {}},
        {"R18Overlap",
         "8_2",
         R"({"/legs/1/departs": "2026-03-27T11:54"})",
         {"legs_overlap /legs/1/departs"}},
        {"R18TouchingLegs", "8_2", R"({"/legs/1/departs": "2026-03-27T11:55"})", {}},
        {"R18CancelledLegsDoNotCount",
         "8_2",
         R"({"/legs/1/departs": "2026-03-27T10:00", "/legs/0/status": "cancelled", "/legs/1/from/country": "DE"})",
         {"place_disagrees /legs/1/from/country"}},
        {"R19SpringGap",
         "8_1",
         R"({"/legs/0/departs": "2026-03-29T02:30", "/legs/0/arrives": "2026-03-29T14:40"})",
         {"local_time_does_not_exist /legs/0/departs"}},
        {"R19SpringGapOfAHandover",
         "8_1",
         R"({"/handovers/0/at": "2026-03-29T03:30"})",
         {"local_time_does_not_exist /handovers/0/at"}},
        {"R20Ambiguous",
         "8_1",
         R"({"/legs/0/departs": "2026-10-25T02:30", "/legs/0/arrives": "2026-10-25T14:40"})",
         {"local_time_ambiguous /legs/0/departs_fold"}},
        {"R20AmbiguousWithFold",
         "8_1",
         R"({"/legs/0/departs": "2026-10-25T02:30", "/legs/0/departs_fold": 1, "/legs/0/arrives": "2026-10-25T14:40"})",
         {}},
        {"R20FoldNotNeeded",
         "8_1",
         R"({"/legs/0/departs_fold": 0})",
         {"fold_not_needed /legs/0/departs_fold"}},
        {"R21UnknownKind",
         "8_1",
         R"({"/consents/1/scope/0/kinds/0": "pasport"})",
         {"unknown_kind /consents/1/scope/0/kinds/0"}},
        {"R22KindNeverForOffice",
         "8_1",
         R"({"/consents/1/scope/0/kinds/0": "safety-card"})",
         {"kind_not_for_audience /consents/1/scope/0/kinds/0"}},
        {"R23EmptyScope", "8_1", R"({"/consents/1/scope": []})", {"empty_scope /consents/1/scope"}},
        {"R23NoScope", "8_1", "", {"missing_field /consents/1/scope"}, "/consents/1/scope"},
        {"R23OtherAudience",
         "8_1",
         R"({"/consents/1/scope/0/recipients": ["p1"]})",
         {"recipient_not_of_audience /consents/1/scope/0/recipients/0"}},
        {"R24WithdrawnBeforeGiven",
         "8_1",
         R"({"/consents/0/withdrawn_at": "2026-02-02T08:59:59Z"})",
         {"order_of_times /consents/0/withdrawn_at"}},
        {"R24ExpiresBeforeGiven",
         "8_1",
         R"({"/consents/0/expires_on": "2026-02-01"})",
         {"order_of_times /consents/0/expires_on"}},
        {"R25SharingForAChildByAStranger",
         "8_4",
         R"({"/consents/3/about": "p2", "/consents/3/given_by": "p3"})",
         {"not_entitled /consents/3/given_by"}},
        {"R25GuardianConsentByAStranger",
         "8_4",
         R"({"/consents/1/given_by": "p3"})",
         {"not_entitled /consents/1/given_by"}},
        {"R27ControlCharacter",
         "8_1",
         R"({"/persons/0/name/family": "Mo\u0007del"})",
         {"forbidden_character /persons/0/name/family"}},
        {"R27BidiOverride",
         "8_1",
         R"({"/persons/0/name/family": "Mo\u202edel"})",
         {"forbidden_character /persons/0/name/family"}},
        {"R27LineBreakInALine",
         "8_1",
         R"({"/origin/place": "a\nb"})",
         {"forbidden_character /origin/place"}},
        {"R28NoCountryCode",
         "8_1",
         R"({"/persons/0/contact/phone": "070-1740605"})",
         {"bad_phone /persons/0/contact/phone"}},
        {"R28SpacesAreTaken", "8_1", R"({"/persons/0/contact/phone": "+46 70 174 06 05"})", {}},
        {"R29Likelihood0",
         "8_1",
         R"({"/risks/0/likelihood": 0})",
         {"out_of_range /risks/0/likelihood"}},
        {"R29Likelihood6",
         "8_1",
         R"({"/risks/0/likelihood": 6})",
         {"out_of_range /risks/0/likelihood"}},
        {"R30ExpiresBeforeIssued",
         "8_1",
         R"({"/documents/0/issued_on": "2031-05-02"})",
         {"order_of_times /documents/0/expires_on"}},
        {"R31NoPerson", "8_1", "", {"missing_field /documents/0/about"}, "/documents/0/about"},
        {"R31TicketNeedsNoPerson", "8_1", "", {}, "/documents/4/about"},
        {"R32ReferenceSaysWhere",
         "8_1",
         R"({"/case/reference": "RV-RO-014"})",
         {"bad_format /case/reference"}},
        {"R33ClosedWithoutDate",
         "8_1",
         R"({"/case/status": "closed"})",
         {"missing_field /case/closed_on"}},
        {"R33ClosedWithALiveLink",
         "8_8",
         R"({"/case/status": "closed", "/case/closed_on": "2026-03-20"})",
         {"links_still_live /case/closed_on"}},
        {"R34HoldWithoutReasonAndReview",
         "8_1",
         R"({"/case/legal_hold": true})",
         {"missing_field /case/legal_hold_reason", "missing_field /case/legal_hold_review_on"}},
        {"R35LinkOfAnotherAudience",
         "8_8",
         R"({"/links/0/recipient": "p1"})",
         {"out_of_range /links/0/recipient"}},
        {"R35LinkOver31Days",
         "8_8",
         R"({"/links/0/not_after": "2026-04-15T09:00:01Z"})",
         {"out_of_range /links/0/not_after"}},
        {"R35LinkOf31Days", "8_8", R"({"/links/0/not_after": "2026-04-15T09:00:00Z"})", {}},
        {"R35Opens21", "8_8", R"({"/links/0/max_opens": 21})", {"out_of_range /links/0/max_opens"}},
        {"R36StartsElsewhere",
         "8_1",
         R"({"/origin/country": "NO"})",
         {"place_disagrees /legs/0/from/country"}},
        {"R36EndsElsewhere",
         "8_1",
         R"({"/destination/country": "BG"})",
         {"place_disagrees /legs/0/to/country"}},
        {"R36PlannedMayDiffer",
         "8_1",
         R"({"/destination/country": "BG", "/legs/0/status": "planned"})",
         {}},
        {"R37NoSuchRule",
         "8_1",
         R"({"/checklist_state/0/item": "passport-nice"})",
         {"unknown_item /checklist_state/0/item"}},
        {"R37NeverWaivable",
         "8_1",
         R"({"/checklist_state/0": {"item": "travel-document:p1", "state": "waived", "by": "c", "at": "2026-03-13T08:00:00Z", "reason": "not needed here"}})",
         {"not_waivable /checklist_state/0/item"}},
        {"R37WaiverWithoutReason",
         "8_1",
         R"({"/checklist_state/0": {"item": "reception-link:o1", "state": "waived", "by": "c", "at": "2026-03-13T08:00:00Z"}})",
         {"missing_field /checklist_state/0/reason"}},
        {"R39OwnGuardian",
         "8_1",
         R"({"/persons/0/guardian_of": ["p1"]})",
         {"not_entitled /persons/0/guardian_of/0"}},
        {"R39GuardianIsAMinor",
         "8_4",
         R"({"/persons/1/guardian_of": ["p3"]})",
         {"not_entitled /persons/1/guardian_of/0"}},
        {"R39EscortOnTheWayHome",
         "8_3",
         R"({"/escorts/0/return_leg": {"departs": "2026-04-14T13:50", "zone": "Europe/Vienna", "status": "ticketed"}})",
         {"not_entitled /legs/1/escorts/0"}},
        {"R40OpenedBeforeItWasMade",
         "8_8",
         R"({"/links/0/first_opened_at": "2026-03-15T08:59:59Z"})",
         {"order_of_times /links/0/first_opened_at"}},
    };
    return kRows;
}

INSTANTIATE_TEST_SUITE_P(Domain, RefusalTest, testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param.name; });

std::vector<std::string> refusals_of_text(std::string_view text) {
    std::vector<std::string> lines;
    for (const auto& refusal : decode_record(text, places(), parse_instant(kNow)).refusals) {
        lines.push_back(refusal.code + " " + refusal.path);
    }
    return lines;
}

TEST(RefusalTest, TextThatIsNotOneStrictJsonObjectIsNotJson) {
    const auto good = load_case("8_1").dump();
    const Strings not_json = {"not_json "};
    EXPECT_EQ(refusals_of_text(good + "x"), not_json);
    EXPECT_EQ(refusals_of_text(good + good), not_json);
    EXPECT_EQ(refusals_of_text(""), not_json);
    EXPECT_EQ(refusals_of_text(R"({"format": "resvalv/case/1", "format": "resvalv/case/1"})"),
              not_json);
    EXPECT_EQ(refusals_of_text("{\"unit\": \"\xC3\x28\"}"), not_json);
    EXPECT_EQ(refusals_of_text("\xEF\xBB\xBF" + good), not_json);
    for (std::size_t length = 0; length < good.size(); length += 7) {
        EXPECT_EQ(refusals_of_text(good.substr(0, length)), not_json) << length;
    }
}

TEST(RefusalTest, SixteenLevelsAreTakenAndSeventeenAreNot) {
    auto json = load_case("8_1");
    const auto nested = [](std::size_t levels) {
        return Json::parse(std::string(levels, '[') + std::string(levels, ']'));
    };
    json["ext"] = {{"x", nested(14)}};  // the record, ext and 14 lists
    EXPECT_TRUE(refusals_of(json).empty());
    json["ext"] = {{"x", nested(15)}};
    EXPECT_EQ(refusals_of(json), Strings{"not_json "});
}

TEST(RefusalTest, DuplicateKeysDeepInsideAreSeen) {
    auto text = load_case("8_1").dump();
    const std::string field = R"("likelihood":2)";
    text.replace(text.find(field), field.size(), field + "," + field);
    EXPECT_EQ(refusals_of_text(text), Strings{"not_json "});
}

TEST(RefusalTest, ARecordOfANewerFormatOpensForReadingOnly) {
    auto json = load_case("8_1");
    json["format"] = "resvalv/case/2";
    json["future"] = {{"a", 1}};
    const auto decoded = decode(json);
    EXPECT_TRUE(decoded.read_only_newer_format);
    ASSERT_EQ(decoded.refusals.size(), 1U);
    EXPECT_EQ(decoded.refusals[0].code, "unknown_format");
    EXPECT_EQ(decoded.refusals[0].path, "/format");
    ASSERT_TRUE(decoded.record);
    EXPECT_EQ(decoded.record->persons.size(), 1U);
}

// Row 38: one row too many in each list that has a limit of its own.
TEST(RefusalTest, ListsOverTheirLimitAreRefused) {
    const std::vector<std::pair<std::string, std::size_t>> limits = {
        {"persons", 20},   {"legs", 30},   {"documents", 500}, {"consents", 100}, {"risks", 100},
        {"contacts", 100}, {"links", 200}, {"notes", 1000},    {"grants", 100},   {"escorts", 100}};
    for (const auto& [name, limit] : limits) {
        auto json = load_case("8_8");
        auto row = json.contains(name) && !json[name].empty() ? json[name][0] : Json::object();
        json[name] = Json::array();
        for (std::size_t index = 0; index <= limit; ++index) {
            json[name].push_back(row);
        }
        const auto refusals = refusals_of(json);
        EXPECT_THAT(refusals, testing::Contains("too_many /" + name)) << name;
    }
}

TEST(RefusalTest, ARecordOverFourMebibytesIsRefused) {
    auto json = load_case("8_1");
    json["ext"] = {{"x", std::string(4U << 20U, 'a')}};
    EXPECT_EQ(refusals_of(json), Strings{"too_many "});
}

TEST(RefusalTest, TextLimitsCountCodePoints) {
    auto json = load_case("8_1");
    const auto repeated = [](std::size_t count) {
        std::string text;
        for (std::size_t index = 0; index < count; ++index) {
            text += "å";
        }
        return text;
    };
    json["persons"][0]["name"]["given"] = repeated(120);
    json["notes"] = {{{"at", "2026-03-20T09:00:00Z"}, {"by", "c"}, {"text", repeated(4000)}}};
    EXPECT_TRUE(refusals_of(json).empty());
    json["persons"][0]["name"]["given"] = repeated(121);
    json["notes"][0]["text"] = repeated(4001);
    EXPECT_EQ(refusals_of(json),
              (Strings{"too_long /persons/0/name/given", "too_long /notes/0/text"}));
}

TEST(RefusalTest, TheGapNamesTheTwoNearestRealTimes) {
    auto json = load_case("8_1");
    set(json, "/legs/0/departs", "2026-03-29T02:30");
    set(json, "/legs/0/arrives", "2026-03-29T14:40");
    const auto refusals = decode(json).refusals;
    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_THAT(refusals[0].sentence, testing::HasSubstr("2026-03-29T01:59"));
    EXPECT_THAT(refusals[0].sentence, testing::HasSubstr("2026-03-29T03:00"));
}

TEST(RefusalTest, AllErrorsComeInDocumentOrderAndAtMostAHundred) {
    auto json = load_case("8_1");
    set(json, "/legs/0/from/iata", "QQQ");
    set(json, "/persons/0/sex", "f");
    set(json, "/risks/0/impact", 9);
    set(json, "/origin/country", "UK");
    EXPECT_EQ(refusals_of(json),
              (Strings{"unknown_country /origin/country", "out_of_range /risks/0/impact",
                       "unknown_value /persons/0/sex", "unknown_iata /legs/0/from/iata"}));
    for (std::size_t index = 0; index < 200; ++index) {
        json["x" + std::to_string(index)] = 1;
    }
    EXPECT_EQ(refusals_of(json).size(), 100U);
}

}  // namespace
}  // namespace valv::casework::test
