// The whole way of a vault, a case, a paper and a link, one command after the other.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/cli/cli_world.h"

namespace valv::cli {
namespace {

using test::CliWorld;
using test::Ran;
using ::testing::HasSubstr;
using ::testing::Not;
using valv::test::read_file;

class JourneyTest : public ::testing::Test {
protected:
    void SetUp() override {
        cli.found();
        cli.make_case();
    }
    std::string add_card() {
        const Ran added =
            cli.run("founder", {"document", "add", "RV-2026-014", cli.file("card.pdf", kPaper),
                                "--kind", "identity-card", "--about", "p1", "--number", "XX101",
                                "--issuing-country", "RO", "--expires-on", "2031-05-01", "--json"});
        EXPECT_EQ(added.code, kExitDone) << added.out;
        return added.json_text("document");
    }
    Ran create_link(std::vector<std::string> more = {}) {
        std::vector<std::string> words{"link", "create", "RV-2026-014", "--audience", "office",
                                       "--to", "o1",     "--until",     "48h",        "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return cli.run("founder", words);
    }
    // As a recipient elsewhere: no profile.
    Ran open_link(const Ran& created, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"link",        "open",
                                       "--url-file",  cli.file("url", created.json_text("url")),
                                       "--code-file", cli.file("code", created.json_text("code"))};
        words.insert(words.end(), more.begin(), more.end());
        return cli.run_bare(words);
    }
    static constexpr std::string_view kPaper = "%PDF-1.7 the card";
    CliWorld cli;
};

TEST_F(JourneyTest, StatusSaysThatThereIsNoRecoveryRecipientYet) {
    const Ran run = cli.run("founder", {"vault", "status"});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_THAT(run.out, HasSubstr("no recovery recipient yet"));
    EXPECT_THAT(run.out, HasSubstr("You: Åsa Öberg, admin"));
}

TEST_F(JourneyTest, ADeviceShowsItsFingerprint) {
    const Ran run = cli.run("founder", {"device", "show"});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    const std::string words = cli.run("founder", {"device", "show", "--json"}).json_text("words");
    EXPECT_THAT(run.out, HasSubstr("Words  " + words));
    EXPECT_THAT(run.out, HasSubstr("█"));
    EXPECT_THAT(cli.run("founder", {"member", "list"}).out, HasSubstr(words));
}

TEST_F(JourneyTest, VerifyChecksEveryCase) {
    const Ran run = cli.run("founder", {"vault", "verify", "--json"});
    EXPECT_EQ(run.code, kExitDone) << run.out;
    EXPECT_THAT(run.out, HasSubstr("\"cases\":1"));
}

TEST_F(JourneyTest, ACaseIsFoundByItsReference) {
    const Ran run = cli.run("founder", {"case", "show", "RV-2026-014", "--access"});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_THAT(run.out, HasSubstr("Sanda Model"));
    EXPECT_THAT(run.out, HasSubstr("Who opens it"));
}

TEST_F(JourneyTest, TheItineraryHasLocalTimesAndSpans) {
    const Ran run = cli.run("founder", {"itinerary", "show", "RV-2026-014"});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_THAT(run.out, HasSubstr("2026-04-08 11:00 Europe/Stockholm  Stockholm Arlanda (ARN)"));
    EXPECT_THAT(run.out, HasSubstr("takes 2 h 40 min"));
}

TEST_F(JourneyTest, TheChecklistComesAsTextAndAsJson) {
    const Ran text = cli.run("founder", {"checklist", "RV-2026-014", "--lang", "en"});
    EXPECT_EQ(text.code, kExitDone) << text.notes;
    const Ran json = cli.run("founder", {"checklist", "RV-2026-014", "--json"});
    EXPECT_EQ(json.code, kExitDone) << json.out;
    EXPECT_THAT(json.out, HasSubstr("\"case\":\"RV-2026-014\""));
}

TEST_F(JourneyTest, AWaiverNeedsItsReason) {
    const Ran run = cli.run(
        "founder", {"checklist", "waive", "RV-2026-014", "risk-missing", "--reason", "short"});
    EXPECT_EQ(run.code, kExitRefused);
}

TEST_F(JourneyTest, APaperComesBackAsItWasPutIn) {
    const std::string id = add_card();
    const std::string target = cli.path("out.pdf");
    const Ran run = cli.run("founder", {"document", "get", "RV-2026-014", id, "-o", target});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_EQ(as_text(read_file(target)), kPaper);
}

TEST_F(JourneyTest, AFileThatIsThereIsNotReplacedWithoutForce) {
    const std::string id = add_card();
    const std::string target = cli.file("out.pdf", "mine");
    const Ran kept =
        cli.run("founder", {"document", "get", "RV-2026-014", id, "-o", target, "--json"});
    EXPECT_EQ(kept.code, kExitRefused);
    EXPECT_EQ(kept.json_text("error"), "file_exists");
    EXPECT_EQ(as_text(read_file(target)), "mine");
    const Ran forced =
        cli.run("founder", {"document", "get", "RV-2026-014", id, "-o", target, "--force"});
    EXPECT_EQ(forced.code, kExitDone) << forced.notes;
    EXPECT_EQ(as_text(read_file(target)), kPaper);
}

TEST_F(JourneyTest, AnExportOpensForStockAge) {
    add_card();
    const std::string folder = cli.path("export");
    const Ran run = cli.run("founder", {"case", "export", "RV-2026-014", folder});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(folder) / "case.txt"));
    EXPECT_EQ(
        cli.run("founder", {"case", "export", "RV-2026-014", folder, "--json"}).json_text("error"),
        "folder_not_empty");
}

