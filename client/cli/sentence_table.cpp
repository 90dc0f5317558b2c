#include "client/cli/sentence_table.h"

#include <algorithm>
#include <array>

namespace valv::cli {
namespace {

using enum Situation;

struct PlacedRow {
    Situation situation;
    ErrorCode code;
    SentenceRow row;
};

// One row, one sentence.
// clang-format off
constexpr std::array kPlaced{
    PlacedRow{kProfile, ErrorCode::kNotFound, {"no_profile", "There is no profile here: make one with `resvalv vault create` or `resvalv enrol FILE`, or name its folder with --profile."}},
    PlacedRow{kProfile, ErrorCode::kMalformed, {"profile_damaged", "The profile's key file is damaged: put it back from a copy, or ask an admin to invite this device anew."}},
    PlacedRow{kProfile, ErrorCode::kForbidden, {"device_not_active", "This device is not active in the vault (not yet approved, or removed): finish `resvalv enrol`, or ask an admin to invite it anew."}},
    PlacedRow{kProfile, ErrorCode::kIo, {"profile_unreadable", "The profile's folder cannot be read or written: check the disk and that the folder belongs to you."}},
    PlacedRow{kNewProfile, ErrorCode::kConflict, {"profile_exists", "There is a profile of a vault in this folder already: name another folder with --profile, because one profile belongs to one vault."}},
    PlacedRow{kNewProfile, ErrorCode::kIo, {"profile_unwritable", "The profile's folder cannot be made or written: check the disk, or name another folder with --profile."}},
    PlacedRow{kNewProfile, ErrorCode::kMalformed, {"bad_address", "The server's address must be https://HOST or https://HOST:PORT, in lower case and without a path: correct --server."}},
    PlacedRow{kNewProfile, ErrorCode::kInvalidArgument, {"bad_origin", "The address of the links' page must be https://HOST[:PORT] (or http://localhost:PORT for a demo), without a path: correct --link-origin."}},
    PlacedRow{kNewProfile, ErrorCode::kNotFound, {"token_refused", "The server does not take this token (used, older than 24 hours, or of another server): ask the operator for a new one from `resvalvd vault-token`."}},
    PlacedRow{kNewProfile, ErrorCode::kForbidden, {"token_refused", "The server does not take this token (used, older than 24 hours, or of another server): ask the operator for a new one from `resvalvd vault-token`."}},
    PlacedRow{kVaultToken, ErrorCode::kMalformed, {"bad_token", "This is not a whole vault token: copy all of the line that `resvalvd vault-token` printed."}},
    PlacedRow{kSecretFile, ErrorCode::kNotFound, {"file_not_found", "The file that a *-file option names is not there: check the option's path."}},
    PlacedRow{kSecretFile, ErrorCode::kIo, {"file_unreadable", "The file that a *-file option names cannot be read: check that it belongs to you."}},
    PlacedRow{kSecretFile, ErrorCode::kTooLarge, {"file_too_large", "The file that a *-file option names is too long to hold a secret line: check the option's path."}},
    PlacedRow{kInputFile, ErrorCode::kNotFound, {"file_not_found", "There is no file with the name that was given: check the path."}},
    PlacedRow{kInputFile, ErrorCode::kInvalidArgument, {"not_a_file", "What was given is not an ordinary file: name a file, not a folder or a device."}},
    PlacedRow{kInputFile, ErrorCode::kIo, {"file_unreadable", "The file cannot be read: check that the disk is there and that you may read it."}},
    PlacedRow{kUpload, ErrorCode::kTooLarge, {"document_too_large", "The file is larger than the server takes (500 MB unless the operator set another limit) or than the room that is left: make it smaller, for example by scanning it with fewer dots, or ask the operator."}},
    PlacedRow{kUpload, ErrorCode::kIo, {"upload_interrupted", "The paper could not be read to its end, or not be kept sealed in the profile: check the disk and repeat the command, which goes on where it stopped."}},
    PlacedRow{kUpload, ErrorCode::kForbidden, {"role_not_enough", "The role of this device may read the case and not change it: ask a coordinator or an admin."}},
    PlacedRow{kRecordFile, ErrorCode::kNotFound, {"file_not_found", "There is no record file with the name that was given: check the path."}},
    PlacedRow{kRecordFile, ErrorCode::kIo, {"file_unreadable", "The record file cannot be read: check that you may read it."}},
    PlacedRow{kRecordFile, ErrorCode::kInvalidArgument, {"not_a_file", "What was given as a record is not an ordinary file: name a JSON file."}},
    PlacedRow{kRecordFile, ErrorCode::kTooLarge, {"record_too_large", "The record file is over 4 MiB, the most that a case record may have: split the case or shorten its notes."}},
    PlacedRow{kOutputFile, ErrorCode::kConflict, {"file_exists", "There is a file with that name already and it was left as it is: give another name, or --force to replace it."}},
    PlacedRow{kOutputFile, ErrorCode::kStorageFull, {"disk_full", "The disk is full where the file is to be written; nothing half-written is left: free some space or name another folder, and repeat the command."}},
    PlacedRow{kOutputFile, ErrorCode::kIo, {"file_unwritable", "The file cannot be written there: check that the folder exists and that you may write to it."}},
    PlacedRow{kExportFolder, ErrorCode::kConflict, {"folder_not_empty", "The folder for the export must be new or empty: name another one."}},
    PlacedRow{kExportFolder, ErrorCode::kStorageFull, {"disk_full", "The disk is full where the export is to be written: free some space, remove the unfinished folder, and repeat the command."}},
    PlacedRow{kExportFolder, ErrorCode::kIo, {"folder_unwritable", "The export cannot be written there: check that the folder above exists and that you may write to it."}},
    PlacedRow{kInvitationFile, ErrorCode::kNotFound, {"file_not_found", "There is no invitation file with the name that was given: check the path."}},
    PlacedRow{kInvitationFile, ErrorCode::kMalformed, {"invitation_damaged", "This is not a whole, unaltered invitation: ask the admin to send the file again, as a file and not as copied text."}},
    PlacedRow{kInvitationFile, ErrorCode::kTooLarge, {"invitation_damaged", "This is not a whole, unaltered invitation: ask the admin to send the file again, as a file and not as copied text."}},
    PlacedRow{kInvitationFile, ErrorCode::kEnded, {"invitation_expired", "This invitation has run out (it lives 48 hours): ask the admin for a new one."}},
    PlacedRow{kInvitationFile, ErrorCode::kConflict, {"profile_exists", "There is a profile in this folder already that was made for something else: name another folder with --profile."}},
    PlacedRow{kEnrolment, ErrorCode::kNotFound, {"invitation_unknown", "The server does not know this invitation (used, withdrawn, run out, or altered on its way): ask the admin for a new one."}},
    PlacedRow{kEnrolment, ErrorCode::kEnded, {"invitation_expired", "This invitation has run out (it lives 48 hours): ask the admin for a new one."}},
    PlacedRow{kEnrolment, ErrorCode::kTooLarge, {"too_many_submissions", "This invitation was tried five times, which is all it allows: ask the admin for a new one."}},
    PlacedRow{kEnrolment, ErrorCode::kConflict, {"too_many_submissions", "This invitation was tried five times, which is all it allows: ask the admin for a new one."}},
    PlacedRow{kEnrolment, ErrorCode::kForbidden, {"not_admin", "Only an admin of the vault invites and approves: ask one, or have this device's role changed."}},
    PlacedRow{kPerson, ErrorCode::kNotFound, {"person_unknown", "Nobody in the vault has this name or id: `resvalv member list` shows who is there."}},
    PlacedRow{kRecovery, ErrorCode::kForbidden, {"not_admin", "Only an admin makes a recovery key, and another admin than who made it confirms it."}},
    PlacedRow{kRecovery, ErrorCode::kInvalidArgument, {"shares_impossible", "That many shares cannot be made: at least 2 open together, of as many or more, 255 at most."}},
    PlacedRow{kRecovery, ErrorCode::kNotFound, {"nothing_proposed", "No recovery key waits for you: `resvalv vault status` says how it stands, `resvalv recover split` makes one."}},
    PlacedRow{kShareFile, ErrorCode::kForbidden, {"not_admin", "Only an admin of the vault puts shares to use: ask one, or be invited as one."}},
    PlacedRow{kShareFile, ErrorCode::kNotFound, {"share_missing", "One of the share files is not there, or the shares are of another vault: check their names."}},
    PlacedRow{kShareFile, ErrorCode::kMalformed, {"share_damaged", "One of the files holds no right share: compare its characters with the sheet, one of them is mistyped or missing."}},
    PlacedRow{kShareFile, ErrorCode::kTooLarge, {"share_damaged", "One of the files holds no right share: compare its characters with the sheet, one of them is mistyped or missing."}},
    PlacedRow{kShareFile, ErrorCode::kInvalidArgument, {"shares_do_not_combine", "These shares do not go together: give as many different shares of one set as its sheets say."}},
    PlacedRow{kShareFile, ErrorCode::kTampered, {"shares_differ", "One of the shares does not fit the others: compare them with their sheets."}},
    PlacedRow{kPrinting, ErrorCode::kUnsupported, {"no_weasyprint", "WeasyPrint is not on this computer, so nothing was changed: install it with `apt install --no-install-recommends weasyprint python3-munkres python3-scipy- fonts-noto-core`, or take html instead of pdf and print the pages from a browser."}},
    PlacedRow{kPrinting, ErrorCode::kUnavailable, {"paper_not_rendered", "WeasyPrint could not make the page: repeat the command, or take html instead of pdf and print the pages from a browser."}},
    PlacedRow{kPerson, ErrorCode::kForbidden, {"not_admin", "Only an admin of the vault takes people out or changes what they may do: ask one."}},
    PlacedRow{kPerson, ErrorCode::kInvalidArgument, {"last_admin", "The vault needs an active admin: make somebody else one first with `resvalv member role PERSON admin`."}},
    PlacedRow{kPerson, ErrorCode::kConflict, {"person_ambiguous", "More than one person has this name: give the id of the person or the device from `resvalv member list`."}},
    PlacedRow{kCase, ErrorCode::kNotFound, {"case_not_found", "There is no such case, or it is not shared with this device: `resvalv case list` shows those that are."}},
    PlacedRow{kCase, ErrorCode::kForbidden, {"role_not_enough", "The role of this device may read the case and not change it: ask a coordinator or an admin."}},
    PlacedRow{kErasedCase, ErrorCode::kNotFound, {"not_erased", "The server knows of no erasure of this case of which this device was told: check the id, which `resvalv case erase` printed, or ask a colleague of the case."}},
    PlacedRow{kErasedCase, ErrorCode::kMalformed, {"bad_id", "That is not the id of a case (26 letters and digits): `resvalv case erase` and `resvalv case list` print it when a case is gone."}},
    PlacedRow{kDocument, ErrorCode::kNotFound, {"document_not_found", "The case has no such document: `resvalv document list CASE` shows those it has."}},
    PlacedRow{kDocument, ErrorCode::kMalformed, {"bad_id", "That is not the id of a document (26 letters and digits): `resvalv document list CASE` shows them."}},
    PlacedRow{kLink, ErrorCode::kNotFound, {"link_not_found", "The case has no such link: `resvalv link list CASE` shows those it has."}},
    PlacedRow{kLink, ErrorCode::kMalformed, {"bad_id", "That is not the id of a link (26 letters and digits): `resvalv link list CASE` shows them."}},
    PlacedRow{kLinkUrl, ErrorCode::kMalformed, {"link_incomplete", "This link is not complete, it was probably cut off when it was copied: copy all of it, or ask the sender to send it again."}},
    PlacedRow{kLogFile, ErrorCode::kNotFound, {"file_not_found", "There is no export with the name that was given: check the path."}},
    PlacedRow{kLogFile, ErrorCode::kMalformed, {"export_damaged", "This is not a whole export of a log: get the file again, or have it written anew with `resvalv log export`."}},
    PlacedRow{kLogFile, ErrorCode::kTooLarge, {"export_damaged", "This is not a whole export of a log: get the file again, or have it written anew with `resvalv log export`."}},
    PlacedRow{kLogFile, ErrorCode::kForbidden, {"role_not_enough", "Only an admin or an auditor reads the whole log: ask one to export it."}},
    PlacedRow{kOpenLink, ErrorCode::kNotFound, {"link_unknown", "This link cannot be opened; it may have run out, been used up, been withdrawn, or been copied incompletely: ask the person who sent it for a new one."}},
    PlacedRow{kOpenLink, ErrorCode::kUnauthenticated, {"lease_ended", "Your reading time has ended: run the command again, which uses another opening."}},
    PlacedRow{kOpenLink, ErrorCode::kMalformed, {"link_incomplete", "This link is not complete, it was probably cut off when it was copied: copy all of it, or ask the sender to send it again."}},
    PlacedRow{kOpenLink, ErrorCode::kNetwork, {"network", "The server cannot be reached and nothing has been used up: check your connection and try again."}},
    PlacedRow{kOpenLink, ErrorCode::kUnavailable, {"unavailable", "The server is busy and nothing has been used up: try again in a minute."}},
    PlacedRow{kOpenLink, ErrorCode::kTampered, {"protocol_violation", "Stop, these papers do not pass the check and may have been changed: do not use them, and telephone the sender on a number that you already know."}},
};

constexpr SentenceRow kFault{"internal", "The program failed and nothing was changed: repeat the command, and if it happens again, tell whoever runs the server what you did."};

constexpr std::array kByCode{
    PlacedRow{kNone, ErrorCode::kMalformed, {"malformed", "What was given is not in the form that Resvalv writes{path}: get it again, whole and unchanged."}},
    PlacedRow{kNone, ErrorCode::kInvalidArgument, {"invalid_argument", "A value is not allowed here{path}: correct it and repeat the command."}},
    PlacedRow{kNone, ErrorCode::kNotFound, {"not_found", "There is no such thing, or it is not shared with this device: check the id with the matching `list` command."}},
    PlacedRow{kNone, ErrorCode::kUnauthenticated, {"unauthenticated", "The server does not know this device or lease any more: open the link again, or ask an admin."}},
    PlacedRow{kNone, ErrorCode::kForbidden, {"forbidden", "This device may not do that: ask an admin of the vault, or have its role changed."}},
    PlacedRow{kNone, ErrorCode::kConflict, {"conflict", "Somebody else changed the same thing a moment ago: repeat the command."}},
    PlacedRow{kNone, ErrorCode::kOnHold, {"on_hold", "A legal hold keeps this case from being erased: whoever set it lifts it with `resvalv case hold CASE --lift` when its reason is gone."}},
    PlacedRow{kNone, ErrorCode::kEnded, {"ended", "This link has ended: ask the person who sent it for a new one."}},
    PlacedRow{kNone, ErrorCode::kWaiting, {"waiting", "Too many wrong codes came from this network: try again at {at}, and check the code with the sender first."}},
    PlacedRow{kNone, ErrorCode::kWrongCode, {"wrong_code", "That code is not right and nothing has been used up: check it with the sender, digit by digit."}},
    PlacedRow{kNone, ErrorCode::kTooLarge, {"too_large", "That is more than the server takes: make it smaller, or ask the operator for a higher limit."}},
    PlacedRow{kNone, ErrorCode::kLengthRequired, kFault},
    PlacedRow{kNone, ErrorCode::kKeyReused, {"key_reused", "The server holds another answer for this request: repeat the command."}},
    PlacedRow{kNone, ErrorCode::kUnavailable, {"unavailable", "The server cannot do this now and nothing was changed: try again in a minute."}},
    PlacedRow{kNone, ErrorCode::kStorageFull, {"storage_full", "There is no room left, on this computer's disk or in the vault's share of the server's: free some space here, or ask the operator for more, and repeat the command."}},
    PlacedRow{kNone, ErrorCode::kNetwork, {"network", "The server cannot be reached: check the connection and that the server runs, and repeat the command; what was sent already is kept."}},
    PlacedRow{kNone, ErrorCode::kTampered, {"protocol_violation", ""}},
    PlacedRow{kNone, ErrorCode::kWrongPassphrase, {"wrong_passphrase", "That passphrase does not open this profile: try again, and if it is lost, ask an admin to invite this device anew, because nobody can reset it."}},
    PlacedRow{kNone, ErrorCode::kIo, {"file_error", "A file could not be read or written: check that the disk is there and that the folder belongs to you."}},
    PlacedRow{kNone, ErrorCode::kCryptoLibrary, kFault},
    PlacedRow{kNone, ErrorCode::kUnsupported, {"unsupported", "This needs OpenSSL 3.5 or newer, as in Debian 13: this machine's is older."}},
    PlacedRow{kNone, ErrorCode::kStore, kFault},
    PlacedRow{kNone, ErrorCode::kClientTooOld, {"client_too_old", "This program is too old for the server: install a newer resvalv."}},
    PlacedRow{kNone, ErrorCode::kInternal, kFault},
};
// clang-format on

}  // namespace

SentenceRow sentence_of(ErrorCode code, Situation situation) noexcept {
    const auto* const placed = std::ranges::find_if(kPlaced, [&](const PlacedRow& row) {
        return row.situation == situation && row.code == code;
    });
    if (placed != kPlaced.end()) {
        return placed->row;
    }
    const auto* const found = std::ranges::find(kByCode, code, &PlacedRow::code);
    return found == kByCode.end() ? kFault : found->row;
}

}  // namespace valv::cli
