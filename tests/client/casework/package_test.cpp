#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "client/casework/kinds.h"
#include "client/casework/package_fields.h"
#include "tests/client/casework/support.h"

namespace valv::casework::test {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kApril = "2026-04-02T09:00:00Z";
const Instant kAt = parse_instant(kApril);

Record girl() {
    return accepted(load_case("8_3"), kApril);
}

Json view(const Record& record, Audience audience, const Lid& recipient) {
    return package_view(record, {.audience = audience, .recipient = recipient, .kinds = {}}, kAt);
}

Strings refusals(const Record& record, PackageRequest request, Instant now = kAt) {
    Strings lines;
    for (const auto& refusal : check_package(record, request, now)) {
        lines.push_back(refusal.code + " " + refusal.path);
    }
    return lines;
}

TEST(PackageTest, GivesEachEndOfALegAsLocalTimeAndInstant) {
    const auto json = view(girl(), Audience::kEscort, "e1");
    ASSERT_EQ(json.at("legs").size(), 2U);
    const auto& leg = json.at("legs")[1];
    EXPECT_EQ(leg.at("from").at("name"), "Vienna");
    EXPECT_EQ(leg.at("from").at("zone"), "Europe/Vienna");
    EXPECT_EQ(leg.at("departs"), "2026-04-14T13:50");
    EXPECT_EQ(leg.at("departs_utc"), "2026-04-14T11:50:00Z");
    EXPECT_EQ(leg.at("arrives"), "2026-04-14T16:35");
    EXPECT_EQ(leg.at("arrives_utc"), "2026-04-14T13:35:00Z");
    EXPECT_EQ(json.at("legs")[0].at("change_minutes"), 85);
    EXPECT_EQ(json.at("legs")[0].at("min_change_minutes"), 60);
    EXPECT_EQ(leg.at("seats"), Json({{"p1", "9A"}, {"e1", "9B"}}));
}

// docs/casework.md 5.1, the row in bold type, and everything that stands in no row.
TEST(PackageTest, NeverHoldsWhatMayNotLeaveTheVault) {
    auto json = load_case("8_3");
    set(json, "/notes/0/text", "SECRETNOTE");
    set(json, "/destination/address", "SECRETADDRESS");
    set(json, "/persons/0/contact/safe_word", "SECRETWORD");
    set(json, "/risks/0/mitigation", "SECRETRISK");
    set(json, "/case/unit", "SECRETUNIT");
    set(json, "/persons/0/other_names/0", "SECRETNAME");
    const auto record = accepted(json, kApril);
    const std::vector<std::pair<Audience, Lid>> audiences = {{Audience::kOffice, "o1"},
                                                             {Audience::kEscort, "e1"},
                                                             {Audience::kTraveller, "p1"},
                                                             {Audience::kAuthority, "k2"}};
    for (const auto& [audience, recipient] : audiences) {
        const auto text = view(record, audience, recipient).dump();
        EXPECT_THAT(text, Not(HasSubstr("SECRET"))) << word(audience);
        for (const auto* const hidden :
             {"criminality", "begging", "exploitation", "legal", "checklist", "budget", "412000",
              "pass.pdf", "devicek", "+46701740605", "consent"}) {
            EXPECT_THAT(text, Not(HasSubstr(hidden))) << word(audience);
        }
    }
}

TEST(PackageTest, ShowsToEachAudienceTheObjectsOfItsColumn) {
    const auto keys = [](const Json& json) {
        Strings names;
        for (const auto& [key, value] : json.items()) {
            names.push_back(key);
        }
        return names;
    };
    const auto record = girl();
    EXPECT_THAT(keys(view(record, Audience::kOffice, "o1")),
                ElementsAre("reference", "audience", "made_at", "persons", "legs", "contacts",
                            "handovers", "receptions", "destination", "onward", "mapping",
                            "guardians", "grants", "follow_ups"));
    EXPECT_THAT(keys(view(record, Audience::kEscort, "e1")),
                ElementsAre("reference", "audience", "made_at", "persons", "legs", "contacts",
                            "handovers", "receptions", "destination", "onward", "guardians"));
    EXPECT_THAT(keys(view(record, Audience::kTraveller, "p1")),
                ElementsAre("reference", "audience", "made_at", "persons", "legs", "contacts",
                            "handovers", "destination", "onward", "guardians", "grants"));
    EXPECT_THAT(keys(view(record, Audience::kAuthority, "k2")),
                ElementsAre("reference", "audience", "made_at", "persons", "legs", "guardians"));
}

TEST(PackageTest, AnOfficeSeesTheLastHandoverAndTheEscortAll) {
    EXPECT_EQ(view(girl(), Audience::kOffice, "o1").at("handovers").size(), 1U);
    EXPECT_EQ(view(girl(), Audience::kOffice, "o1").at("handovers")[0].at("id"), "h2");
    EXPECT_EQ(view(girl(), Audience::kEscort, "e1").at("handovers").size(), 2U);
}

TEST(PackageTest, BookingReferencesGoToWhoTravels) {
    EXPECT_TRUE(view(girl(), Audience::kEscort, "e1").at("legs")[0].contains("booking_reference"));
    EXPECT_TRUE(
        view(girl(), Audience::kTraveller, "p1").at("legs")[0].contains("booking_reference"));
    EXPECT_FALSE(view(girl(), Audience::kOffice, "o1").at("legs")[0].contains("booking_reference"));
    EXPECT_FALSE(
        view(girl(), Audience::kAuthority, "k2").at("legs")[0].contains("booking_reference"));
}

TEST(PackageTest, BirthDatesOfAdultsAreNotForTheEscort) {
    EXPECT_TRUE(view(girl(), Audience::kEscort, "e1").at("persons")[0].contains("birth_date"));
    auto json = load_case("8_3");
    set(json, "/persons/0/birth_date", "1990-09-03");
    EXPECT_FALSE(view(accepted(json, kApril), Audience::kEscort, "e1")
                     .at("persons")[0]
                     .contains("birth_date"));
}

TEST(PackageTest, TheNumberOnTheTravellersPackageIsCalledHelp) {
    const auto contacts = view(girl(), Audience::kTraveller, "p1").at("contacts");
    EXPECT_EQ(contacts[1].at("name"), "Hjälp");
    EXPECT_EQ(contacts[1].at("phone"), "+442079460302");
    EXPECT_THAT(contacts.dump(), Not(HasSubstr("Receiving office")));
}

TEST(PackageTest, ATransitContactSeesThatPlaceAndAGivenName) {
    auto json = load_case("8_3");
    json["transit_contacts"] = {{{"id", "tc"},
                                 {"at", {{"iata", "VIE"}, {"name", "Vienna"}}},
                                 {"name", "Help desk"},
                                 {"phone", "+442079460399"}}};
    json["legs"].erase(0);
    set(json, "/origin/country", "AT");
    const auto package = view(accepted(json, kApril), Audience::kTransit, "tc");
    EXPECT_EQ(package.at("persons")[0].at("name"), Json({{"given", "ILINCA"}}));
    EXPECT_EQ(package.at("legs").size(), 1U);
    EXPECT_FALSE(package.contains("destination"));
    EXPECT_FALSE(package.contains("handovers"));
    EXPECT_EQ(package.at("contacts")[0].at("role"), "escort");
}

TEST(PackageTest, ATravellerSeesOnlyTheirOwnRows) {
    auto json = load_case("8_4");
    json["persons"].push_back({{"id", "p9"},
                               {"role", "traveller"},
                               {"name", {{"given", "OTHERPERSON"}}},
                               {"birth_date", "1990-01-01"},
                               {"sex", "male"},
                               {"citizenships", {"RS"}},
                               {"languages", {"sr"}}});
    const auto package = view(accepted(json), Audience::kTraveller, "p1");
    EXPECT_EQ(package.at("persons").size(), 3U);  // the mother and the children she is guardian of
    EXPECT_THAT(package.dump(), Not(HasSubstr("OTHERPERSON")));
}

// The gates.

TEST(PackageGateTest, ConsentOfEverybodyIsNeeded) {
    EXPECT_THAT(refusals(case_record("8_4"),
                         {.audience = Audience::kOffice, .recipient = "o1", .kinds = {}},
                         parse_instant(kNow)),
                ElementsAre("no_consent /recipient"));
    EXPECT_TRUE(
        refusals(girl(), {.audience = Audience::kOffice, .recipient = "o1", .kinds = {"passport"}})
            .empty());
}

TEST(PackageGateTest, KindsThatNobodyConsentedToAreRefused) {
    EXPECT_THAT(refusals(girl(), {.audience = Audience::kOffice,
                                  .recipient = "o1",
                                  .kinds = {"ticket", "booking"}}),
                ElementsAre("no_consent /kinds/1"));
}

TEST(PackageGateTest, KindsThatAnAudienceNeverGetsAreRefused) {
    for (const auto& kind : all_kinds()) {
        const Strings expected = {"kind_not_for_audience /kinds/0"};
        for (const auto& [audience, recipient] :
             std::vector<std::pair<Audience, Lid>>{{Audience::kOffice, "o1"},
                                                   {Audience::kEscort, "e1"},
                                                   {Audience::kTraveller, "p1"}}) {
            const auto found = refusals(
                girl(),
                {.audience = audience, .recipient = recipient, .kinds = {std::string(kind.slug)}});
            EXPECT_EQ(found == expected, share_of(kind, audience) == Share::kNever) << kind.slug;
        }
    }
}

TEST(PackageGateTest, KindsMarkedNamedNeedTheRecipientInTheConsent) {
    auto json = load_case("8_3");
    set(json, "/consents/3/scope/0/kinds/0", "medical-certificate");
    const PackageRequest request{
        .audience = Audience::kOffice, .recipient = "o1", .kinds = {"medical-certificate"}};
    EXPECT_TRUE(refusals(accepted(json, kApril), request).empty());
    remove(json, "/consents/3/scope/0/recipients");
    EXPECT_THAT(refusals(accepted(json, kApril), request), ElementsAre("no_consent /kinds/0"));
}

TEST(PackageGateTest, WithdrawalAndStopRefuseEverything) {
    EXPECT_THAT(refusals(case_record("8_8"),
                         {.audience = Audience::kTraveller, .recipient = "p1", .kinds = {}},
                         parse_instant(kNow)),
                ElementsAre("consent_withdrawn "));
    auto json = load_case("8_3");
    set(json, "/case/status", "stopped");
    EXPECT_THAT(refusals(accepted(json, kApril),
                         {.audience = Audience::kOffice, .recipient = "o1", .kinds = {}}),
                ElementsAre("case_stopped "));
}

TEST(PackageGateTest, RecipientsMustBeThereAndOfTheAudience) {
    EXPECT_THAT(
        refusals(girl(), {.audience = Audience::kTraveller, .recipient = "e1", .kinds = {}}),
        ElementsAre("recipient_not_of_audience /recipient"));
    EXPECT_THAT(
        refusals(girl(), {.audience = Audience::kTraveller, .recipient = "x1", .kinds = {}}),
        ElementsAre("unknown_recipient /recipient"));
}

TEST(PackageGateTest, SharedPapersGetNamesThatTheProgramMade) {
    const auto answer = shared_documents(
        girl(), {.audience = Audience::kOffice, .recipient = "o1", .kinds = {"passport", "ticket"}},
        kAt);
    ASSERT_TRUE(std::holds_alternative<std::vector<DocumentRow>>(answer));
    const auto& rows = std::get<std::vector<DocumentRow>>(answer);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].file_name, "RV-2026-014-passport-1.pdf");
    EXPECT_EQ(rows[1].file_name, "RV-2026-014-ticket-1.pdf");
}

TEST(PackageGateTest, VoidPapersAreNotShared) {
    auto json = load_case("8_3");
    set(json, "/documents/0/void", true);
    const auto answer = shared_documents(
        accepted(json, kApril),
        {.audience = Audience::kOffice, .recipient = "o1", .kinds = {"passport"}}, kAt);
    EXPECT_TRUE(std::get<std::vector<DocumentRow>>(answer).empty());
}

TEST(PackageGateTest, RefusedRequestsGiveNoPapers) {
    const auto answer = shared_documents(
        girl(), {.audience = Audience::kOffice, .recipient = "o1", .kinds = {"safety-card"}}, kAt);
    ASSERT_TRUE(std::holds_alternative<Refusals>(answer));
    EXPECT_EQ(std::get<Refusals>(answer)[0].code, "kind_not_for_audience");
}

}  // namespace
}  // namespace valv::casework::test
