#include "tests/tamper/table.h"

#include "client/lib/errors.h"

namespace valv::client::test {
namespace {

constexpr std::array<std::string_view, kChangeCount> kChanges{
    "flip",      "truncate", "extend", "swap",   "drop",    "reorder",
    "duplicate", "replay",   "fork",   "invent", "removed", "delay"};

// Where a note is needed.
constexpr int kFirstContact = 1;
constexpr int kFork = 2;
constexpr int kFrozen = 3;
constexpr int kServersWord = 4;
constexpr int kLooksTakenOut = 5;
constexpr int kLeftOut = 6;
constexpr int kCopiedOpens = 7;
constexpr int kWaits = 8;
constexpr int kKnownPart = 9;

constexpr std::array<std::string_view, 9> kNotes{
    "Only what was seen before can be missed. At first contact the founder's key is pinned, a "
    "newcomer's approval also pins the newest directory and log, and a keyring names the record "
    "that its maker saw; what is newer than these can be withheld.",
    "Whoever was shown only one of two histories cannot know. It is noticed as soon as the other "
    "history, or a note of somebody who saw it, reaches this device; the two can never be joined "
    "again unnoticed.",
    "A view that is frozen as a whole is not told apart from silence. Own writes, and every note "
    "that names a newer directory or log, end it.",
    "Counts, times and limits of a link are the server's word; what the policy note, the record "
    "and the signed opens say is checked against it.",
    "A case that the server hides looks like one from which this device was taken out.",
    "What does not hold is not taken over: a submission is counted as refused, a paper keeps its "
    "old header, and reading it says `header_unreadable`.",
    "Opens that the record tells of (`checklist` copies them) cannot be taken back. An open that "
    "no "
    "record tells of is not missed.",
    "It looks as if nobody had answered yet; an invitation ends after 48 hours.",
    "A part that the package opens at once cannot be called waiting. One that has a time can be "
    "withheld longer, and given out earlier, than the sender asked.",
};

constexpr Cell none{};
constexpr Cell same{.outcome = Outcome::kNoEffect, .name = {}};
constexpr Cell noticed(std::string_view name) {
    return {.outcome = Outcome::kNoticed, .name = name};
}
constexpr Cell later(std::string_view name, int note) {
    return {.outcome = Outcome::kLater, .name = name, .note = note};
}
constexpr Cell aside(int note) {
    return {.outcome = Outcome::kSetAside, .name = {}, .note = note};
}
constexpr Cell refused(std::string_view code, int note = 0) {
    return {.outcome = Outcome::kRefused, .name = code, .note = note};
}
constexpr Cell unseen(int note) {
    return {.outcome = Outcome::kUnseen, .name = {}, .note = note};
}

constexpr Cell signature = noticed(tamper::kSignature);
constexpr Cell signer = noticed(tamper::kSigner);
constexpr Cell context = noticed(tamper::kContext);
constexpr Cell chain = noticed(tamper::kChain);
constexpr Cell rolled_back = noticed(tamper::kRolledBack);
constexpr Cell forked = later(tamper::kForked, kFork);
constexpr Cell object_hash = noticed(tamper::kObjectHash);
constexpr Cell header = noticed(tamper::kHeader);
constexpr Cell file_key = noticed(tamper::kFileKey);
constexpr Cell body = noticed(tamper::kBody);
constexpr Cell length = noticed(tamper::kTruncated);
constexpr Cell missing = noticed(tamper::kMissing);
constexpr Cell log = noticed(tamper::kLog);
constexpr Cell log_signature = noticed(tamper::kLogSignature);
constexpr Cell package = noticed(tamper::kPackage);
constexpr Cell enrolment = noticed(tamper::kEnrolment);
constexpr Cell protocol = noticed(tamper::kProtocol);
constexpr Cell network = refused("network");
constexpr Cell not_found = refused("not_found");

using enum Object;
// clang-format off
// flip, truncate, extend, swap, drop, reorder, | duplicate, replay, fork, invent, removed, delay
constexpr std::array kRows{
    Row{kDirectoryHead, "number of the newest directory",
        {protocol, protocol, protocol, rolled_back, missing, none,
         none, later(tamper::kRolledBack, kFirstContact), none, missing, none, unseen(kFrozen)}},
    Row{kDirectoryNote, "directory note",
        {signature, signature, signature, signature, missing, chain,
         chain, chain, forked, signature, signer, network}},
    Row{kNames, "directory's age file (names)",
        {object_hash, object_hash, object_hash, object_hash, object_hash, none,
         none, object_hash, object_hash, object_hash, none, none}},
    Row{kCaseList, "list of cases",
        {protocol, protocol, protocol, same, unseen(kLooksTakenOut), same,
         protocol, same, none, signer, none, network}},
    Row{kCaseHeads, "numbers of a case's heads",
        {protocol, protocol, protocol, context, refused("not_found", kLooksTakenOut), none,
         none, later(tamper::kRolledBack, kFirstContact), none, missing, none, unseen(kFrozen)}},
    Row{kKeyringNote, "keyring note",
        {signature, signature, signature, context, missing, context,
         context, context, forked, signer, signer, network}},
    Row{kKeyring, "keyring",
        {object_hash, object_hash, object_hash, object_hash, object_hash, none,
         none, object_hash, object_hash, object_hash, none, none}},
    Row{kRecordNote, "record note",
        {signature, signature, signature, context, missing, context,
         context, context, forked, signer, signer, network}},
    Row{kRecord, "record",
        {object_hash, object_hash, object_hash, object_hash, object_hash, none,
         none, object_hash, object_hash, object_hash, none, none}},
    Row{kHeader, "header of a paper",
        {header, header, header, file_key, missing, none,
         none, header, none, header, header, network}},
    Row{kHeaderList, "headers, for new keys",
        {aside(kLeftOut), protocol, protocol, aside(kLeftOut), aside(kLeftOut), same,
         same, same, none, aside(kLeftOut), aside(kLeftOut), network}},
    Row{kBody, "body of a paper",
        {body, length, length, body, missing, body,
         length, none, none, body, none, network}},
    Row{kLinkList, "list of a case's links",
        {protocol, protocol, protocol, context, missing, same,
         protocol, rolled_back, none, signer, signer, network}},
    Row{kLinkState, "state of a link",
        {context, protocol, protocol, context, missing, none,
         none, rolled_back, none, context, none, unseen(kServersWord)}},
    Row{kPolicyNote, "policy note",
        {signature, signature, signature, context, signature, none,
         none, none, none, signer, signer, none}},
    Row{kOpens, "opens of a link",
        {log, log, log, log, later(tamper::kRolledBack, kCopiedOpens), same,
         log, none, none, log, none, unseen(kCopiedOpens)}},
    Row{kCheckpoint, "checkpoint of the log",
        {log_signature, log_signature, log_signature, log_signature, missing, none,
         none, rolled_back, forked, log_signature, none, unseen(kFrozen)}},
    Row{kTile, "tile of the log",
        {log, log, log, log, missing, log,
         log, log, log, log, none, network}},
    Row{kSubmissions, "submissions to an invitation",
        {aside(kLeftOut), protocol, protocol, aside(kLeftOut), unseen(kWaits), none,
         same, same, none, aside(kLeftOut), none, network}},
    Row{kApproval, "approval of a newcomer",
        {enrolment, protocol, protocol, enrolment, unseen(kWaits), none,
         none, none, none, enrolment, none, network}},
    Row{kChallenge, "challenge to a recipient",
        {not_found, protocol, protocol, not_found, not_found, none,
         none, not_found, none, not_found, none, network}},
    Row{kLease, "lease",
        {package, protocol, protocol, unseen(kServersWord), not_found, none,
         none, none, none, log, none, network}},
    Row{kPackage, "package of a link",
        {package, package, package, package, missing, none,
         none, none, none, package, none, network}},
    Row{kPart, "part of a link",
        {package, package, package, package, missing, package,
         package, none, none, package, none, later(tamper::kMissing, kKnownPart)}},
    Row{kLinkHeader, "header of a link's paper",
        {package, package, package, package, missing, package,
         none, none, none, package, none, network}},
    Row{kLinkBody, "body of a link's paper",
        {body, length, length, body, missing, body,
         length, none, none, body, none, network}},
};
// clang-format on

}  // namespace

std::span<const Row> rows() noexcept {
    return kRows;
}

std::span<const std::string_view> notes() noexcept {
    return kNotes;
}

std::string_view to_string(Change change) noexcept {
    return kChanges.at(static_cast<std::size_t>(change));
}

const Cell& cell(const Row& row, Change change) noexcept {
    return row.cells.at(static_cast<std::size_t>(change));
}

}  // namespace valv::client::test
