// What goes wrong: the sentence, the exit code, and that nothing was changed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/cli/cli_world.h"

namespace valv::cli {
namespace {

using test::CliWorld;
using test::Ran;
using ::testing::HasSubstr;
using ::testing::Not;

class FailuresTest : public ::testing::Test {
protected:
    void SetUp() override {
        cli.found();
        cli.make_case();
    }
    Ran import_with(std::string_view what, std::string_view instead) {
        std::string json = test::record_json();
        json.replace(json.find(what), what.size(), instead);
        return cli.run("founder", {"case", "import", "RV-2026-014", cli.file("r.json", json)});
    }
    std::uint32_t record_number() {
        const std::string out = cli.run("founder", {"case", "show", "RV-2026-014", "--json"}).out;
        const std::size_t at = out.find("\"record\":") + std::string_view("\"record\":").size();
        return static_cast<std::uint32_t>(std::stoul(out.substr(at)));
    }
    CliWorld cli;
};

TEST_F(FailuresTest, AWrongPassphraseHasASentenceAndChangesNothing) {
    cli.prompter.answers = {"another passphrase altogether"};
    const Ran run = cli.run_bare({"case", "list", "--profile", cli.path("founder"), "--json"});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_EQ(run.json_text("error"), "wrong_passphrase");
    EXPECT_THAT(run.out, Not(HasSubstr("another")));
}

TEST_F(FailuresTest, WithoutATerminalTheOptionIsNamed) {
    const Ran run = cli.run_bare({"case", "list", "--profile", cli.path("founder")});
    EXPECT_EQ(run.code, kExitUsage);
    EXPECT_THAT(run.notes, HasSubstr("--passphrase-file"));
}

TEST_F(FailuresTest, AServerThatIsDownExitsWithFour) {
    cli.world.network.wire.before = [](const client::Call&) {
        throw Error(ErrorCode::kNetwork, "test: no route");
    };
    const Ran run = cli.run("founder", {"case", "list", "--json"});
    EXPECT_EQ(run.code, kExitNetwork);
    EXPECT_EQ(run.json_text("error"), "network");
}

TEST_F(FailuresTest, AnotherServersCertificateExitsWithThree) {
    cli.world.network.wire.before = [](const client::Call&) {
        throw client::Tampered(client::tamper::kServer, "test: pin");
    };
    const Ran run = cli.run("founder", {"case", "list", "--json"});
    EXPECT_EQ(run.code, kExitTampered);
    EXPECT_EQ(run.json_text("error"), "server_not_trusted");
}

TEST_F(FailuresTest, AServerWithoutRoomSaysWhoMayHelp) {
    cli.world.network.wire.before = [](const client::Call& call) {
        if (call.route == protocol::RouteName::kCreateUpload) {
            throw Error(ErrorCode::kStorageFull, "server: full");
        }
    };
    const Ran run = cli.run("founder", {"document", "add", "RV-2026-014", cli.file("a.txt", "text"),
                                        "--kind", "receipt"});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_THAT(run.notes, HasSubstr("ask the operator"));
}

TEST_F(FailuresTest, AnOversizedDocumentHasItsSentence) {
    cli.world.network.wire.before = [](const client::Call& call) {
        if (call.route == protocol::RouteName::kCreateUpload) {
            throw Error(ErrorCode::kTooLarge, "server: too large");
        }
    };
    const Ran run = cli.run("founder", {"document", "add", "RV-2026-014", cli.file("a.txt", "text"),
                                        "--kind", "receipt", "--json"});
    EXPECT_EQ(run.json_text("error"), "document_too_large");
}

TEST_F(FailuresTest, ADamagedPaperIsNotSaved) {
    const Ran added =
        cli.run("founder", {"document", "add", "RV-2026-014", cli.file("a.txt", "some text"),
                            "--kind", "receipt", "--json"});
    cli.world.network.wire.after = [](const client::Call& call, client::Response& response) {
        if (call.route == protocol::RouteName::kGetDocumentHeader) {
            response.body.back() ^= 1U;
        }
    };
    std::filesystem::remove_all(cli.world.folder / "founder" / "cache" / "documents");
    const Ran run =
        cli.run("founder", {"document", "get", "RV-2026-014", added.json_text("document"), "-o",
                            cli.path("out.txt"), "--json"});
    EXPECT_EQ(run.code, kExitTampered) << run.out;
    EXPECT_FALSE(std::filesystem::exists(cli.path("out.txt")));
}

TEST_F(FailuresTest, AFileThatIsNotThereIsSaidToBeMissing) {
    const Ran run = cli.run("founder", {"document", "add", "RV-2026-014", cli.path("none.pdf"),
                                        "--kind", "receipt", "--json"});
    EXPECT_EQ(run.json_text("error"), "file_not_found");
}

TEST_F(FailuresTest, AnUnknownKindIsUsage) {
    const Ran run = cli.run("founder", {"document", "add", "RV-2026-014", cli.file("a.txt", "text"),
                                        "--kind", "pasport"});
    EXPECT_EQ(run.code, kExitUsage);
}

TEST_F(FailuresTest, AnUnknownCaseIsAnsweredAsAForeignOne) {
    EXPECT_EQ(cli.run("founder", {"case", "show", "RV-2026-999", "--json"}).json_text("error"),
              "case_not_found");
    EXPECT_EQ(cli.run("founder", {"case", "show", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "--json"})
                  .json_text("error"),
              "case_not_found");
}

TEST_F(FailuresTest, AVaultTokenThatWasCutIsSaidToBe) {
    const Ran run =
        cli.run("other", {"vault", "create", "--server", "https://vault.example:8443", "--name",
                          "V", "--your-name", "N", "--link-origin", "https://links.example",
                          "--token-file", cli.file("token", "abc"), "--json"});
    EXPECT_EQ(run.json_text("error"), "bad_token");
}

TEST_F(FailuresTest, AShortPassphraseMakesNoProfile) {
    cli.prompter.answers = {"short"};
    const Ran run =
        cli.run_bare({"vault", "create", "--server", "https://vault.example:8443", "--name", "V",
                      "--your-name", "N", "--link-origin", "https://links.example", "--token-file",
                      cli.file("token", as_text(cli.world.server.make_token().reveal())),
                      "--profile", cli.path("other")});
    EXPECT_EQ(run.code, kExitUsage);
    EXPECT_THAT(run.notes, HasSubstr("15"));
    EXPECT_FALSE(std::filesystem::exists(cli.path("other")));
}

TEST_F(FailuresTest, TwoPassphrasesThatDifferMakeNoProfile) {
    cli.prompter.answers = {"five words that belong", "five words that differ"};
    const Ran run =
        cli.run_bare({"vault", "create", "--server", "https://vault.example:8443", "--name", "V",
                      "--your-name", "N", "--link-origin", "https://links.example", "--token-file",
                      cli.file("token", as_text(cli.world.server.make_token().reveal())),
                      "--profile", cli.path("other")});
    EXPECT_EQ(run.code, kExitUsage);
    EXPECT_THAT(run.notes, HasSubstr("differ"));
    EXPECT_FALSE(std::filesystem::exists(cli.path("other")));
}

// ---- records ----

struct ImportRow {
    std::string name;
    std::string_view what;
    std::string_view instead;
    std::string line;  // in what is said
};
void PrintTo(const ImportRow& row, std::ostream* out) {
    *out << row.name;
}
class RefusedImport : public FailuresTest, public ::testing::WithParamInterface<ImportRow> {};

TEST_P(RefusedImport, SaysWhereAndWhyAndChangesNothing) {
    const std::uint32_t before = record_number();
    const Ran run = import_with(GetParam().what, GetParam().instead);
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_THAT(run.notes, HasSubstr(GetParam().line));
    EXPECT_EQ(record_number(), before);
}

const std::vector<ImportRow> kImports{
    {"UnknownAirport", "\"iata\":\"ARN\"", "\"iata\":\"QQQ\"", "/legs/0/from/iata: "},
    {"ArrivalBeforeDeparture", "2026-04-08T14:40", "2026-04-08T10:40",
     "(arrival_before_departure)"},
    {"NoJson", "\"format\"", "format", "(the whole record): "},
    {"UnknownKey", "\"sex\"", "\"seks\"", "/persons/0/seks: "},
    {"SpringGap", "2026-04-08T11:00", "2026-03-29T02:30", "(local_time_does_not_exist)"},
    {"UnknownZone", "\"zone\":\"Europe/Stockholm\"", "\"zone\":\"CET\"", "(unknown_zone)"},
    {"NewerFormat", "resvalv/case/1", "resvalv/case/2", "(unknown_format)"},
};
INSTANTIATE_TEST_SUITE_P(Table, RefusedImport, ::testing::ValuesIn(kImports),
                         [](const auto& row) { return row.param.name; });

// ---- invitations ----

class InvitationFailures : public FailuresTest {
protected:
    std::string invite() {
        const Ran run = cli.run("founder", {"invite", "--role", "coordinator", "--name", "Lars",
                                            "-o", cli.path("invitation"), "--json"});
        EXPECT_EQ(run.code, kExitDone) << run.out;
        return run.json_text("code");
    }
    Ran enrol(const std::string& code) {
        return cli.run("Lars", {"enrol", cli.path("invitation"), "--code-file",
                                cli.file("code", code), "--no-wait", "--json"});
    }
};

TEST_F(InvitationFailures, AnExpiredOneSaysSo) {
    const std::string code = invite();
    cli.world.clock.advance(std::chrono::hours(49));
    EXPECT_EQ(enrol(code).json_text("error"), "invitation_expired");
}

TEST_F(InvitationFailures, AnAlteredOneSaysSo) {
    const std::string code = invite();
    std::string text(as_text(valv::test::read_file(cli.path("invitation"))));
    cli.file("invitation", text.substr(0, text.size() / 2));
    EXPECT_EQ(enrol(code).json_text("error"), "invitation_damaged");
}

TEST_F(InvitationFailures, AShortCodeIsUsage) {
    invite();
    const Ran run = enrol("1234");
    EXPECT_EQ(run.code, kExitUsage);
    EXPECT_THAT(run.json_text("message"), HasSubstr("16 digits"));
}

TEST_F(InvitationFailures, AWrongCodeIsNotShownToTheAdmin) {
    invite();
    EXPECT_EQ(enrol("0000 0000 0000 0000").json_text("error"), "not_approved");
    const Ran run = cli.run("founder", {"approve", "--list", "--json"});
    EXPECT_THAT(run.out, HasSubstr("\"pending\":[]"));
    EXPECT_THAT(run.out, HasSubstr("\"refused\":1"));
}

TEST_F(InvitationFailures, TheFileIsNotWrittenOverAnother) {
    cli.file("invitation", "mine");
    const Ran run = cli.run("founder", {"invite", "--role", "auditor", "--name", "A", "-o",
                                        cli.path("invitation"), "--json"});
    EXPECT_EQ(run.json_text("error"), "file_exists");
}

TEST_F(InvitationFailures, OnlyAnAdminInvites) {
    cli.enrol("Lars");
    const Ran run = cli.run(
        "Lars", {"invite", "--role", "auditor", "--name", "A", "-o", cli.path("other"), "--json"});
    EXPECT_EQ(run.json_text("error"), "not_admin");
    EXPECT_FALSE(std::filesystem::exists(cli.path("other")));
}

TEST_F(FailuresTest, AnAuditorReadsAndDoesNotWrite) {
    cli.enrol("Ada", "auditor");
    cli.prompter.answers = {"y"};
    ASSERT_EQ(cli.run("founder", {"case", "share", "RV-2026-014", "Ada"}).code, kExitDone);
    EXPECT_EQ(cli.run("Ada", {"checklist", "RV-2026-014"}).code, kExitDone);
    const Ran run = cli.run("Ada", {"case", "import", "RV-2026-014",
                                    cli.file("r.json", test::record_json()), "--json"});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_EQ(run.json_text("error"), "role_not_enough");
}

}  // namespace
}  // namespace valv::cli
