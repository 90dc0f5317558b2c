#pragma once

#include <string_view>

// Every JSON key of the wire; written nowhere else (docs/protocol.md).
namespace valv::protocol::keys {

inline constexpr std::string_view kAge = "age";
inline constexpr std::string_view kApproval = "approval";
inline constexpr std::string_view kAt = "at";
inline constexpr std::string_view kBodyRoot = "body_root";
inline constexpr std::string_view kCase = "case";
inline constexpr std::string_view kCases = "cases";
inline constexpr std::string_view kChallenge = "challenge";
inline constexpr std::string_view kCheckpointRoot = "checkpoint_root";
inline constexpr std::string_view kCheckpointSize = "checkpoint_size";
inline constexpr std::string_view kCode = "code";
inline constexpr std::string_view kCodeSignature = "code_signature";
inline constexpr std::string_view kCount = "count";
inline constexpr std::string_view kCreated = "created";
inline constexpr std::string_view kDeviceSignature = "device_signature";
inline constexpr std::string_view kDirectory = "directory";
inline constexpr std::string_view kDirectorySha256 = "directory_sha256";
inline constexpr std::string_view kDocument = "document";
inline constexpr std::string_view kDocuments = "documents";
inline constexpr std::string_view kEndsAt = "ends_at";
inline constexpr std::string_view kEnrolments = "enrolments";
inline constexpr std::string_view kEpoch = "epoch";
inline constexpr std::string_view kError = "error";
inline constexpr std::string_view kExpires = "expires";
inline constexpr std::string_view kFailures = "failures";
inline constexpr std::string_view kFile = "file";
inline constexpr std::string_view kFormat = "format";
inline constexpr std::string_view kFreeze = "freeze";
inline constexpr std::string_view kH = "h";
inline constexpr std::string_view kHead = "head";
inline constexpr std::string_view kHeader = "header";
inline constexpr std::string_view kHeaderSha256 = "header_sha256";
inline constexpr std::string_view kHeaders = "headers";
inline constexpr std::string_view kHolder = "holder";
inline constexpr std::string_view kHolderSha256 = "holder_sha256";
inline constexpr std::string_view kId = "id";
inline constexpr std::string_view kInvitation = "invitation";
inline constexpr std::string_view kKeyring = "keyring";
inline constexpr std::string_view kLeaseMinutes = "lease_minutes";
inline constexpr std::string_view kLink = "link";
inline constexpr std::string_view kLinks = "links";
inline constexpr std::string_view kLive = "live";
inline constexpr std::string_view kLocked = "locked";
inline constexpr std::string_view kLogKey = "log_key";
inline constexpr std::string_view kMac = "mac";
inline constexpr std::string_view kMaxOpens = "max_opens";
inline constexpr std::string_view kMaximum = "maximum";
inline constexpr std::string_view kMessage = "message";
inline constexpr std::string_view kNetwork = "network";
inline constexpr std::string_view kNotAfter = "not_after";
inline constexpr std::string_view kNotBefore = "not_before";
inline constexpr std::string_view kNote = "note";
inline constexpr std::string_view kNow = "now";
inline constexpr std::string_view kObject = "object";
inline constexpr std::string_view kOffset = "offset";
inline constexpr std::string_view kOpened = "opened";
inline constexpr std::string_view kOpens = "opens";
inline constexpr std::string_view kOpensAt = "opens_at";
inline constexpr std::string_view kPackage = "package";
inline constexpr std::string_view kPackageSha256 = "package_sha256";
inline constexpr std::string_view kPart = "part";
inline constexpr std::string_view kParts = "parts";
inline constexpr std::string_view kPath = "path";
inline constexpr std::string_view kPolicy = "policy";
inline constexpr std::string_view kPolicyNote = "policy_note";
inline constexpr std::string_view kPolicySha256 = "policy_sha256";
inline constexpr std::string_view kProbe = "probe";
inline constexpr std::string_view kProbeSha256 = "probe_sha256";
inline constexpr std::string_view kPublicKey = "public_key";
inline constexpr std::string_view kReason = "reason";
inline constexpr std::string_view kRecord = "record";
inline constexpr std::string_view kReplyExpectedBy = "reply_expected_by";
inline constexpr std::string_view kRevoked = "revoked";
inline constexpr std::string_view kRow = "row";
inline constexpr std::string_view kScreenKey = "screen_key";
inline constexpr std::string_view kSha256 = "sha256";
inline constexpr std::string_view kSignature = "signature";
inline constexpr std::string_view kSigning = "signing";
inline constexpr std::string_view kSize = "size";
inline constexpr std::string_view kState = "state";
inline constexpr std::string_view kSubmission = "submission";
inline constexpr std::string_view kSubmissions = "submissions";
inline constexpr std::string_view kTlsSha256 = "tls_sha256";
inline constexpr std::string_view kToken = "token";
inline constexpr std::string_view kUntil = "until";
inline constexpr std::string_view kUpload = "upload";
inline constexpr std::string_view kVault = "vault";
inline constexpr std::string_view kVersion = "version";

}  // namespace valv::protocol::keys
