#include "client/cli/sentences.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/sentence_table.h"
#include "client/lib/errors.h"
#include "common/protocol/wire_error.h"

namespace valv::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// ---- what every sentence must be ----

struct Said {
    std::string name;
    std::string sentence;
};

Failure failure_of(const std::exception& error) {
    return describe(error);
}

std::vector<Said> all_said() {
    std::vector<Said> all;
    for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
        for (int place = 0; place <= static_cast<int>(Situation::kOpenLink); ++place) {
            const Placed error(Error(static_cast<ErrorCode>(code), "text of the log"),
                               static_cast<Situation>(place));
            all.push_back({"code_" + std::to_string(code) + "_at_" + std::to_string(place),
                           failure_of(error).message});
        }
    }
    for (const protocol::EndReason reason : protocol::end_reasons()) {
        const protocol::Refusal error(
            ErrorCode::kEnded, "text of the log",
            {.reason = reason, .at = parse_instant("2026-04-14T10:00:00Z"), .maximum = 5});
        all.push_back({std::string(to_string(reason)), failure_of(error).message});
    }
    for (int usage = 0; usage <= static_cast<int>(Usage::kBadCode); ++usage) {
        const UsageError error(static_cast<Usage>(usage), "--option");
        all.push_back({"usage_" + std::to_string(usage), failure_of(error).message});
    }
    for (int stop = 0; stop <= static_cast<int>(Stop::kErased); ++stop) {
        const Stopped error(static_cast<Stop>(stop));
        all.push_back({"stop_" + std::to_string(stop), failure_of(error).message});
    }
    return all;
}

// Loops over the whole table: a ctest entry for each of 900 sentences would cost more than it says.
TEST(EverySentenceTest, IsOneSentenceWithoutLeftoverBraces) {
    for (const Said& said : all_said()) {
        SCOPED_TRACE(said.name + ": " + said.sentence);
        ASSERT_FALSE(said.sentence.empty());
        const char first = said.sentence.front();
        EXPECT_TRUE(std::isupper(static_cast<unsigned char>(first)) != 0 || first == '-');
        EXPECT_EQ(said.sentence.back(), '.');
        EXPECT_THAT(said.sentence, Not(HasSubstr(". ")));
        EXPECT_EQ(said.sentence.find_first_of("{}\n"), std::string::npos);
        EXPECT_THAT(said.sentence, Not(HasSubstr("text of the log")));
    }
}

// A colon, a semicolon or a comma stands between what happened and what to do.
TEST(EverySentenceTest, SaysWhatToDo) {
    for (const Said& said : all_said()) {
        EXPECT_NE(said.sentence.find_first_of(":;,"), std::string::npos) << said.sentence;
    }
}

// ---- which sentence it is ----

