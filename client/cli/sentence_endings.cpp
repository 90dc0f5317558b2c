#include <algorithm>
#include <array>

#include "client/cli/sentence_table.h"
#include "client/lib/errors.h"

namespace valv::cli {
namespace {

namespace tamper = client::tamper;

// One row, one sentence.
// clang-format off
// docs/threats.md has the checks. The state that was verified before stays, so every way out begins from there.
constexpr std::array kTamper{
    SentenceRow{tamper::kSignature, "The signature of {object} does not hold, so somebody on the server's side changed it: nothing was taken over; tell an admin before you go on."},
    SentenceRow{tamper::kSigner, "The signer of {object} had no right to write it: nothing was taken over; tell an admin before you go on."},
    SentenceRow{tamper::kContext, "The server gave something else in the place of {object}: nothing was taken over; tell an admin before you go on."},
    SentenceRow{tamper::kChain, "{object} does not follow from what this device saw before: nothing was taken over; tell an admin before you go on."},
    SentenceRow{tamper::kRolledBack, "The server shows {object} older than this device has seen it: if the operator restored a backup, wait for word of it, and otherwise tell an admin before you go on."},
    SentenceRow{tamper::kForked, "The server shows this device another {object} than it showed before or to a colleague: stop working on the server and tell an admin by telephone."},
    SentenceRow{tamper::kObjectHash, "The contents of {object} are not those that were signed: nothing was taken over; tell an admin before you go on."},
    SentenceRow{tamper::kHeader, "The keys of {object} cannot be read, so they were damaged or exchanged: nothing was taken over; tell an admin before you go on."},
    SentenceRow{tamper::kFileKey, "The key of {object} is not the one that its case names: nothing was saved; tell an admin before you go on."},
    SentenceRow{tamper::kBody, "{object} arrived damaged or changed and was not saved: try again, and if it happens twice, tell an admin."},
    SentenceRow{tamper::kTruncated, "{object} arrived cut short or too long and was not saved: try again, and if it happens twice, tell an admin."},
    SentenceRow{tamper::kMissing, "The server does not deliver {object}, which must be there: try again later, and if it stays away, tell an admin."},
    SentenceRow{tamper::kLog, "The server's log contradicts itself at {object}: stop working on the server and tell an admin by telephone."},
    SentenceRow{tamper::kLogSignature, "The server's log is not signed with the key that this device knows: check the address of the server and tell an admin before you go on."},
    SentenceRow{tamper::kOwnWrite, "Something that this device wrote and the server confirmed is missing from the log: tell an admin before you go on."},
    SentenceRow{tamper::kPackage, "The package does not come unchanged from the sender: do not use it, and telephone the sender."},
    SentenceRow{tamper::kReply, "A reply to a link does not come unchanged from its recipient: do not rely on it, and telephone the recipient."},
    SentenceRow{tamper::kEnrolment, "The approval does not come from the admin who invited you: ask the admin for a new invitation, and tell them what happened."},
    SentenceRow{tamper::kServer, "The server does not prove to be the one that the token or the invitation names (certificate pin): check the address, and ask the operator before you go on."},
    SentenceRow{tamper::kProfile, "The profile's record of what it saw was changed by somebody else than this device: ask an admin to invite this device anew, and do not use this folder any more."},
    SentenceRow{tamper::kProtocol, "The server answered {object} in a way that no right server does: nothing was taken over; check the address, and tell the operator."},
};

// The same endings as the page's (server/viewer/src/words).
struct EndRow {
    protocol::EndReason reason;
    std::string_view sentence;
};
using enum protocol::EndReason;
constexpr std::array kEnds{
    EndRow{kExpired, "This link ran out{at}: ask the sender for a new one."},
    EndRow{kRevoked, "The sender has withdrawn this link: telephone the sender if you still need the papers."},
    EndRow{kUsedUp, "This link has been opened as many times as it allows{maximum}: if one of them was not you, tell the sender at once, and otherwise ask for a new one."},
    EndRow{kLocked, "This link is locked after many wrong codes: the sender has been told and can send you a new one, so telephone the sender."},
    EndRow{kNotYet, "These papers open{at}: come back then; the same link and code will work."},
    EndRow{kFrozen, "This link was opened on another device and is paused until the sender has checked: telephone the sender."},
};

struct StopRow {
    Stop stop;
    SentenceRow row;
};
constexpr std::array kStops{
    StopRow{Stop::kDeclined, {"declined", "You did not agree, so nothing was changed: repeat the command when the words are compared."}},
    StopRow{Stop::kKept, {"declined", "Nobody was taken out, and nothing was changed."}},
    StopRow{Stop::kWordsDiffer, {"words_differ", "The words are not those of this device, so nothing was changed: telephone its owner and compare again, and if they still differ, do not go on."}},
    StopRow{Stop::kNotApproved, {"not_approved", "The admin has not approved this device yet: tell the admin the eight words, and run the same command again to go on."}},
    StopRow{Stop::kAlreadyMember, {"already_member", "Every device that was named has the case already: `resvalv case show CASE --access` lists them."}},
    StopRow{Stop::kNothingToDo, {"nothing_to_do", "No device that was named has the case: `resvalv case show CASE --access` lists those that do."}},
    StopRow{Stop::kOwnDevice, {"own_device", "A device does not take itself out of a case: ask another member of the case to do it."}},
    StopRow{Stop::kForeignShares, {"foreign_shares", "These shares are not of this vault's recovery key: look for the sheets that name this vault."}},
    StopRow{Stop::kNothingRecovered, {"declined", "Nothing was opened, and nothing was changed."}},
    StopRow{Stop::kOldShares, {"old_shares", "These shares are of a recovery key that was replaced: they still open what they could open before and nothing newer; try those of the newest set."}},
    StopRow{Stop::kNewerFormat, {"newer_format", "The record was written by a newer Resvalv and is only shown here, never changed: install the newer version."}},
};

struct UsageRow {
    Usage usage;
    std::string_view sentence;
};
constexpr std::array kUsages{
    UsageRow{Usage::kUnknownCommand, "There is no such command: `resvalv --help` lists them."},
    UsageRow{Usage::kUnknownOption, "There is no option {subject} here: add --help to the command to see those it takes."},
    UsageRow{Usage::kMissing, "{subject} is missing: add --help to the command to see what it needs."},
    UsageRow{Usage::kTooManyWords, "There is a word too many, which is not repeated here because it may be a secret: add --help to the command to see what it takes."},
    UsageRow{Usage::kBadValue, "{subject}: correct it and repeat the command."},
    UsageRow{Usage::kTogether, "{subject}: correct it and repeat the command."},
    UsageRow{Usage::kNobodyToAsk, "There is no terminal to ask at: give secrets with --passphrase-file, --token-file, --url-file or --code-file, and answers with the command's options."},
    UsageRow{Usage::kEmptyAnswer, "{subject} must not be empty: repeat the command."},
    UsageRow{Usage::kAnswersDiffer, "The two passphrases differ: repeat the command."},
    UsageRow{Usage::kShortPassphrase, "The passphrase must have 15 to 1,024 characters: take five or six words that do not belong together."},
    UsageRow{Usage::kBadCode, "The code must have {subject} digits, spaces and hyphens do not matter: check it and repeat the command."},
};
// clang-format on

}  // namespace

std::string_view tamper_sentence(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(kTamper, name, &SentenceRow::name);
    return found == kTamper.end() ? kTamper.back().sentence : found->sentence;
}

std::string_view end_sentence(protocol::EndReason reason) noexcept {
    return std::ranges::find(kEnds, reason, &EndRow::reason)->sentence;
}

SentenceRow stop_sentence(Stop stop) noexcept {
    return std::ranges::find(kStops, stop, &StopRow::stop)->row;
}

std::string_view usage_sentence(Usage usage) noexcept {
    return std::ranges::find(kUsages, usage, &UsageRow::usage)->sentence;
}

}  // namespace valv::cli