// An export that was worked on while a colleague ticked an item off.
TEST_F(JourneyTest, AnImportKeepsWhatWasWrittenSinceItsExport) {
    ASSERT_EQ(cli.run("founder", {"case", "export", "RV-2026-014", cli.path("out")}).code,
              kExitDone);
    std::string record(as_text(read_file(cli.path("out/case.json"))));
    ASSERT_EQ(cli.run("founder", {"document", "add", "RV-2026-014", cli.file("card.pdf", kPaper),
                                  "--kind", "identity-card", "--about", "p1"})
                  .code,
              kExitDone);
    const std::string place = R"("place":"Iasi")";
    record.replace(record.find(place), place.size(), R"("place":"Vaslui")");
    const std::string file = cli.file("edited.json", record);
    const Ran run =
        cli.run("founder", {"case", "import", "RV-2026-014", file, "--since", "2", "--json"});
    EXPECT_EQ(run.code, kExitDone) << run.out;
    EXPECT_THAT(run.out, HasSubstr(R"("record":4,"contested":[])"));
    const Ran shown = cli.run("founder", {"case", "show", "RV-2026-014"});
    EXPECT_THAT(shown.out, HasSubstr("Vaslui"));
    EXPECT_THAT(cli.run("founder", {"document", "list", "RV-2026-014"}).out, HasSubstr("card.pdf"));
    const Ran none = cli.run("founder", {"case", "import", "RV-2026-014", file, "--since", "9"});
    EXPECT_EQ(none.code, kExitUsage);
    EXPECT_THAT(none.notes, HasSubstr("--since"));
}

TEST_F(JourneyTest, ASharedCaseOpensForTheColleagueOnly) {
    cli.enrol("Lars");
    EXPECT_EQ(cli.run("Lars", {"case", "show", "RV-2026-014", "--json"}).json_text("error"),
              "case_not_found");
    cli.prompter.answers = {"no"};
    EXPECT_EQ(cli.run("founder", {"case", "share", "RV-2026-014", "Lars"}).code, kExitRefused);
    cli.prompter.answers = {"y"};
    const Ran shared = cli.run("founder", {"case", "share", "RV-2026-014", "Lars"});
    EXPECT_EQ(shared.code, kExitDone) << shared.notes;
    EXPECT_EQ(cli.run("Lars", {"case", "show", "RV-2026-014"}).code, kExitDone);
    EXPECT_EQ(cli.run("founder", {"case", "unshare", "RV-2026-014", "Lars"}).code, kExitDone);
    EXPECT_EQ(cli.run("Lars", {"case", "show", "RV-2026-014"}).code, kExitRefused);
}

