// Papers as HTML: every value is text, and the templates of a paper differ in their words only.
#include "client/casework/paperwork.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/casework/embedded.h"

namespace valv::casework {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The names between {{ and }}, as they stand.
std::multiset<std::string> tags_of(std::string_view page) {
    std::multiset<std::string> tags;
    for (std::size_t at = page.find("{{"); at != std::string_view::npos; at = page.find("{{", at)) {
        const std::size_t end = page.find("}}", at);
        tags.emplace(page.substr(at + 2, end - at - 2));
        at = end;
    }
    return tags;
}

struct Kind {
    std::string name;
    Paper paper;
    std::string_view english;
    std::string_view swedish;
};

void PrintTo(const Kind& kind, std::ostream* out) {
    *out << kind.name;
}

class EveryPaper : public ::testing::TestWithParam<Kind> {
protected:
    [[nodiscard]] static bool is_value(std::string_view tag) {
        return std::string_view("#/^>").find(tag.front()) == std::string_view::npos;
    }
    // Each tag of the template with its own name as value.
    [[nodiscard]] static PaperView named(std::string_view page) {
        PaperView view;
        for (const std::string& tag : tags_of(page)) {
            if (tag.starts_with("#")) {
                view.rows(tag.substr(1), {PaperView()});
            } else if (is_value(tag)) {
                view.text(tag, "<" + tag + ">");
            }
        }
        return view;
    }
};

TEST_P(EveryPaper, HasTheSameTagsInBothLanguages) {
    EXPECT_EQ(tags_of(GetParam().english), tags_of(GetParam().swedish));
}

TEST_P(EveryPaper, EscapesEveryTag) {
    for (const std::string& tag : tags_of(GetParam().english)) {
        EXPECT_THAT(tag, Not(::testing::StartsWith("{")));
        EXPECT_THAT(tag, Not(::testing::StartsWith("&")));
    }
}

TEST_P(EveryPaper, NeedsNothingFromOutside) {
    for (const std::string_view page : {GetParam().english, GetParam().swedish}) {
        for (const std::string_view word : {"href", "src=", "url(", "@import", "script"}) {
            EXPECT_EQ(page.find(word), std::string_view::npos) << word;
        }
    }
}

TEST_P(EveryPaper, ShowsEveryValueAndSaysItsLanguage) {
    const PaperView view = named(GetParam().english);
    const std::string english = paper_html(GetParam().paper, DeskLanguage::kEn, view);
    const std::string swedish = paper_html(GetParam().paper, DeskLanguage::kSv, view);
    EXPECT_THAT(english, HasSubstr(R"(<html lang="en">)"));
    EXPECT_THAT(swedish, HasSubstr(R"(<html lang="sv">)"));
    for (const std::string& page : {english, swedish}) {
        EXPECT_THAT(page, HasSubstr("@page"));
        EXPECT_THAT(page, Not(HasSubstr("{{")));
        for (const std::string& tag : tags_of(GetParam().english)) {
            if (is_value(tag)) {
                EXPECT_THAT(page, HasSubstr("&lt;" + tag + "&gt;"));
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryPaper,
    ::testing::Values(Kind{"RecoveryShare", Paper::kRecoveryShare, builtin_recovery_share_en(),
                           builtin_recovery_share_sv()},
                      Kind{"ErasureCertificate", Paper::kErasureCertificate,
                           builtin_erasure_certificate_en(), builtin_erasure_certificate_sv()}),
    [](const auto& row) { return row.param.name; });

std::string sheet_of(std::string_view vault) {
    return paper_html(Paper::kRecoveryShare, DeskLanguage::kEn, PaperView().text("vault", vault));
}

TEST(PaperworkTest, AValueIsTextAndNoMarkup) {
    const std::string page =
        sheet_of(R"(<link rel=attachment href=file:///etc/passwd> & "it's" {{number}})");
    EXPECT_THAT(page, HasSubstr("&lt;link rel=attachment href=file:///etc/passwd&gt; &amp; "
                                "&quot;it&apos;s&quot; {{number}}"));
    EXPECT_THAT(page, Not(HasSubstr("<link")));
}

TEST(PaperworkTest, AValueDoesNotTurnTheTextRound) {
    const std::string page = sheet_of("Unit\u202E evil\nline \xff");
    EXPECT_THAT(page, HasSubstr("Unit\uFFFD evil\uFFFDline \uFFFD"));
}

TEST(PaperworkTest, AValueIsNoPlaceForASecret) {
    EXPECT_THAT(sheet_of(place_for("share")), Not(HasSubstr(place_for("share"))));
    const std::string page =
        paper_html(Paper::kRecoveryShare, DeskLanguage::kEn, PaperView().place("share"));
    EXPECT_THAT(page, HasSubstr(">" + place_for("share") + "<"));
}

}  // namespace
}  // namespace valv::casework
