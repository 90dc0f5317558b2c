#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/casework/record.h"
#include "client/lib/errors.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/protocol/json.h"

// How errors reach the person at the terminal: one sentence that says what to do, in JSON one shape
// (docs/decisions.md "Errors in JSON have one shape"), and an exit code. No value that somebody
// typed, no name of a file or a person stands in one.
namespace valv::cli {

constexpr int kExitDone = 0;
constexpr int kExitRefused = 1;
constexpr int kExitUsage = 2;
constexpr int kExitTampered = 3;
constexpr int kExitNetwork = 4;

// What the program was doing: the same code means another thing at another place.
enum class Situation {
    kNone,
    kProfile,     // opening the profile
    kNewProfile,  // making one
    kSecretFile,  // a file named by one of the *-file options
    kInputFile,   // a paper to be added
    kUpload,      // sending it
    kRecordFile,  // the JSON of case import
    kOutputFile,  // what -o names
    kExportFolder,
    kVaultToken,
    kInvitationFile,
    kEnrolment,  // under the probe of an invitation
    kPerson,     // a person or device named by the user
    kRecovery,   // making, confirming or accepting the recovery recipient
    kShareFile,  // a custodian's share
    kPrinting,   // a page by WeasyPrint
    kCase,
    kErasedCase,  // the id of one, for its certificate
    kDocument,
    kLink,  // a link of ours, named by its id
    kLinkUrl,
    kLogFile,  // an export of the log
    kOpenLink  // the recipient's side
};

// An error with the place where it came up.
class Placed : public Error {
public:
    Placed(const Error& error, Situation situation)
        : Error(error.code(), error.what(), error.path(), error.name()), situation_(situation) {}
    [[nodiscard]] Situation situation() const noexcept { return situation_; }

private:
    Situation situation_;
};

// What a recipient opened did not hold: other words than for staff, who have an admin to tell.
class LinkTampered : public client::Tampered {
public:
    LinkTampered(const Error& error, client::Subject subject)
        : Tampered(error.name(), error.what(), std::move(subject)) {}
};

// Rethrows what is being caught; a plain Error as Placed, a failed check of a link as LinkTampered.
// Errors that say more stay what they are.
[[noreturn]] void rethrow_placed(const Error& error, Situation situation);

template <typename Step>
auto during(Situation situation, Step&& step) -> decltype(step()) {
    try {
        return std::forward<Step>(step)();
    } catch (const Error& error) {
        rethrow_placed(error, situation);
    }
}

// Wrong usage: exit 2. `subject` is the name of an option or argument.
enum class Usage {
    kUnknownCommand,
    kUnknownOption,
    kMissing,
    kTooManyWords,
    kBadValue,  // subject says what would be right
    kTogether,  // options that exclude or need each other; subject says which
    kNobodyToAsk,
    kEmptyAnswer,
    kAnswersDiffer,
    kShortPassphrase,
    kBadCode  // subject: how many digits
};
class UsageError : public Error {
public:
    explicit UsageError(Usage usage, std::string subject = {})
        : Error(ErrorCode::kInvalidArgument, "usage", {}, "usage"),
          usage_(usage),
          subject_(std::move(subject)) {}
    [[nodiscard]] Usage usage() const noexcept { return usage_; }
    [[nodiscard]] const std::string& subject() const noexcept { return subject_; }

private:
    Usage usage_;
    std::string subject_;
};

// Casework refused a record, a package or a mark: one line each. Nothing was changed.
class RecordRefused : public Error {
public:
    explicit RecordRefused(std::vector<casework::Refusal> refusals);
    [[nodiscard]] const std::vector<casework::Refusal>& refusals() const noexcept {
        return refusals_;
    }

private:
    std::vector<casework::Refusal> refusals_;
};

// The person said no, or a wait ended: exit 1 with a sentence of its own.
enum class Stop {
    kDeclined,
    kKept,
    kWordsDiffer,
    kNotApproved,
    kAlreadyMember,
    kNothingToDo,
    kOwnDevice,
    kLastMember,
    kNewerFormat,
    kForeignShares,
    kNothingRecovered,
    kOldShares,
    kReferenceDiffers,
    kErased
};
class Stopped : public Error {
public:
    explicit Stopped(Stop stop);
    [[nodiscard]] Stop stop() const noexcept { return stop_; }

private:
    Stop stop_;
};

// An error as it is shown.
struct Failure {
    std::string error;    // stable name
    std::string message;  // one sentence
    int exit_code = kExitRefused;
    std::string path;
    std::string object;
    std::string case_id;
    std::string expected;
    std::string found;
    std::string reason;
    std::optional<Instant> at;
    std::optional<std::uint64_t> maximum;
    std::vector<casework::Refusal> refusals;
};
[[nodiscard]] Failure describe(const std::exception& error);
[[nodiscard]] protocol::JsonWriter to_json(const Failure& failure);

// `14 April 2026, 08:10 UTC`
[[nodiscard]] std::string time_text(Instant instant);

}  // namespace valv::cli
