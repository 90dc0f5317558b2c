#include <gtest/gtest.h>

#include "client/casework/countries.h"
#include "client/casework/kinds.h"
#include "client/casework/names.h"
#include "client/casework/places.h"
#include "client/casework/times.h"
#include "client/casework/zones.h"
#include "common/base/error.h"

namespace valv::casework {
namespace {

Local local(std::string_view text) {
    return parse_local(text).value();
}

TEST(PlacesTest, HoldsTheAirportsOfTheCases) {
    const auto places = Places::builtin();
    for (const auto* const code :
         {"ARN", "OTP", "VIE", "FRA", "SOF", "BEG", "MAD", "SDQ", "DOH", "KTM", "BUD", "MIA"}) {
        EXPECT_NE(places.find(code), nullptr) << code;
    }
    EXPECT_EQ(places.find("KTM")->zone, "Asia/Kathmandu");
    EXPECT_EQ(places.find("SDQ")->country, "DO");
    EXPECT_EQ(places.find("QQQ"), nullptr);
    EXPECT_GT(places.size(), 8000U);
}

TEST(PlacesTest, RefusesATableWithAnotherNumberOfFields) {
    EXPECT_EQ(Places::parse("# head\nARN\tArlanda\tSE\tEurope/Stockholm\n\n").size(), 1U);
    EXPECT_THROW((void)Places::parse("ARN\tArlanda\tSE\n"), Error);
    EXPECT_THROW((void)Places::parse("ARN\tArlanda\tSE\tEurope/Stockholm\tx\n"), Error);
}

TEST(PlacesTest, EveryZoneIsKnownToTheTzDatabase) {
    for (const auto* const code : {"ARN", "KTM", "SDQ", "MIA", "DOH", "BTS"}) {
        EXPECT_TRUE(is_known_zone(Places::builtin().find(code)->zone)) << code;
    }
}

TEST(ZonesTest, SpringGapHasNoInstantAndNamesItsNeighbours) {
    for (const auto& [zone, time] : {std::pair("Europe/Stockholm", "2026-03-29T02:30"),
                                     std::pair("Europe/Bucharest", "2026-03-29T03:30")}) {
        EXPECT_EQ(look_up(local(time), zone).kind, LocalKind::kGap) << zone;
    }
    const auto gap = look_up(local("2026-03-29T02:00"), "Europe/Stockholm");
    EXPECT_EQ(gap.kind, LocalKind::kGap);
    EXPECT_EQ(to_text(gap.gap_before), "2026-03-29T01:59");
    EXPECT_EQ(to_text(gap.gap_after), "2026-03-29T03:00");
    EXPECT_EQ(look_up(local("2026-03-29T01:59"), "Europe/Stockholm").kind, LocalKind::kUnique);
    EXPECT_EQ(look_up(local("2026-03-29T03:00"), "Europe/Stockholm").kind, LocalKind::kUnique);
}

TEST(ZonesTest, AutumnHourHasTwoInstants) {
    const auto found = look_up(local("2026-10-25T02:30"), "Europe/Stockholm");
    EXPECT_EQ(found.kind, LocalKind::kAmbiguous);
    EXPECT_EQ(to_text(found.first), "2026-10-25T00:30:00Z");
    EXPECT_EQ(to_text(found.second), "2026-10-25T01:30:00Z");
    EXPECT_EQ(to_utc(local("2026-10-25T02:30"), "Europe/Stockholm", 0), found.first);
    EXPECT_EQ(to_utc(local("2026-10-25T02:30"), "Europe/Stockholm", 1), found.second);
    EXPECT_EQ(look_up(local("2026-10-25T03:00"), "Europe/Stockholm").kind, LocalKind::kUnique);
}

TEST(ZonesTest, PlacesWithoutSummerTimeHaveOneOffset) {
    EXPECT_EQ(to_text(to_utc(local("2026-04-14T16:30"), "America/Santo_Domingo")),
              "2026-04-14T20:30:00Z");
    EXPECT_EQ(to_text(to_utc(local("2026-04-14T00:00"), "Asia/Kathmandu")), "2026-04-13T18:15:00Z");
    EXPECT_EQ(to_text(to_local(parse_instant("2026-04-13T18:15:00Z"), "Asia/Kathmandu")),
              "2026-04-14T00:00");
}

TEST(ZonesTest, TodayIsTheDateInStockholm) {
    EXPECT_EQ(to_text(today_at(parse_instant("2026-03-20T22:59:59Z"))), "2026-03-20");
    EXPECT_EQ(to_text(today_at(parse_instant("2026-03-20T23:00:00Z"))), "2026-03-21");
}

TEST(TimesTest, TextsOfTheWrongShapeAreNoDates) {
    for (const auto* const text :
         {"2026-02-29", "1899-12-31", "2200-01-01", "2026-13-01", "2026-00-10", "2026-01-00",
          " 2026-01-01", "2026-01-01 ", "2026/01/01", "+026-01-01", ""}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
    EXPECT_EQ(to_text(parse_date("2028-02-29").value()), "2028-02-29");
    EXPECT_FALSE(parse_local("2026-01-01T24:00"));
    EXPECT_FALSE(parse_local("2026-01-01T23:60"));
    EXPECT_FALSE(parse_hours("09:00-24:01"));
    EXPECT_EQ(to_text(parse_hours("00:00-24:00").value()), "00:00-24:00");
}

TEST(TimesTest, AgesAndMonthsFollowTheCalendar) {
    const auto day = [](std::string_view text) { return parse_date(text).value(); };
    EXPECT_EQ(whole_years(day("2008-02-29"), day("2026-02-28")), 17);
    EXPECT_EQ(whole_years(day("2008-02-29"), day("2026-03-01")), 18);
    EXPECT_EQ(to_text(add_months(day("2026-08-31"), 6)), "2027-02-28");
    EXPECT_EQ(to_text(add_years(day("2024-02-29"), 2)), "2026-02-28");
}

TEST(CountriesTest, SetsOfStatesFollowThePage) {
    EXPECT_TRUE(is_country("XK"));
    EXPECT_FALSE(is_country("UK"));
    EXPECT_FALSE(is_country("EU"));
    EXPECT_TRUE(is_schengen("BG"));
    EXPECT_TRUE(is_schengen("CH"));
    EXPECT_FALSE(is_schengen("IE"));
    EXPECT_TRUE(is_eup("IE"));
    EXPECT_FALSE(is_eup("RS"));
    EXPECT_EQ(country_name("AT", DeskLanguage::kSv), "Österrike");
    EXPECT_TRUE(is_currency("SEK"));
    EXPECT_FALSE(is_currency("KRO"));
    EXPECT_FALSE(is_currency("K S"));
    EXPECT_TRUE(is_language("sr-Latn"));
    EXPECT_FALSE(is_language("Svenska"));
}

TEST(KindsTest, ThereAreThirtyEight) {
    EXPECT_EQ(all_kinds().size(), 38U);
    EXPECT_EQ(share_of(*find_kind("photo"), Audience::kTransit), Share::kNamed);
    EXPECT_EQ(share_of(*find_kind("safety-card"), Audience::kOffice), Share::kNever);
    EXPECT_EQ(find_kind("pasport"), nullptr);
}

PrintedNames printed(std::string family, std::string given) {
    return {std::move(family), std::move(given)};
}

TEST(NamesTest, TicketsAndPassportsAreComparedAsPrinted) {
    EXPECT_TRUE(same_name("PAUN EXEMPEL/ILINCA", printed("PAUN-EXEMPEL", "ILINCA"), "RO"));
    EXPECT_TRUE(same_name("MODEL/SANDA MRS", printed("MODEL", "SANDA"), "RO"));
    EXPECT_TRUE(same_name("GARCIA EJEMPLO/LUZ", printed("GARCIA EJEMPLO", "LUZ MARIA"), "DO"));
    EXPECT_FALSE(same_name("GARCIA EJEMPLO/MARIA", printed("GARCIA EJEMPLO", "LUZ MARIA"), "DO"));
    EXPECT_FALSE(same_name("GARCIA/LUZ", printed("GARCIA EJEMPLO", "LUZ MARIA"), "DO"));
    EXPECT_TRUE(same_name("AAKESSON/OERJAN", printed("Åkesson", "Örjan"), "SE"));
    EXPECT_TRUE(same_name("AKESSON/ORJAN", printed("Åkesson", "Örjan"), "SE"));
    EXPECT_TRUE(same_name("OBRIEN/SEAN", printed("O'Brien", "Seán"), "IE"));
    EXPECT_TRUE(same_name("/MADONNA", PrintedNames{std::nullopt, "Madonna"}, "NP"));
    EXPECT_FALSE(same_name("MODEL/MRS", printed("MODEL", "SANDA"), "RO"));
}

TEST(NamesTest, CyrillicGoesByTheIssuingState) {
    EXPECT_EQ(mrz("Хаджиева-Щърбова", "BG"), "HADZHIEVA SHTARBOVA");
    EXPECT_EQ(mrz("Жељко Ћирић", "RS"), "ZELJKO CIRIC");
    EXPECT_EQ(mrz("Łukasz Đorđević ß", "PL"), "LUKASZ DORDEVIC SS");
    EXPECT_EQ(fold_case("PROVEȘTI Стара ÅÄÖ"), "provești стара åäö");
}

}  // namespace
}  // namespace valv::casework
