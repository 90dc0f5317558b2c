// The erasure certificate on paper.
#include "client/cli/certificate_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/lib/support/printed.h"
#include "tests/crypto/expect_error.h"

namespace valv::cli {
namespace {

using casework::DeskLanguage;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kOctets = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

// Of a fictional case; `changes` are put into the text as it stands, first by second.
std::string certificate(
    std::initializer_list<std::pair<std::string_view, std::string_view>> changes = {}) {
    std::string json =
        R"({"format":"resvalv/erasure/1","vault":"aaaaaaaaaaaaaaaaaaaaaaaaaa",)"
        R"("vault_name":"Test vault","case":"caseaaaaaaaaaaaaaaaaaaaaaa",)"
        R"("erased_at":"2026-04-14T10:00:05Z","by_device":"devaaaaaaaaaaaaaaaaaaaaaaa",)"
        R"("by_person":"Åsa Öberg","documents":12,"log":{)"
        R"("origin":"resvalv/v1/log/aaaaaaaaaaaaaaaaaaaaaaaaaa","log_key":"K","index":4711,)"
        R"("event":"resvalv/v1/event\nkind erasure\nat 2026-04-14T10:00:05Z\ndocuments 12\n",)"
        R"("nonce":"K","checkpoint":"resvalv/v1/log/aaaaaaaaaaaaaaaaaaaaaaaaaa\n5000\nroot=\n\n)"
        R"(— resvalv/v1/log/aaaaaaaaaaaaaaaaaaaaaaaaaa signature=\n","proof":["K","K"]},)"
        R"("decision":{"note":"resvalv/v1/retention\ncase caseaaaaaaaaaaaaaaaaaaaaaa\n\n— dev sig=\n",)"
        R"("object":"eyJhdF9vbmNlIjp0cnVlfQ"}})";
    const auto replace = [&json](std::string_view from, std::string_view to) {
        for (std::size_t at = json.find(from); at != std::string::npos;
             at = json.find(from, at + to.size())) {
            json.replace(at, from.size(), to);
        }
    };
    replace("\"K\"", "\"" + std::string(kOctets) + "\"");
    for (const auto& [from, to] : changes) {
        replace(from, to);
    }
    return json;
}

TEST(CertificatePageTest, ShowsWhatTheJsonSays) {
    const std::string page = certificate_page(certificate(), DeskLanguage::kEn);
    for (const std::string_view words :
         {"Test vault", "caseaaaaaaaaaaaaaaaaaaaaaa", "2026-04-14 10:00:05 UTC", "Åsa Öberg",
          "devaaaaaaaaaaaaaaaaaaaaaaa", ">12<", ">4711<", "<div>kind erasure</div>",
          "<div>5000</div>", "— dev sig=", "{&quot;at_once&quot;:true}"}) {
        EXPECT_THAT(page, HasSubstr(words));
    }
    EXPECT_THAT(page, HasSubstr("<div>" + std::string(kOctets) + "</div><div>"));
    EXPECT_THAT(certificate_page(certificate(), DeskLanguage::kSv), HasSubstr("Intyg om radering"));
}

TEST(CertificatePageTest, ANameIsText) {
    const std::string page = certificate_page(
        certificate({{"Åsa Öberg", "<img src=file:///etc/passwd>"}}), DeskLanguage::kEn);
    EXPECT_THAT(page, HasSubstr("&lt;img src=file:///etc/passwd&gt;"));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(CertificatePageTest, SomebodyUnknownIsADash) {
    EXPECT_THAT(certificate_page(certificate({{"Åsa Öberg", ""}}), DeskLanguage::kEn),
                HasSubstr("<td class=\"name\">–</td>"));
}

TEST(CertificatePageTest, AnotherJsonIsRefusedWithItsField) {
    const auto path_of = [](const std::string& json) {
        try {
            (void)certificate_page(json, DeskLanguage::kEn);
        } catch (const Error& error) {
            return std::string(to_string(error.code())) + " " + error.path();
        }
        return std::string("taken");
    };
    EXPECT_EQ(path_of(certificate()), "taken");
    EXPECT_EQ(path_of(certificate({{"erasure/1", "erasure/2"}})), "malformed /format");
    EXPECT_EQ(path_of(certificate({{"\"index\":4711", "\"index\":-1"}})), "malformed /log/index");
    EXPECT_EQ(path_of(certificate({{"\"object\"", "\"subject\""}})), "malformed /decision/object");
    EXPECT_EQ(path_of(certificate({{"\"documents\":12", "\"documents\":12,\"more\":1"}})),
              "malformed /more");
}

// Two copies of one certificate never differ, whenever and wherever they are printed.
TEST(CertificatePageTest, IsPrintedTheSameOnTwoPages) {
    const valv::test::Printed printed;
    const crypto::SecretBytes once =
        render_certificate(certificate(), DeskLanguage::kSv, "/usr/bin/python3");
    const crypto::SecretBytes again =
        render_certificate(certificate(), DeskLanguage::kSv, "/usr/bin/python3");
    EXPECT_EQ(as_text(once.reveal()), as_text(again.reveal()));
    printed.put("paper.pdf", once.reveal());
    EXPECT_EQ(printed.run("pdfinfo paper.pdf | sed -n 's/^Pages: *//p'"), "2\n");
    const std::string text = printed.run("pdftotext -layout paper.pdf -");
    EXPECT_THAT(text, HasSubstr("Intyg om radering"));
    EXPECT_THAT(text, HasSubstr(kOctets));
}

}  // namespace
}  // namespace valv::cli
