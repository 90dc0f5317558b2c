#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/case_text.h"
#include "client/cli/media_type.h"
#include "client/cli/output.h"
#include "client/cli/package_text.h"
#include "client/cli/progress_bar.h"
#include "client/cli/text_width.h"
#include "tests/client/cli/screens.h"

namespace valv::cli {
namespace {

using test::TextScreen;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;

TEST(TextWidthTest, CountsColumnsAndNotOctets) {
    EXPECT_EQ(width_of("abc"), 3U);
    EXPECT_EQ(width_of("Åsa Öberg"), 9U);
    EXPECT_EQ(width_of("A\xCC\x8Asa"), 3U);               // a + combining ring
    EXPECT_EQ(width_of("\xE0\xA4\x95\xE0\xA5\x8D"), 1U);  // Devanagari ka + virama
    EXPECT_EQ(width_of("\xE6\x9D\xB1\xE4\xBA\xAC"), 4U);  // two wide characters
    EXPECT_EQ(width_of("Мария"), 5U);
}

TEST(TextWidthTest, ColumnsStandUnderEachOther) {
    Table table({"NAME", "ROLE"});
    table.add({"Åsa Öberg", "admin"});
    table.add({"Li", "auditor"});
    EXPECT_EQ(table.text(),
              "NAME       ROLE\n"
              "Åsa Öberg  admin\n"
              "Li         auditor\n");
}

TEST(TextWidthTest, AnEmptyLastCellLeavesNoBlanks) {
    Table table({"A", "B", "C"});
    table.add({"1", "", "3"});
    table.add({"1", "", ""});
    EXPECT_EQ(table.text(), "A  B  C\n1     3\n1\n");
}

TEST(ShownTest, NothingSteersTheTerminal) {
    EXPECT_EQ(shown("a\x1b[31mb"), "a\xEF\xBF\xBD[31mb");
    EXPECT_EQ(shown("a\x07\x7f"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(shown("\xC2\x9B"), "\xEF\xBF\xBD");          // C1 CSI
    EXPECT_EQ(shown("x\xE2\x80\xAEy"), "x\xEF\xBF\xBDy");  // right-to-left override
    EXPECT_EQ(shown("\xFF\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(shown("Åsa\tÖ\n"), "Åsa\tÖ\n");
}

TEST(OutputTest, TextAndJsonNeverMix) {
    TextScreen out;
    TextScreen notes;
    Output output(out, notes, Format::kJson, Colour::kYes);
    output.line("for people");
    protocol::JsonWriter json;
    json.text("key", "value");
    output.json(std::move(json));
    EXPECT_EQ(out.text, "{\"key\":\"value\"}\n");
    EXPECT_THAT(notes.text, IsEmpty());
}

TEST(OutputTest, SecretsStandInTheJsonLine) {
    TextScreen out;
    TextScreen notes;
    Output output(out, notes, Format::kJson, Colour::kNo);
    protocol::JsonWriter json;
    json.text("key", "value");
    const auto url = crypto::SecretBytes::from(as_bytes("https://h/o#cAA"));
    output.json_with_secrets(std::move(json), {{"url", url}});
    EXPECT_EQ(out.text, "{\"key\":\"value\",\"url\":\"https://h/o#cAA\"}\n");
}

TEST(OutputTest, SecretsAloneAreStillJson) {
    TextScreen out;
    TextScreen notes;
    Output output(out, notes, Format::kJson, Colour::kNo);
    const auto code = crypto::SecretBytes::from(as_bytes("123"));
    output.json_with_secrets(protocol::JsonWriter(), {{"code", code}});
    EXPECT_EQ(out.text, "{\"code\":\"123\"}\n");
}

TEST(OutputTest, ColoursOnlyOnATerminalThatWantsThem) {
    for (const bool is_terminal : {false, true}) {
        for (const Colour colour : {Colour::kNo, Colour::kYes}) {
            TextScreen out(is_terminal);
            TextScreen notes;
            Output(out, notes, Format::kText, colour).line("text", Tone::kGood);
            const bool has_colour = out.text.find('\x1b') != std::string::npos;
            EXPECT_EQ(has_colour, is_terminal && colour == Colour::kYes);
        }
    }
}

class HandClock final : public Clock {
public:
    [[nodiscard]] Instant now() override { return {}; }
    [[nodiscard]] std::chrono::milliseconds monotonic() override { return hands; }
    void sleep_for(std::chrono::milliseconds duration) override { hands += duration; }
    std::chrono::milliseconds hands{0};
};

TEST(ProgressBarTest, StaysSilentForASecond) {
    TextScreen screen(true);
    HandClock clock;
    ProgressBar bar(screen, clock, "Sending");
    clock.hands = 900ms;
    bar.watch()({.done = 1, .total = 2});
    EXPECT_THAT(screen.text, IsEmpty());
}

TEST(ProgressBarTest, ShowsPercentAndIsWiped) {
    TextScreen screen(true);
    HandClock clock;
    {
        ProgressBar bar(screen, clock, "Sending");
        clock.hands = 1100ms;
        bar.watch()({.done = 500'000, .total = 2'000'000});
        EXPECT_THAT(screen.text, HasSubstr("Sending [#######"));
        EXPECT_THAT(screen.text, HasSubstr("25 % of 2 MB"));
    }
    EXPECT_THAT(screen.text, ::testing::EndsWith("\r\x1b[K"));
}

TEST(ProgressBarTest, IsNotForFiles) {
    TextScreen screen(false);
    HandClock clock;
    ProgressBar bar(screen, clock, "Sending");
    clock.hands = 5s;
    bar.watch()({.done = 1, .total = 2});
    EXPECT_THAT(screen.text, IsEmpty());
}

TEST(SizeTextTest, HasOneDecimal) {
    EXPECT_EQ(size_text(0), "0 B");
    EXPECT_EQ(size_text(999), "999 B");
    EXPECT_EQ(size_text(1500), "1.5 kB");
    EXPECT_EQ(size_text(500'000'000), "500 MB");
}

TEST(SpanTextTest, HasHoursAndMinutes) {
    EXPECT_EQ(span_text(45min), "45 min");
    EXPECT_EQ(span_text(125min), "2 h 05 min");
}

struct MediaRow {
    std::string_view front;
    std::string_view name;
    std::string_view type;
};
class MediaTypeTest : public ::testing::TestWithParam<MediaRow> {};
TEST_P(MediaTypeTest, IsToldByTheOctetsThenByTheName) {
    EXPECT_EQ(media_type_of(as_bytes(GetParam().front), GetParam().name), GetParam().type);
}
using namespace std::string_view_literals;
INSTANTIATE_TEST_SUITE_P(Table, MediaTypeTest,
                         ::testing::Values(MediaRow{"%PDF-1.7", "a.txt", "application/pdf"},
                                           MediaRow{"\x89PNG\r\n\x1a\n", "a", "image/png"},
                                           MediaRow{"\xFF\xD8\xFF\xE0", "a", "image/jpeg"},
                                           MediaRow{"RIFF\0\0\0\0WEBP"sv, "a", "image/webp"},
                                           MediaRow{"II*\0"sv, "a", "image/tiff"},
                                           MediaRow{"hello", "Note.TXT", "text/plain"},
                                           MediaRow{"", "", "application/octet-stream"},
                                           MediaRow{"%PD", "x", "application/octet-stream"}));

TEST(PackageTextTest, ShowsThePlanAndWhoToCall) {
    const std::optional<std::string> text = find_part_text(
        R"({"persons":[{"name":{"given":"Ana","family":"Pop"},"mobility":"WCHR"}],"legs":[{"mode":"air","status":"booked",)"
        R"("carrier":"XX","number":"XX 314","from":{"name":"Arlanda","iata":"ARN","zone":"Europe/Stockholm"},)"
        R"("to":{"name":"Schwechat","zone":"Europe/Vienna"},"departs":"2026-04-14T10:10",)"
        R"("arrives":"2026-04-14T12:25","change_minutes":95}],)"
        R"("guardians":[{"name":"Mia Pop","phone":"+40123456780"},{"name":"Ion Pop"}],)"
        R"("contacts":[{"name":"Duty","role":"duty","phone":"+40123456789"}],"later":{}})");
    ASSERT_TRUE(text.has_value());
    EXPECT_THAT(*text, HasSubstr("Ana Pop  needs WCHR"));
    EXPECT_THAT(*text, HasSubstr("Guardians\n  Mia Pop  +40123456780\n  Ion Pop\n"));
    EXPECT_THAT(*text, HasSubstr("2026-04-14 10:10  Arlanda (ARN), Europe/Stockholm"));
    EXPECT_THAT(*text, HasSubstr("change: 1 h 35 min"));
    EXPECT_THAT(*text, HasSubstr("Duty (duty)  +40123456789"));
}

TEST(PackageTextTest, AnEmptyViewIsNoText) {
    EXPECT_EQ(find_part_text("{}"), "");
}

TEST(PackageTextTest, AViewOfANewerProgramIsNoError) {
    EXPECT_EQ(find_part_text(R"({"legs":[{"mode":7}]})"), std::nullopt);
}

}  // namespace
}  // namespace valv::cli
