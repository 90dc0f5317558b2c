#include "common/protocol/json.h"
#include "common/protocol/keys.h"
#include "common/protocol/limits.h"
#include "common/protocol/messages.h"

namespace valv::protocol {
namespace {

constexpr std::size_t kMaxTokenBytes = 64;
constexpr std::size_t kMaxRecipientBytes = 4096;

JsonWriter writer_of(const Put& put) {
    JsonWriter json;
    json.text(keys::kNote, put.note).octets(keys::kObject, put.object);
    return json;
}

Put read_put(JsonObject object) {
    Put put{.note = object.text(keys::kNote, limits::kMaxNoteBytes),
            .object = object.octets(keys::kObject)};
    object.finish();
    return put;
}

JsonWriter writer_of(const CaseHeads& heads) {
    JsonWriter json;
    json.id(keys::kCase, heads.case_id).integer(keys::kEpoch, heads.epoch);
    json.integer(keys::kKeyring, heads.keyring).integer(keys::kRecord, heads.record);
    json.integer(keys::kRetention, heads.retention);
    return json;
}

CaseHeads read_case_heads(JsonObject object) {
    CaseHeads heads{.case_id = object.id<CaseId>(keys::kCase),
                    .epoch = object.count(keys::kEpoch),
                    .keyring = object.count(keys::kKeyring),
                    .record = object.count(keys::kRecord),
                    .retention = object.count(keys::kRetention)};
    object.finish();
    return heads;
}

JsonWriter writer_of(const Submission& submission) {
    JsonWriter json;
    json.id(keys::kVault, submission.vault)
        .octets(keys::kH, submission.h)
        .text(keys::kAge, submission.age);
    json.octets(keys::kSigning, submission.signing).octets(keys::kTlsSha256, submission.tls_sha256);
    json.octets(keys::kCodeSignature, submission.code_signature);
    json.octets(keys::kDeviceSignature, submission.device_signature);
    return json;
}

Submission read_submission(JsonObject object) {
    Submission submission{
        .vault = object.id<VaultId>(keys::kVault),
        .h = object.fixed_octets(keys::kH),
        .age = object.text(keys::kAge, kMaxRecipientBytes),
        .signing = object.fixed_octets(keys::kSigning),
        .tls_sha256 = object.fixed_octets(keys::kTlsSha256),
        .code_signature = object.fixed_octets(keys::kCodeSignature, limits::kSignatureBytes),
        .device_signature = object.fixed_octets(keys::kDeviceSignature, limits::kSignatureBytes)};
    object.finish();
    return submission;
}

JsonWriter writer_of(const Approval& approval) {
    JsonWriter json;
    json.integer(keys::kDirectory, approval.directory)
        .octets(keys::kDirectorySha256, approval.directory_sha256);
    json.integer(keys::kCheckpointSize, approval.checkpoint_size);
    json.octets(keys::kCheckpointRoot, approval.checkpoint_root).octets(keys::kMac, approval.mac);
    return json;
}

Approval read_approval(JsonObject object) {
    Approval approval{.directory = object.count(keys::kDirectory),
                      .directory_sha256 = object.fixed_octets(keys::kDirectorySha256),
                      .checkpoint_size = object.integer(keys::kCheckpointSize),
                      .checkpoint_root = object.fixed_octets(keys::kCheckpointRoot),
                      .mac = object.fixed_octets(keys::kMac)};
    object.finish();
    return approval;
}

}  // namespace

std::string encode(const CreateVault& message) {
    return JsonWriter().text(keys::kToken, message.token).id(keys::kVault, message.vault).take();
}
CreateVault decode_create_vault(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    CreateVault message{.token = object.text(keys::kToken, kMaxTokenBytes),
                        .vault = object.id<VaultId>(keys::kVault)};
    object.finish();
    return message;
}

std::string encode(const VaultCreated& message) {
    return JsonWriter().octets(keys::kLogKey, message.log_key).take();
}
VaultCreated decode_vault_created(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    VaultCreated message{.log_key = object.fixed_octets(keys::kLogKey)};
    object.finish();
    return message;
}

std::string encode(const Put& message) {
    return writer_of(message).take();
}
Put decode_put(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    return read_put(document.object());
}

std::string encode(const Head& message) {
    return JsonWriter().integer(keys::kHead, message.head).take();
}
Head decode_head(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    const Head message{.head = object.count(keys::kHead)};
    object.finish();
    return message;
}

std::string encode(const CaseHeads& message) {
    return writer_of(message).take();
}
CaseHeads decode_case_heads(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    return read_case_heads(document.object());
}

std::string encode_cases(const std::vector<CaseHeads>& cases) {
    std::vector<JsonWriter> rows;
    for (const CaseHeads& heads : cases) {
        rows.push_back(writer_of(heads));
    }
    return JsonWriter().objects(keys::kCases, std::move(rows)).take();
}
std::vector<CaseHeads> decode_cases(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    std::vector<CaseHeads> cases;
    for (const JsonObject& row : object.objects(keys::kCases, limits::kMaxListed)) {
        cases.push_back(read_case_heads(row));
    }
    object.finish();
    return cases;
}

std::string encode(const CreateCase& message) {
    return JsonWriter()
        .object(keys::kKeyring, writer_of(message.keyring))
        .object(keys::kRecord, writer_of(message.record))
        .take();
}
CreateCase decode_create_case(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    CreateCase message{.keyring = read_put(object.object(keys::kKeyring)),
                       .record = read_put(object.object(keys::kRecord))};
    object.finish();
    return message;
}

std::string encode(const CreateEnrolment& message) {
    JsonWriter json;
    json.id(keys::kInvitation, message.invitation).octets(keys::kProbeSha256, message.probe_sha256);
    return json.instant(keys::kExpires, message.expires).take();
}
CreateEnrolment decode_create_enrolment(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    CreateEnrolment message{.invitation = object.id<InvitationId>(keys::kInvitation),
                            .probe_sha256 = object.fixed_octets(keys::kProbeSha256),
                            .expires = object.instant(keys::kExpires)};
    object.finish();
    return message;
}

std::string encode(const Submission& message) {
    return writer_of(message).take();
}
Submission decode_submission(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    return read_submission(document.object());
}

std::string encode(const Submit& message) {
    return JsonWriter()
        .octets(keys::kProbe, message.probe)
        .object(keys::kSubmission, writer_of(message.submission))
        .take();
}
Submit decode_submit(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    Submit message{.probe = object.fixed_octets(keys::kProbe),
                   .submission = read_submission(object.object(keys::kSubmission))};
    object.finish();
    return message;
}

std::string encode(const Probe& message) {
    return JsonWriter().octets(keys::kProbe, message.probe).take();
}
Probe decode_probe(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    Probe message{.probe = object.fixed_octets(keys::kProbe)};
    object.finish();
    return message;
}

std::string encode(const Approval& message) {
    return writer_of(message).take();
}
Approval decode_approval(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    return read_approval(document.object());
}

std::string encode(const PollReply& message) {
    JsonWriter json;
    if (message.approval) {
        json.object(keys::kApproval, writer_of(*message.approval));
    }
    return json.take();
}
PollReply decode_poll_reply(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    PollReply message;
    if (object.has(keys::kApproval)) {
        message.approval = read_approval(object.object(keys::kApproval));
    }
    object.finish();
    return message;
}

std::string encode_enrolments(const std::vector<Enrolment>& enrolments) {
    std::vector<JsonWriter> rows;
    for (const Enrolment& enrolment : enrolments) {
        std::vector<JsonWriter> submissions;
        for (const Submission& submission : enrolment.submissions) {
            submissions.push_back(writer_of(submission));
        }
        JsonWriter row;
        row.id(keys::kInvitation, enrolment.invitation).instant(keys::kExpires, enrolment.expires);
        row.objects(keys::kSubmissions, std::move(submissions));
        rows.push_back(std::move(row));
    }
    return JsonWriter().objects(keys::kEnrolments, std::move(rows)).take();
}
std::vector<Enrolment> decode_enrolments(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    std::vector<Enrolment> enrolments;
    for (JsonObject& row : object.objects(keys::kEnrolments, limits::kMaxListed)) {
        Enrolment enrolment{.invitation = row.id<InvitationId>(keys::kInvitation),
                            .expires = row.instant(keys::kExpires),
                            .submissions = {}};
        for (const JsonObject& submission :
             row.objects(keys::kSubmissions, limits::kMaxSubmissions)) {
            enrolment.submissions.push_back(read_submission(submission));
        }
        row.finish();
        enrolments.push_back(std::move(enrolment));
    }
    object.finish();
    return enrolments;
}

std::string encode_log_entries(const std::vector<LogEntry>& entries) {
    std::vector<JsonWriter> rows;
    for (const LogEntry& entry : entries) {
        JsonWriter& row = rows.emplace_back();
        if (entry.is_readable()) {
            row.text(keys::kEvent, entry.event).octets(keys::kNonce, entry.nonce);
        }
    }
    return JsonWriter().objects(keys::kEntries, std::move(rows)).take();
}
std::vector<LogEntry> decode_log_entries(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    std::vector<LogEntry> entries;
    for (JsonObject& row : object.objects(keys::kEntries, limits::kMaxTileHashes)) {
        LogEntry& entry = entries.emplace_back();
        if (row.has(keys::kEvent)) {
            entry = {.event = row.text(keys::kEvent, limits::kMaxEventBytes),
                     .nonce = row.fixed_octets(keys::kNonce)};
        }
        row.finish();
    }
    object.finish();
    return entries;
}

std::string encode_invitation(const InvitationId& invitation) {
    return JsonWriter().id(keys::kInvitation, invitation).take();
}
std::string encode_count(std::uint32_t count) {
    return JsonWriter().integer(keys::kCount, count).take();
}

}  // namespace valv::protocol