TEST_F(JourneyTest, WhoIsTakenOutOfTheVaultLeavesNewKeysBehind) {
    add_card();
    cli.enrol("Lars");
    cli.prompter.answers = {"y"};
    EXPECT_EQ(cli.run("founder", {"case", "share", "RV-2026-014", "Lars"}).code, kExitDone);
    const std::string link = create_link().json_text("link");
    cli.prompter.answers = {"n"};
    const Ran kept = cli.run("founder", {"member", "remove", "Lars"});
    EXPECT_EQ(kept.code, kExitRefused);
    EXPECT_THAT(kept.notes, HasSubstr("Nobody was taken out"));
    const Ran removed = cli.run("founder", {"member", "remove", "Lars", "--yes"});
    EXPECT_EQ(removed.code, kExitDone) << removed.notes;
    EXPECT_THAT(removed.out, HasSubstr("RV-2026-014: new keys, and its 1 paper moved to them."));
    EXPECT_THAT(removed.out, HasSubstr("Link " + link + " to o1 ended"));
    EXPECT_THAT(cli.run("Lars", {"case", "list"}).notes, HasSubstr("not active in the vault"));
    EXPECT_THAT(cli.run("founder", {"member", "list"}).out, HasSubstr("revoked"));
}

// Of a link that ended with the old keys, the new URL and code open what the old ones opened.
TEST_F(JourneyTest, LinksThatEndedWithTheOldKeysAreOfferedAnew) {
    add_card();
    cli.enrol("Lars");
    cli.prompter.answers = {"y"};
    ASSERT_EQ(cli.run("founder", {"case", "share", "RV-2026-014", "Lars"}).code, kExitDone);
    const Ran old = create_link();
    cli.prompter.answers = {"y"};
    const Ran removed = cli.run("founder", {"member", "remove", "Lars", "--yes"});
    EXPECT_EQ(removed.code, kExitDone) << removed.notes;
    EXPECT_THAT(cli.prompter.asked.back(), HasSubstr("Make that link anew now"));
    EXPECT_THAT(removed.out, HasSubstr("Send this link"));
    EXPECT_THAT(removed.out, HasSubstr("http"));
    EXPECT_EQ(open_link(old).code, kExitRefused);
    const std::string links = cli.run("founder", {"link", "list", "RV-2026-014"}).out;
    EXPECT_THAT(links, HasSubstr("live"));
    EXPECT_THAT(links, HasSubstr("revoked"));
}

TEST_F(JourneyTest, ALinkIsMadeAnewWithAnotherUrlAndCode) {
    add_card();
    const Ran old = create_link({"--opens", "3"});
    const Ran made =
        cli.run("founder", {"link", "reissue", "RV-2026-014", old.json_text("link"), "--json"});
    ASSERT_EQ(made.code, kExitDone) << made.out;
    EXPECT_NE(made.json_text("url"), old.json_text("url"));
    EXPECT_NE(made.json_text("code"), old.json_text("code"));
    EXPECT_THAT(made.out, HasSubstr("\"max_opens\":3"));
    EXPECT_EQ(made.json_text("not_after"), old.json_text("not_after"));
    EXPECT_THAT(open_link(made).out, HasSubstr("RV-2026-014-identity-card-1.pdf"));
    EXPECT_EQ(open_link(old).code, kExitRefused);
    EXPECT_EQ(cli.run("founder",
                      {"link", "reissue", "RV-2026-014", made.json_text("link"), "--until", "40d"})
                  .code,
              kExitUsage);
    EXPECT_EQ(cli.run("founder",
                      {"link", "reissue", "RV-2026-014", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "--json"})
                  .json_text("error"),
              "link_not_found");
}

TEST_F(JourneyTest, WhoHandsACaseOverLeavesIt) {
    const Ran alone = cli.run("founder", {"case", "leave", "RV-2026-014", "--json"});
    EXPECT_EQ(alone.code, kExitRefused);
    EXPECT_EQ(alone.json_text("error"), "last_member");
    cli.enrol("Lars");
    const Ran listed = cli.run("Lars", {"device", "show", "--json"});
    ASSERT_EQ(cli.run("founder", {"case", "share", "RV-2026-014", "Lars", "--yes-words",
                                  listed.json_text("words")})
                  .code,
              kExitDone);
    EXPECT_EQ(cli.run("founder", {"case", "leave", "RV-2026-014"}).code, kExitDone);
    EXPECT_EQ(cli.run("founder", {"case", "show", "RV-2026-014"}).code, kExitRefused);
    EXPECT_THAT(cli.run("Lars", {"case", "show", "RV-2026-014"}).out,
                HasSubstr("the next change makes new ones"));
    EXPECT_EQ(cli.run("Lars", {"document", "add", "RV-2026-014", cli.file("card.pdf", kPaper),
                               "--kind", "identity-card", "--about", "p1"})
                  .code,
              kExitDone);
    EXPECT_THAT(cli.run("Lars", {"case", "show", "RV-2026-014"}).out,
                Not(HasSubstr("the next change makes new ones")));
}