struct Row {
    std::string name;
    Situation situation;
    ErrorCode code;
    std::string error;
    std::string words;  // part of the sentence
    int exit_code;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class SentenceAtAPlace : public ::testing::TestWithParam<Row> {};

TEST_P(SentenceAtAPlace, HasItsNameWordsAndExitCode) {
    const Row& row = GetParam();
    const Failure failure = describe(Placed(Error(row.code, "log"), row.situation));
    EXPECT_EQ(failure.error, row.error);
    EXPECT_THAT(failure.message, HasSubstr(row.words));
    EXPECT_EQ(failure.exit_code, row.exit_code);
}

using enum Situation;
const std::vector<Row> kRows{
    {"WrongPassphrase", kProfile, ErrorCode::kWrongPassphrase, "wrong_passphrase",
     "does not open this profile", 1},
    {"NoProfile", kProfile, ErrorCode::kNotFound, "no_profile", "vault create", 1},
    {"DamagedProfile", kProfile, ErrorCode::kMalformed, "profile_damaged", "invite this device", 1},
    {"RemovedDevice", kProfile, ErrorCode::kForbidden, "device_not_active", "ask an admin", 1},
    {"ServerDown", kProfile, ErrorCode::kNetwork, "network", "cannot be reached", 4},
    {"ServerBusy", kCase, ErrorCode::kUnavailable, "unavailable", "try again in a minute", 1},
    {"ProfileThere", kNewProfile, ErrorCode::kConflict, "profile_exists", "another folder", 1},
    {"BadAddress", kNewProfile, ErrorCode::kMalformed, "bad_address", "--server", 1},
    {"BadOrigin", kNewProfile, ErrorCode::kInvalidArgument, "bad_origin", "--link-origin", 1},
    {"UsedToken", kNewProfile, ErrorCode::kForbidden, "token_refused", "resvalvd vault-token", 1},
    {"CutToken", kVaultToken, ErrorCode::kMalformed, "bad_token", "copy all of the line", 1},
    {"SecretFileMissing", kSecretFile, ErrorCode::kNotFound, "file_not_found", "*-file", 1},
    {"FileMissing", kInputFile, ErrorCode::kNotFound, "file_not_found", "check the path", 1},
    {"Folder", kInputFile, ErrorCode::kInvalidArgument, "not_a_file", "ordinary file", 1},
    {"OversizedDocument", kUpload, ErrorCode::kTooLarge, "document_too_large", "500 MB", 1},
    {"FullServer", kUpload, ErrorCode::kStorageFull, "storage_full", "ask the operator", 1},
    {"OversizedRecord", kRecordFile, ErrorCode::kTooLarge, "record_too_large", "4 MiB", 1},
    {"FileExists", kOutputFile, ErrorCode::kConflict, "file_exists", "--force", 1},
    {"DiskFull", kOutputFile, ErrorCode::kStorageFull, "disk_full", "free some space", 1},
    {"Unwritable", kOutputFile, ErrorCode::kIo, "file_unwritable", "may write", 1},
    {"FullFolder", kExportFolder, ErrorCode::kConflict, "folder_not_empty", "another one", 1},
    {"AlteredInvitation", kInvitationFile, ErrorCode::kMalformed, "invitation_damaged",
     "unaltered invitation", 1},
    {"ExpiredInvitation", kInvitationFile, ErrorCode::kEnded, "invitation_expired", "48 hours", 1},
    {"UnknownInvitation", kEnrolment, ErrorCode::kNotFound, "invitation_unknown", "a new one", 1},
    {"UnknownPerson", kPerson, ErrorCode::kNotFound, "person_unknown", "member list", 1},
    {"TwoOfAName", kPerson, ErrorCode::kConflict, "person_ambiguous", "give the id", 1},
    {"UnknownCase", kCase, ErrorCode::kNotFound, "case_not_found", "case list", 1},
    {"LostRace", kCase, ErrorCode::kConflict, "conflict", "repeat the command", 1},
    {"Auditor", kCase, ErrorCode::kForbidden, "role_not_enough", "coordinator or an admin", 1},
    {"UnknownDocument", kDocument, ErrorCode::kNotFound, "document_not_found", "document list", 1},
    {"UnknownLink", kLink, ErrorCode::kNotFound, "link_not_found", "link list", 1},
    {"CutUrl", kLinkUrl, ErrorCode::kMalformed, "link_incomplete", "cut off", 1},
    {"NoExport", kLogFile, ErrorCode::kNotFound, "file_not_found", "no export", 1},
    {"CutExport", kLogFile, ErrorCode::kMalformed, "export_damaged", "log export", 1},
    {"CoordinatorsExport", kLogFile, ErrorCode::kForbidden, "role_not_enough", "auditor", 1},
    {"DeadLink", kOpenLink, ErrorCode::kNotFound, "link_unknown", "may have run out", 1},
    {"WrongCode", kOpenLink, ErrorCode::kWrongCode, "wrong_code", "digit by digit", 1},
    {"Waiting", kOpenLink, ErrorCode::kWaiting, "waiting", "try again at", 1},
    {"LeaseOver", kOpenLink, ErrorCode::kUnauthenticated, "lease_ended", "another opening", 1},
    {"LinkServerDown", kOpenLink, ErrorCode::kNetwork, "network", "nothing has been used up", 4},
    {"OldClientAtServer", kProfile, ErrorCode::kClientTooOld, "client_too_old", "install", 1},
    {"Fault", kNone, ErrorCode::kInternal, "internal", "repeat the command", 1},
};

INSTANTIATE_TEST_SUITE_P(Table, SentenceAtAPlace, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

// ---- failed checks ----

class EveryTamperName : public ::testing::TestWithParam<std::string_view> {};

TEST_P(EveryTamperName, HasASentenceOfItsOwnAndExitThree) {
    const Failure failure =
        describe(client::Tampered(GetParam(), "log", {.object = "record 7"}, "a", "b"));
    EXPECT_EQ(failure.error, GetParam());
    EXPECT_EQ(failure.exit_code, kExitTampered);
    EXPECT_EQ(failure.object, "record 7");
    EXPECT_EQ(failure.expected, "a");
    EXPECT_EQ(failure.found, "b");
    EXPECT_EQ(failure.message.find_first_of("{}"), std::string::npos);
    if (GetParam() != client::tamper::kProtocol) {
        EXPECT_NE(tamper_sentence(GetParam()), tamper_sentence("no such name"));
    }
}

namespace tamper = client::tamper;
INSTANTIATE_TEST_SUITE_P(Table, EveryTamperName,
                         ::testing::Values(tamper::kSignature, tamper::kSigner, tamper::kContext,
                                           tamper::kChain, tamper::kRolledBack, tamper::kForked,
                                           tamper::kObjectHash, tamper::kHeader, tamper::kFileKey,
                                           tamper::kBody, tamper::kTruncated, tamper::kMissing,
                                           tamper::kLog, tamper::kLogSignature, tamper::kOwnWrite,
                                           tamper::kPackage, tamper::kReply, tamper::kProtocol,
                                           tamper::kEnrolment, tamper::kServer, tamper::kProfile),
                         [](const auto& row) { return std::string(row.param); });

TEST(SentencesTest, ARecipientIsToldToTelephoneTheSender) {
    try {
        during(Situation::kOpenLink, [] {
            throw client::Tampered(client::tamper::kPackage, "log", {.object = "package"});
        });
        FAIL();
    } catch (const std::exception& error) {
        const Failure failure = describe(error);
        EXPECT_EQ(failure.error, "package_mac_invalid");
        EXPECT_EQ(failure.object, "package");
        EXPECT_EQ(failure.exit_code, kExitTampered);
        EXPECT_THAT(failure.message, HasSubstr("telephone the sender"));
    }
}

// ---- the endings of links ----

TEST(SentencesTest, AnExpiredLinkSaysWhen) {
    const Failure failure = describe(protocol::Refusal(
        ErrorCode::kEnded, "log",
        {.reason = protocol::EndReason::kExpired, .at = parse_instant("2026-04-14T10:05:00Z")}));
    EXPECT_EQ(failure.message,
              "This link ran out on 14 April 2026, 10:05 UTC: ask the sender for a new one.");
    EXPECT_EQ(failure.reason, "expired");
}

TEST(SentencesTest, AUsedUpLinkSaysHowOften) {
    const Failure failure = describe(protocol::Refusal(
        ErrorCode::kEnded, "log", {.reason = protocol::EndReason::kUsedUp, .maximum = 3}));
    EXPECT_THAT(failure.message, HasSubstr("as many times as it allows (3)"));
    EXPECT_EQ(failure.maximum, 3);
}

TEST(SentencesTest, EveryEndingDiffersFromTheOthers) {
    std::set<std::string_view> sentences;
    for (const protocol::EndReason reason : protocol::end_reasons()) {
        sentences.insert(end_sentence(reason));
    }
    EXPECT_EQ(sentences.size(), protocol::end_reasons().size());
}

TEST(SentencesTest, AWaitSaysUntilWhen) {
    const Failure failure = describe(protocol::Refusal(
        ErrorCode::kWaiting, "log", {.at = parse_instant("2026-04-14T10:05:00Z")}));
    EXPECT_THAT(failure.message, HasSubstr("try again at 14 April 2026, 10:05 UTC"));
}

TEST(SentencesTest, AnExpiredInvitationIsNoLink) {
    try {
        during(Situation::kInvitationFile, [] {
            throw protocol::Refusal(ErrorCode::kEnded, "log",
                                    {.reason = protocol::EndReason::kExpired});
        });
        FAIL();
    } catch (const std::exception& error) {
        EXPECT_EQ(describe(error).error, "invitation_expired");
    }
}

// ---- the JSON shape ----

TEST(SentencesTest, JsonHoldsOnlyWhatIsKnown) {
    Failure failure = describe(
        client::Tampered(client::tamper::kForked, "log", {.object = "record 7"}, "aa", "bb"));
    failure.message = "M.";
    EXPECT_EQ(to_json(failure).take(),
              R"({"error":"state_forked","message":"M.","object":"record 7","expected":"aa",)"
              R"("found":"bb"})");
}

TEST(SentencesTest, JsonOfARefusedRecordHasEveryLine) {
    const RecordRefused error({{.code = "unknown_iata",
                                .path = "/legs/0/from/iata",
                                .sentence = "The table has no airport QQQ."}});
    EXPECT_THAT(to_json(describe(error)).take(),
                HasSubstr(R"("refusals":[{"code":"unknown_iata","path":"/legs/0/from/iata",)"
                          R"("message":"The table has no airport QQQ."}])"));
}

TEST(SentencesTest, AStrangersExceptionIsAFaultOfOurs) {
    EXPECT_EQ(describe(std::bad_alloc()).error, "internal");
}

TEST(SentencesTest, UsageNamesTheOptionAndExitsWithTwo) {
    const Failure failure = describe(UsageError(Usage::kMissing, "--until"));
    EXPECT_EQ(failure.exit_code, kExitUsage);
    EXPECT_THAT(failure.message, HasSubstr("--until"));
}

}  // namespace
}  // namespace valv::cli
