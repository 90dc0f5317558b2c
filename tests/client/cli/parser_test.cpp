#include "client/cli/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace valv::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// `parse` hands out a pointer into the list, so the list lives as long.
class ParserTest : public ::testing::Test {
protected:
    Parsed parsed(const std::vector<std::string>& words) { return parse(commands_, words); }
    std::string chosen(const std::vector<std::string>& words) {
        const Parsed result = parsed(words);
        return result.command->noun + " " + result.command->verb;
    }
    Usage usage_of(const std::vector<std::string>& words) {
        try {
            (void)parsed(words);
        } catch (const UsageError& error) {
            subject_ = error.subject();
            return error.usage();
        }
        ADD_FAILURE() << "taken";
        return Usage::kBadValue;
    }
    std::vector<Command> commands_ = all_commands();
    std::string subject_;
};

TEST_F(ParserTest, GlobalOptionsStandAnywhere) {
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"--json", "--profile", "/p", "case", "list"},
          std::vector<std::string>{"case", "--json", "list", "--profile=/p"},
          std::vector<std::string>{"case", "list", "--profile", "/p", "--json"}}) {
        const Parsed result = parsed(words);
        EXPECT_EQ(result.global.format, Format::kJson);
        EXPECT_EQ(result.global.profile, "/p");
    }
}

TEST_F(ParserTest, WordsGoToTheirNames) {
    const Parsed result = parsed({"document", "get", "RV-2026-014", "id", "-o", "out.pdf"});
    EXPECT_EQ(result.arguments.text("CASE"), "RV-2026-014");
    EXPECT_EQ(result.arguments.text("ID"), "id");
    EXPECT_EQ(result.arguments.text("--output"), "out.pdf");
    EXPECT_FALSE(result.arguments.has("--force"));
}

TEST_F(ParserTest, ChecklistHasBothItselfAndVerbs) {
    EXPECT_EQ(chosen({"checklist", "RV-2026-014"}), "checklist ");
    EXPECT_EQ(chosen({"checklist", "done", "RV-2026-014", "leg-book:l1"}), "checklist done");
}

TEST_F(ParserTest, ListsComeWithCommasOrAgain) {
    const std::vector<std::string> base{
        "link",    "create", "C",       "--audience",    "office",  "--to",  "r1",
        "--until", "48h",    "--kinds", "passport,visa", "--kinds", "ticket"};
    EXPECT_THAT(parsed(base).arguments.list("--kinds"), ElementsAre("passport", "visa", "ticket"));
}

TEST_F(ParserTest, AMissingWordIsNamed) {
    EXPECT_EQ(usage_of({"case", "show"}), Usage::kMissing);
    EXPECT_EQ(subject_, "CASE");
}

TEST_F(ParserTest, AMissingOptionIsNamed) {
    EXPECT_EQ(usage_of({"invite", "--role", "admin", "--name", "A"}), Usage::kMissing);
    EXPECT_EQ(subject_, "--output");
}

TEST_F(ParserTest, AMissingValueIsNamed) {
    EXPECT_EQ(usage_of({"vault", "create", "--name"}), Usage::kMissing);
    EXPECT_EQ(subject_, "--name");
}

TEST_F(ParserTest, AnUnknownCommandIsSaidToBeOne) {
    EXPECT_EQ(usage_of({"frob"}), Usage::kUnknownCommand);
    EXPECT_EQ(usage_of({"case", "frob"}), Usage::kUnknownCommand);
}

TEST_F(ParserTest, AnUnknownOptionIsNamed) {
    EXPECT_EQ(usage_of({"case", "list", "--nope"}), Usage::kUnknownOption);
    EXPECT_EQ(subject_, "--nope");
}