TEST_F(JourneyTest, ARecoveryKeyIsSplitTriedAndShown) {
    const std::string folder = cli.path("shares");
    const Ran split = cli.run("founder", {"recover", "split", "-o", folder});
    EXPECT_EQ(split.code, kExitDone) << split.notes;
    EXPECT_THAT(split.out, HasSubstr("3 shares in the folder, any 2 of which open every case."));
    const std::string words =
        cli.run("founder", {"vault", "status"}).out;  // the same words everywhere
    EXPECT_THAT(words, HasSubstr("Recovery: words "));
    const Ran drill =
        cli.run("founder", {"recover", "drill", "--share-file", folder + "/share-1.txt",
                            "--share-file", folder + "/share-3.txt"});
    EXPECT_EQ(drill.code, kExitDone) << drill.notes;
    EXPECT_THAT(drill.out, HasSubstr("these shares open every case"));
    const Ran one =
        cli.run("founder", {"recover", "drill", "--share-file", folder + "/share-1.txt", "--json"});
    EXPECT_EQ(one.json_text("error"), "shares_do_not_combine");
    EXPECT_EQ(cli.run("founder", {"recover", "split", "-o", folder}).code, kExitRefused)
        << "a folder that is there is left alone";
    EXPECT_EQ(cli.run("founder", {"recover", "confirm", "--json"}).json_text("error"),
              "nothing_proposed");
}

TEST_F(JourneyTest, OnlyAnAdminChangesRolesAndNotOfTheLastOne) {
    cli.enrol("Lars");
    EXPECT_EQ(cli.run("Lars", {"member", "role", "Lars", "admin", "--json"}).json_text("error"),
              "not_admin");
    EXPECT_EQ(
        cli.run("founder", {"member", "role", "Åsa Öberg", "auditor", "--json"}).json_text("error"),
        "last_admin");
    EXPECT_EQ(cli.run("founder", {"member", "role", "Lars", "queen"}).code, kExitUsage);
    EXPECT_EQ(cli.run("founder", {"member", "role", "Lars", "admin"}).code, kExitDone);
    EXPECT_EQ(cli.run("Lars", {"member", "role", "Lars", "coordinator"}).code, kExitDone);
}

TEST_F(JourneyTest, WordsOfAnotherDeviceShareNothing) {
    cli.enrol("Lars");
    const Ran run = cli.run("founder", {"case", "share", "RV-2026-014", "Lars", "--yes-words",
                                        "lusab babad gutih tugad", "--json"});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_EQ(run.json_text("error"), "words_differ");
}

// ---- links ----

TEST_F(JourneyTest, ALinkIsMadeOpenedAndItsPapersSaved) {
    add_card();
    const Ran created = create_link();
    ASSERT_EQ(created.code, kExitDone) << created.out;
    const std::string folder = cli.path("papers");
    const Ran opened = open_link(created, {"-o", folder});
    ASSERT_EQ(opened.code, kExitDone) << opened.notes;
    EXPECT_THAT(opened.out, HasSubstr("Papers for Receiving office"));
    EXPECT_THAT(opened.out, HasSubstr("Stockholm Arlanda (ARN)"));
    EXPECT_THAT(opened.out, HasSubstr("This was opening 1 of 5"));
    EXPECT_EQ(as_text(read_file(std::filesystem::path(folder) / "RV-2026-014-identity-card-1.pdf")),
              kPaper);
    const Ran shown =
        cli.run("founder", {"link", "show", "RV-2026-014", created.json_text("link"), "--json"});
    EXPECT_THAT(shown.out, HasSubstr("\"opens\":1"));
}

TEST_F(JourneyTest, TheSenderIsToldToSpeakTheHost) {
    const Ran run = cli.run("founder", {"link", "create", "RV-2026-014", "--audience", "office",
                                        "--to", "o1", "--until", "48h"});
    ASSERT_EQ(run.code, kExitDone) << run.notes;
    const std::size_t confirmed = run.out.find("The server confirmed");
    const std::size_t url = run.out.find("https://links.example/o#c");
    const std::size_t host = run.out.find("Whoever speaks the code also speaks the host");
    EXPECT_LT(confirmed, url);
    EXPECT_LT(url, host);
    EXPECT_THAT(run.out, ::testing::ContainsRegex("\n  [0-9]{4} [0-9]{4} [0-9]{4}\n"));
}

