// Closing, hold, erasure and certificate at the terminal.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/cli/cli_world.h"

namespace valv::cli {
namespace {

using test::CliWorld;
using test::Ran;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using valv::test::read_file;

constexpr const char* kReference = "RV-2026-014";

class CaseEndTest : public ::testing::Test {
protected:
    void SetUp() override {
        cli.found();
        cli.make_case();
    }
    Ran run(std::vector<std::string> words, const std::string& who = "founder") {
        return cli.run(who, std::move(words));
    }
    std::string case_id() { return run({"case", "show", kReference, "--json"}).json_text("case"); }
    void share_with(const std::string& who) {
        cli.enrol(who);
        cli.prompter.answers = {"y"};
        const Ran shared = run({"case", "share", kReference, who});
        ASSERT_EQ(shared.code, kExitDone) << shared.notes;
    }
    Ran hold() {
        return run({"case", "hold", kReference, "--reason", "Trial", "--review", "2026-09-01"});
    }
    CliWorld cli;
};

TEST_F(CaseEndTest, ClosingAsksForTheYearsAndAssumesNone) {
    cli.prompter.answers = {"2"};
    const Ran closed = run({"case", "close", kReference});
    EXPECT_EQ(closed.code, kExitDone) << closed.notes;
    EXPECT_THAT(cli.prompter.asked.back(), HasSubstr("2 is usual"));
    EXPECT_THAT(closed.out, HasSubstr("kept until 2028-03-01"));
    EXPECT_THAT(run({"case", "show", kReference}).out, HasSubstr("kept until 2028-03-01"));
    EXPECT_THAT(run({"case", "list"}).out, HasSubstr("until 2028-03-01"));
    EXPECT_THAT(run({"case", "list", "--json"}).out,
                HasSubstr("\"erase_after\":\"2028-03-03T00:00:00Z\""));
}

TEST_F(CaseEndTest, AnEmptyAnswerClosesNothing) {
    cli.prompter.answers = {""};
    EXPECT_EQ(run({"case", "close", kReference}).code, kExitUsage);
    cli.prompter.answers = {"eleven"};
    EXPECT_EQ(run({"case", "close", kReference}).code, kExitUsage);
    EXPECT_EQ(run({"case", "close", kReference, "--keep", "11"}).code, kExitUsage);
    EXPECT_EQ(run({"case", "close", kReference}).code, kExitUsage) << "nobody to ask";
    EXPECT_THAT(run({"case", "show", kReference}).out, HasSubstr(", open,"));
}

TEST_F(CaseEndTest, ReopeningTakesTheDateAway) {
    EXPECT_EQ(run({"case", "close", kReference, "--keep", "1"}).code, kExitDone);
    EXPECT_EQ(run({"case", "reopen", kReference}).code, kExitDone);
    const Ran shown = run({"case", "show", kReference, "--json"});
    EXPECT_THAT(shown.out, HasSubstr("\"status\":\"open\""));
    EXPECT_THAT(shown.out, Not(HasSubstr("erase_after")));
}

TEST_F(CaseEndTest, AHoldNeedsAReasonAndADateAndSaysWhoSetIt) {
    EXPECT_EQ(run({"case", "hold", kReference, "--reason", "Trial"}).code, kExitUsage);
    EXPECT_EQ(run({"case", "hold", kReference, "--lift", "--reason", "Trial"}).code, kExitUsage);
    EXPECT_EQ(hold().code, kExitDone);
    EXPECT_THAT(run({"case", "show", kReference}).out,
                HasSubstr("Legal hold, set by Åsa Öberg: Trial, review on 2026-09-01"));
    EXPECT_THAT(run({"case", "list"}).out, HasSubstr("on hold"));
}

TEST_F(CaseEndTest, ARefusedErasureSaysWhoSetTheHold) {
    share_with("colleague");
    EXPECT_EQ(hold().code, kExitDone);
    const Ran refused =
        run({"case", "erase", kReference, "--yes", kReference, "--json"}, "colleague");
    EXPECT_EQ(refused.code, kExitRefused);
    EXPECT_EQ(refused.json_text("error"), "on_hold");
    EXPECT_THAT(refused.notes, HasSubstr("Åsa Öberg set the legal hold: Trial"));
    EXPECT_EQ(run({"case", "hold", kReference, "--lift"}, "colleague").code, kExitDone);
    EXPECT_EQ(run({"case", "erase", kReference, "--yes", kReference}, "colleague").code, kExitDone);
}

TEST_F(CaseEndTest, OnlyTheTypedReferenceErases) {
    for (const char* const answer : {"y", "yes", "RV-2026-041"}) {
        cli.prompter.answers = {answer};
        EXPECT_EQ(run({"case", "erase", kReference}).code, kExitRefused);
    }
    EXPECT_EQ(run({"case", "erase", kReference, "--yes", "RV-2026-041"}).code, kExitRefused);
    EXPECT_EQ(run({"case", "erase", kReference}).code, kExitUsage) << "nobody to ask";
    EXPECT_EQ(run({"case", "show", kReference}).code, kExitDone);
    cli.prompter.answers = {kReference};
    const Ran erased = run({"case", "erase", kReference});
    EXPECT_EQ(erased.code, kExitDone) << erased.notes;
    EXPECT_THAT(cli.prompter.asked.back(), HasSubstr("not even from backups"));
    EXPECT_THAT(erased.out, HasSubstr("Erased: RV-2026-014 with its 0 papers."));
    EXPECT_EQ(run({"case", "show", kReference}).code, kExitRefused);
}

TEST_F(CaseEndTest, AColleagueIsToldOnceWhenAndByWhom) {
    share_with("colleague");
    const std::string id = case_id();
    EXPECT_EQ(run({"case", "erase", kReference, "--yes", kReference}).code, kExitDone);
    const Ran listed = run({"case", "list", "--json"}, "colleague");
    EXPECT_EQ(listed.code, kExitDone) << listed.notes;
    EXPECT_THAT(listed.notes, HasSubstr("Case " + id +
                                        " was erased on 1 March 2026, 09:00 UTC by "
                                        "decision of Åsa Öberg, with its 0 papers."));
    EXPECT_THAT(listed.out, HasSubstr("\"erased\":[{\"case\":\"" + id + "\""));
    const Ran again = run({"vault", "status", "--json"}, "colleague");
    EXPECT_EQ(again.code, kExitDone) << again.notes;
    EXPECT_THAT(again.notes, Not(HasSubstr("was erased")));
    EXPECT_THAT(again.out, HasSubstr("\"erased\":[]"));
    EXPECT_EQ(run({"vault", "verify"}, "colleague").code, kExitDone) << "nobody is accused";
    const Ran shown = run({"case", "show", id, "--json"}, "colleague");
    EXPECT_EQ(shown.code, kExitRefused);
    EXPECT_EQ(shown.json_text("error"), "case_erased");
}

TEST_F(CaseEndTest, TheCertificateIsWrittenAtOnceAndLaterTheSame) {
    const std::string id = case_id();
    const std::string first = cli.path("first.json");
    EXPECT_EQ(run({"case", "erase", kReference, "--yes", kReference, "-o", first}).code, kExitDone);
    const std::string second = cli.path("second.json");
    const Ran written = run({"case", "certificate", id, "-o", second});
    EXPECT_EQ(written.code, kExitDone) << written.notes;
    EXPECT_EQ(as_text(read_file(first)), as_text(read_file(second)));
    EXPECT_THAT(std::string(as_text(read_file(first))),
                HasSubstr("{\"format\":\"resvalv/erasure/1\""));
    const Ran kept = run({"case", "certificate", id, "-o", second, "--json"});
    EXPECT_EQ(kept.json_text("error"), "file_exists");
}

TEST_F(CaseEndTest, TheCertificateComesAsAPageToo) {
    const std::string id = case_id();
    ASSERT_EQ(run({"case", "erase", kReference, "--yes", kReference}).code, kExitDone);
    const auto written = [&](const std::string& form) {
        const std::string file = cli.path("certificate." + form);
        const Ran ran =
            run({"case", "certificate", id, "--format", form, "--lang", "en", "-o", file});
        EXPECT_EQ(ran.code, kExitDone) << ran.notes;
        return std::string(as_text(read_file(file)));
    };
    EXPECT_THAT(written("html"), HasSubstr(id));
    EXPECT_THAT(written("pdf"), StartsWith("%PDF-"));
    const Ran wrong = run({"case", "certificate", id, "--format", "odt", "-o", cli.path("c.odt")});
    EXPECT_EQ(wrong.code, kExitUsage);
    EXPECT_THAT(wrong.notes, HasSubstr("--format"));
}

TEST_F(CaseEndTest, ThereIsNoCertificateOfACaseThatStands) {
    const Ran run_of_case =
        run({"case", "certificate", case_id(), "-o", cli.path("c.json"), "--json"});
    EXPECT_EQ(run_of_case.json_text("error"), "not_erased");
    const Ran run_of_word =
        run({"case", "certificate", kReference, "-o", cli.path("c.json"), "--json"});
    EXPECT_EQ(run_of_word.json_text("error"), "bad_id");
}

TEST_F(CaseEndTest, ACertificateThatCannotBeWrittenErasesNothing) {
    const std::string file = cli.file("there.json", "mine");
    const Ran refused = run({"case", "erase", kReference, "--yes", kReference, "-o", file});
    EXPECT_EQ(refused.code, kExitRefused);
    EXPECT_EQ(run({"case", "show", kReference}).code, kExitDone);
}

}  // namespace
}  // namespace valv::cli