// Somebody who types a code behind the command must not find it in an error message.
TEST_F(ParserTest, AWordTooManyIsNeverRepeated) {
    EXPECT_EQ(usage_of({"link", "open", "4023 8177 6095"}), Usage::kTooManyWords);
    EXPECT_THAT(describe(UsageError(Usage::kTooManyWords, subject_)).message,
                Not(HasSubstr("4023")));
    EXPECT_EQ(usage_of({"link", "open", "--code=402381776095"}), Usage::kTooManyWords);
    EXPECT_EQ(subject_, "");
}

TEST_F(ParserTest, NothingAtAllIsUsage) {
    EXPECT_EQ(usage_of({}), Usage::kMissing);
    EXPECT_EQ(usage_of({"case"}), Usage::kMissing);
}

TEST_F(ParserTest, HelpIsTextAndNoCommand) {
    const Parsed result = parsed({"document", "add", "--help"});
    EXPECT_EQ(result.command, nullptr);
    EXPECT_THAT(result.help, HasSubstr("--issuing-country"));
}

TEST_F(ParserTest, EveryCommandHasHelpAndTakesNoSecretAsAnOption) {
    for (const Command& command : commands_) {
        EXPECT_FALSE(command.help.empty()) << command.noun << " " << command.verb;
        for (const ArgumentSpec& spec : command.arguments) {
            for (const char* const secret : {"--code", "--url", "--token", "--passphrase"}) {
                EXPECT_NE(spec.name, secret);
            }
        }
    }
}

// ---- values ----

Usage usage_of_value(const std::function<void()>& read) {
    try {
        read();
    } catch (const UsageError& error) {
        EXPECT_THAT(error.subject(), Not(HasSubstr("secret-value")));
        return error.usage();
    }
    return Usage::kUnknownCommand;
}

TEST(ArgumentsTest, TimesAreInstantsOrSpans) {
    const Instant now = parse_instant("2026-04-14T10:00:00Z");
    Arguments arguments;
    arguments.set("--until", {"48h"});
    EXPECT_EQ(to_text(*arguments.instant_if("--until", now)), "2026-04-16T10:00:00Z");
    arguments.set("--until", {"7d"});
    EXPECT_EQ(to_text(*arguments.instant_if("--until", now)), "2026-04-21T10:00:00Z");
    arguments.set("--until", {"2026-05-01T00:00:00Z"});
    EXPECT_EQ(to_text(*arguments.instant_if("--until", now)), "2026-05-01T00:00:00Z");
}

TEST(ArgumentsTest, OtherTimesAreRefusedWithoutRepeatingThem) {
    for (const std::string text : {"", "secret-value", "2026-05-01", "h", "-1h", "999999999999d"}) {
        Arguments arguments;
        arguments.set("--until", {text});
        EXPECT_EQ(usage_of_value([&] { (void)arguments.instant_if("--until", Instant{}); }),
                  Usage::kBadValue)
            << text;
    }
}

TEST(ArgumentsTest, CountsHaveBounds) {
    for (const std::string text : {"0", "21", "-1", "5x", "", "99999999999"}) {
        Arguments arguments;
        arguments.set("--opens", {text});
        EXPECT_EQ(usage_of_value([&] { (void)arguments.count_if("--opens", 1, 20); }),
                  Usage::kBadValue)
            << text;
    }
    Arguments arguments;
    arguments.set("--opens", {"20"});
    EXPECT_EQ(arguments.count_if("--opens", 1, 20), 20);
}

TEST(ArgumentsTest, DatesAreStrict) {
    Arguments arguments;
    arguments.set("--born", {"2026-02-30"});
    EXPECT_EQ(usage_of_value([&] { (void)arguments.date_if("--born"); }), Usage::kBadValue);
}

TEST(ArgumentsTest, WordsOfAnEnumAreListedWhenTheWordIsNone) {
    Arguments arguments;
    arguments.set("--audience", {"secret-value"});
    try {
        (void)arguments.word_if<casework::Audience>("--audience");
        FAIL();
    } catch (const UsageError& error) {
        EXPECT_EQ(error.subject(),
                  "--audience takes one of office, escort, traveller, transit, authority");
    }
}

}  // namespace
}  // namespace valv::cli
