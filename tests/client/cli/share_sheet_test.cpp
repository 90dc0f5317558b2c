// The custodians' sheets, from `recover split` to the printed page and back to the key.
#include "client/cli/share_sheet.h"

#include <algorithm>
#include <cctype>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/lib/pdf_renderer.h"
#include "tests/client/cli/cli_world.h"
#include "tests/client/lib/support/printed.h"

namespace valv::cli {
namespace {

using test::CliWorld;
using test::Ran;
using ::testing::HasSubstr;
using ::testing::Not;
using valv::test::Printed;

constexpr const char* kPython = "/usr/bin/python3";
// The largest that a name may be in bytes is 400; words of it as long as may be.
const std::string kLongName = std::string(200, 'W') + " " + std::string(199, 'm');

SheetFacts facts(std::string_view vault, casework::DeskLanguage language) {
    return {.vault = std::string(vault),
            .vault_id = VaultId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
            .words = "lusab babad gutih tugad lusab babad gutih tugad",
            .made_at = parse_instant("2026-04-14T10:00:00Z"),
            .language = language};
}

sealed::RecoveryShare a_share() {
    sealed::RecoveryShare share;
    share.threshold = 2;
    share.count = 3;
    share.x = 2;
    share.set = {0xde, 0xad, 0xbe, 0xef};
    share.y = crypto::SecretBytes(sealed::kRecoverySecretBytes);
    std::ranges::fill(share.y.reveal_for_writing(), std::uint8_t{7});
    return share;
}

std::string without_blanks(std::string text) {
    std::erase_if(text, [](unsigned char octet) { return std::isspace(octet) != 0; });
    return text;
}

struct SheetTest : ::testing::Test {
    void print(std::string_view vault, casework::DeskLanguage language) {
        const SheetFacts shown = facts(vault, language);
        const crypto::SecretBytes html = share_sheet(shown, a_share());
        printed.put("sheet.html", html.reveal());
        printed.put("sheet.pdf",
                    client::render_pdf(html.reveal(), shown.made_at, kPython).reveal());
    }
    [[nodiscard]] std::string page() const { return printed.run("pdftotext -layout sheet.pdf -"); }
    [[nodiscard]] std::string page_count() const {
        return printed.run("pdfinfo sheet.pdf | sed -n 's/^Pages: *//p'");
    }
    [[nodiscard]] static std::string share_text() {
        return std::string(as_text(a_share().text().reveal()));
    }
    Printed printed;
};

TEST_F(SheetTest, HoldsTheShareAsTextAndAsACode) {
    print("Vault of the test", casework::DeskLanguage::kEn);
    EXPECT_THAT(without_blanks(page()), HasSubstr(share_text()));
    EXPECT_EQ(printed.run("pdftoppm -r 150 -gray sheet.pdf page && zbarimg -q --raw page*.pgm"),
              share_text() + "\n");
}

TEST_F(SheetTest, SaysWhatItIsForAndHowToKeepIt) {
    print("Vault of the test", casework::DeskLanguage::kEn);
    const std::string text = page();
    for (const std::string_view words :
         {"Recovery share 2 of 3", "Vault of the test", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "deadbeef",
          "2026-04-14", "Any 2 of the 3 sheets", "gutih", "recover drill", "recover split",
          "what they could open before"}) {
        EXPECT_THAT(text, HasSubstr(words));
    }
}

TEST_F(SheetTest, SaysNothingOfJourneys) {
    for (const auto language : {casework::DeskLanguage::kEn, casework::DeskLanguage::kSv}) {
        const crypto::SecretBytes html = share_sheet(facts("Vault", language), a_share());
        std::string text(as_text(html.reveal()));
        std::ranges::transform(text, text.begin(), [](unsigned char octet) {
            return static_cast<char>(std::tolower(octet));
        });
        for (const std::string_view word : {"travel", "return", "journey", "traffick", "victim",
                                            "iom", "resa", "återvänd", "människohandel"}) {
            EXPECT_THAT(text, Not(HasSubstr(word)));
        }
    }
}

TEST_F(SheetTest, TheLongestNameFitsOnThePage) {
    for (const auto language : {casework::DeskLanguage::kEn, casework::DeskLanguage::kSv}) {
        print(kLongName, language);
        EXPECT_EQ(page_count(), "1\n");
        EXPECT_THAT(without_blanks(page()), HasSubstr(without_blanks(kLongName)));
        EXPECT_THAT(without_blanks(page()), HasSubstr(share_text()));
    }
}

TEST_F(SheetTest, AHostileNameIsTextAndAttachesNothing) {
    print(R"(<link rel=attachment href=file:///etc/passwd>"'&{{share}})"
          "\u202E",
          casework::DeskLanguage::kEn);
    EXPECT_THAT(page(), HasSubstr(R"(<link rel=attachment href=file:///etc/passwd>"'&{{share}})"));
    EXPECT_THAT(printed.run("pdfdetach -list sheet.pdf"), HasSubstr("0 embedded files"));
}

// ---- the command ----

struct SplitTest : ::testing::Test {
    void SetUp() override { cli.found(); }
    Ran split(const std::string& folder, std::vector<std::string> more) {
        std::vector<std::string> words{"recover", "split", "-o", cli.path(folder), "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return cli.run("founder", words);
    }
    Ran drill(const std::string& one, const std::string& other) {
        return cli.run("founder", {"recover", "drill", "--share-file", one, "--share-file", other});
    }
    // As a custodian: the code of the page, and the characters of the page as they stand there.
    std::string scanned(const std::string& name) {
        const std::string text = printed.run("pdftoppm -r 150 -gray " + cli.path(name) +
                                             " page && zbarimg -q --raw page*.pgm; rm page*");
        return cli.file("scanned", text);
    }
    std::string typed(const std::string& name) {
        const std::string text = printed.run("pdftotext -layout " + cli.path(name) + " -");
        const std::size_t at = text.find("valvshare1");
        return cli.file("typed", text.substr(at, text.find("The code", at) - at));
    }
    CliWorld cli;
    Printed printed;
};

TEST_F(SplitTest, ThePrintedPagesOpenTheVaultAgain) {
    const Ran made = split("sheets", {"--sheets", "pdf", "--lang", "en"});
    ASSERT_EQ(made.code, kExitDone) << made.out;
    EXPECT_THAT(made.out, Not(HasSubstr("valvshare1")));
    EXPECT_EQ(printed.run("ls " + cli.path("sheets")), "share-1.pdf\nshare-2.pdf\nshare-3.pdf\n");
    const Ran tried = drill(scanned("sheets/share-1.pdf"), typed("sheets/share-3.pdf"));
    EXPECT_EQ(tried.code, kExitDone) << tried.notes;
    EXPECT_THAT(tried.out, HasSubstr("these shares open every case"));
}

TEST_F(SplitTest, APageShowsTheWordsThatColleaguesCompare) {
    const std::string words = split("sheets", {"--sheets", "html"}).json_text("words");
    EXPECT_THAT(valv::test::snapshot(cli.path("sheets/share-2.html")), HasSubstr(words));
}

TEST_F(SplitTest, WithoutWeasyPrintNoKeyIsSplit) {
    cli.world.environment.python = "/usr/bin/no-such-python";
    const Ran refused = split("sheets", {"--sheets", "pdf"});
    EXPECT_EQ(refused.code, kExitRefused);
    EXPECT_EQ(refused.json_text("error"), "no_weasyprint");
    EXPECT_THAT(refused.out, HasSubstr("apt install --no-install-recommends weasyprint"));
    EXPECT_FALSE(std::filesystem::exists(cli.path("sheets")));
    EXPECT_THAT(cli.run("founder", {"vault", "status"}).out, HasSubstr("no recovery recipient"));
}

TEST_F(SplitTest, HtmlNeedsNoWeasyPrint) {
    cli.world.environment.python = "/usr/bin/no-such-python";
    EXPECT_EQ(split("sheets", {"--sheets", "html"}).code, kExitDone);
    EXPECT_EQ(printed.run("ls " + cli.path("sheets")),
              "share-1.html\nshare-2.html\nshare-3.html\n");
}

TEST_F(SplitTest, AnotherFormIsWrongUsage) {
    EXPECT_EQ(split("sheets", {"--sheets", "docx"}).code, kExitUsage);
}

TEST_F(SplitTest, SheetsAreTheOwnersAlone) {
    (void)split("sheets", {"--sheets", "html"});
    EXPECT_EQ(printed.run("stat -c %a " + cli.path("sheets") + "/share-1.html"), "600\n");
}

TEST(SplitNameTest, ANameOfTwoLinesStaysInTheComment) {
    CliWorld cli;
    const std::string token = cli.file("token", as_text(cli.world.server.make_token().reveal()));
    const Ran made =
        cli.run("founder", {"vault", "create", "--server", "https://vault.example:8443", "--name",
                            "Two\nlines", "--token-file", token, "--your-name", "Åsa Öberg",
                            "--link-origin", "https://links.example"});
    ASSERT_EQ(made.code, kExitDone) << made.notes;
    ASSERT_EQ(cli.run("founder", {"recover", "split", "-o", cli.path("shares")}).code, kExitDone);
    const Ran tried =
        cli.run("founder", {"recover", "drill", "--share-file", cli.path("shares/share-1.txt"),
                            "--share-file", cli.path("shares/share-2.txt")});
    EXPECT_EQ(tried.code, kExitDone) << tried.notes;
}

}  // namespace
}  // namespace valv::cli
