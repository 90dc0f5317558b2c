// `resvalv log`: the log online, exported, and checked without a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/core/log_receipt.h"
#include "tests/client/cli/cli_world.h"

namespace valv::cli {
namespace {

using test::CliWorld;
using test::Ran;
using ::testing::HasSubstr;
using valv::test::read_file;

class LogTest : public ::testing::Test {
protected:
    void SetUp() override {
        cli.found();
        cli.make_case();
        const std::string paper = cli.file("card.pdf", "%PDF-1.7 the card");
        EXPECT_EQ(cli.run("founder", {"document", "add", "RV-2026-014", paper, "--kind",
                                      "identity-card", "--about", "p1", "--number", "XX101",
                                      "--issuing-country", "RO", "--expires-on", "2031-05-01"})
                      .code,
                  kExitDone);
        created = cli.run("founder", {"link", "create", "RV-2026-014", "--audience", "office",
                                      "--to", "o1", "--until", "48h", "--json"});
        opened =
            cli.run_bare({"link", "open", "--url-file", cli.file("url", created.json_text("url")),
                          "--code-file", cli.file("code", created.json_text("code")), "--receipt",
                          cli.path("open.tlog-proof")});
        EXPECT_EQ(opened.code, kExitDone) << opened.notes;
    }
    // The founder's key for --founder.
    std::string export_log() {
        return cli.run("founder", {"log", "export", cli.path("log"), "--json"})
            .json_text("founder");
    }
    Ran verify(const std::string& founder, const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"log",           "verify",    "--offline",
                                       cli.path("log"), "--founder", founder};
        words.insert(words.end(), more.begin(), more.end());
        return cli.run_bare(words);
    }
    CliWorld cli;
    Ran created;
    Ran opened;
};

TEST_F(LogTest, VerifyChecksEverythingInOneSentence) {
    const Ran run = cli.run("founder", {"log", "verify"});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_THAT(run.out, HasSubstr("The log holds: its "));
    EXPECT_THAT(run.out, HasSubstr("own 8 writes of the last 90 days."));
}

TEST_F(LogTest, AChangedEntryIsExitThree) {
    cli.world.network.wire.after = [](const client::Call& call, client::Response& response) {
        if (call.route == protocol::RouteName::kGetLogEntries) {
            auto entries = protocol::decode_log_entries(response.text());
            entries[1].event += "more -\n";
            response.body = to_bytes(as_bytes(protocol::encode_log_entries(entries)));
        }
    };
    const Ran run = cli.run("founder", {"log", "verify"});
    EXPECT_EQ(run.code, kExitTampered);
    EXPECT_THAT(run.notes, HasSubstr("contradicts itself at log entry 1"));
}

TEST_F(LogTest, ShowListsTheEvents) {
    const Ran run = cli.run("founder", {"log", "show"});
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_THAT(run.out, HasSubstr("link-open"));
    EXPECT_THAT(run.out, HasSubstr("link " + created.json_text("link")));
}

TEST_F(LogTest, AnExportIsCheckedWithTheFoundersKeyAlone) {
    const std::string founder = export_log();
    EXPECT_EQ(cli.run("founder", {"vault", "status", "--json"}).json_text("founder"), founder);
    const Ran run = verify(founder);
    EXPECT_EQ(run.code, kExitDone) << run.notes;
    EXPECT_THAT(run.out, HasSubstr("The export holds: 1 note of the directory"));
    EXPECT_THAT(run.out, HasSubstr(created.json_text("link")));
    EXPECT_THAT(run.out, HasSubstr("192.0.2.0/24"));
    EXPECT_THAT(run.out, HasSubstr("Not checked here"));
    EXPECT_THAT(verify(founder, {"--json"}).out, HasSubstr("\"verified\":true"));
}

TEST_F(LogTest, AnExportThatWasChangedIsExitThree) {
    const std::string founder = export_log();
    std::string text(as_text(read_file(cli.path("log"))));
    std::size_t line = text.find("\nentries ") + 1;
    line = text.find('\n', line) + 1;
    text[line] = text[line] == 'A' ? 'B' : 'A';
    valv::test::write_file(cli.path("log"), as_bytes(text));
    const Ran run = verify(founder);
    EXPECT_EQ(run.code, kExitTampered);
    EXPECT_THAT(run.notes, HasSubstr("contradicts itself"));
}

TEST_F(LogTest, OfflineNeedsAWholeFounderKey) {
    const std::string founder = export_log();
    EXPECT_EQ(verify(founder.substr(1)).code, kExitUsage);
    EXPECT_EQ(cli.run_bare({"log", "verify", "--offline", cli.path("log")}).code, kExitUsage);
    EXPECT_EQ(
        cli.run_bare({"log", "verify", "--offline", cli.path("none"), "--founder", founder}).code,
        kExitRefused);
}

TEST_F(LogTest, ARecipientKeepsAReceipt) {
    EXPECT_THAT(opened.out, HasSubstr("this opening stands in the sender's log"));
    const crypto::LogReceipt receipt =
        crypto::decode_log_receipt(as_text(read_file(cli.path("open.tlog-proof"))));
    EXPECT_EQ(crypto::parse_log_event(receipt.event).find("link"), created.json_text("link"));
}

}  // namespace
}  // namespace valv::cli