TEST_F(JourneyTest, AWrongCodeUsesNothingUp) {
    const Ran created = create_link();
    const Ran run =
        cli.run_bare({"link", "open", "--url-file", cli.file("url", created.json_text("url")),
                      "--code-file", cli.file("code", "0000 0000 0000"), "--json"});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_EQ(run.json_text("error"), "wrong_code");
}

TEST_F(JourneyTest, ACodeOfElevenDigitsIsUsage) {
    const Ran created = create_link();
    const Ran run =
        cli.run_bare({"link", "open", "--url-file", cli.file("url", created.json_text("url")),
                      "--code-file", cli.file("code", "12345678901"), "--json"});
    EXPECT_EQ(run.code, kExitUsage);
    EXPECT_THAT(run.json_text("message"), HasSubstr("12 digits"));
}

TEST_F(JourneyTest, ARevokedLinkSaysSoBeforeTheCodeIsAsked) {
    const Ran created = create_link();
    EXPECT_EQ(cli.run("founder", {"link", "revoke", "RV-2026-014", created.json_text("link")}).code,
              kExitDone);
    cli.prompter.answers = {created.json_text("url"), "never asked"};
    const Ran run = cli.run_bare({"link", "open", "--json"});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_EQ(run.json_text("reason"), "revoked");
    EXPECT_EQ(cli.prompter.asked.size(), 1U);
}

TEST_F(JourneyTest, AnExpiredLinkSaysWhenItRanOut) {
    const Ran created = create_link();
    cli.world.clock.advance(std::chrono::hours(49));
    const Ran run = open_link(created, {"--json"});
    EXPECT_EQ(run.json_text("reason"), "expired");
    EXPECT_THAT(run.json_text("message"), HasSubstr("ran out on 3 March 2026"));
}

TEST_F(JourneyTest, AUsedUpLinkSaysSoOnAnotherDevice) {
    const Ran created = create_link({"--opens", "1"});
    ASSERT_EQ(open_link(created).code, kExitDone);
    std::filesystem::remove_all(cli.path("state"));  // the holders: now it is another device
    const Ran run = open_link(created, {"--json"});
    EXPECT_EQ(run.json_text("reason"), "used_up");
}

TEST_F(JourneyTest, TheSameDeviceComesBackWithoutAnotherOpening) {
    const Ran created = create_link({"--opens", "1"});
    ASSERT_EQ(open_link(created).code, kExitDone);
    EXPECT_EQ(open_link(created).code, kExitDone);
}

TEST_F(JourneyTest, ACutUrlIsSaidToBeCut) {
    const Ran created = create_link();
    std::string url = created.json_text("url");
    url.resize(url.size() - 5);
    const Ran run = cli.run_bare({"link", "open", "--url-file", cli.file("url", url), "--json"});
    EXPECT_EQ(run.json_text("error"), "link_incomplete");
}

TEST_F(JourneyTest, SecretsAreNotEchoed) {
    const Ran created = create_link();
    cli.prompter.answers = {created.json_text("url"), created.json_text("code")};
    ASSERT_EQ(cli.run_bare({"link", "open"}).code, kExitDone);
    EXPECT_EQ(cli.prompter.echoes.front(), local::Echo::kNo);
}

TEST_F(JourneyTest, AKindThatConsentDoesNotCoverIsRefusedBeforeAnythingIsMade) {
    const Ran run = create_link({"--kinds", "passport"});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_THAT(run.out, HasSubstr("\"code\":\"no_consent\""));
    EXPECT_THAT(cli.run("founder", {"link", "list", "RV-2026-014"}).out, HasSubstr("has no links"));
}

TEST_F(JourneyTest, ALinkWithoutACodeNeedsItsReason) {
    EXPECT_EQ(create_link({"--no-code"}).code, kExitUsage);
    const Ran created = create_link({"--no-code", "--reason", "QR code shown face to face"});
    EXPECT_EQ(created.code, kExitDone) << created.out;
    EXPECT_THAT(created.out, Not(HasSubstr("\"code\"")));
}

TEST_F(JourneyTest, ALinkForMoreThanThirtyOneDaysIsUsage) {
    EXPECT_EQ(create_link({"--from", "1h"}).code, kExitDone);
    const Ran run = cli.run("founder", {"link", "create", "RV-2026-014", "--audience", "office",
                                        "--to", "o1", "--until", "32d"});
    EXPECT_EQ(run.code, kExitUsage);
    EXPECT_THAT(run.notes, HasSubstr("31 days"));
}

}  // namespace
}  // namespace valv::cli
