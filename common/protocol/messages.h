#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"

// The JSON bodies of docs/protocol.md: one struct, one encode and one decode each. Decoders throw
// kMalformed with the field's path.
namespace valv::protocol {

// ---- staff: vaults, notes ----

struct CreateVault {
    std::string token;  // base64url of 48 octets
    VaultId vault;
};
[[nodiscard]] std::string encode(const CreateVault& message);
[[nodiscard]] CreateVault decode_create_vault(std::string_view json);

struct VaultCreated {
    Bytes log_key;  // 32 octets
};
[[nodiscard]] std::string encode(const VaultCreated& message);
[[nodiscard]] VaultCreated decode_vault_created(std::string_view json);

struct Put {
    std::string note;
    Bytes object;
};
[[nodiscard]] std::string encode(const Put& message);
[[nodiscard]] Put decode_put(std::string_view json);

struct Head {
    std::uint32_t head = 0;  // 0: the chain is empty
};
[[nodiscard]] std::string encode(const Head& message);
[[nodiscard]] Head decode_head(std::string_view json);

// ---- staff: cases ----

struct CaseHeads {
    CaseId case_id;
    std::uint32_t epoch = 0;      // of the newest keyring
    std::uint32_t keyring = 0;    // number of the newest keyring
    std::uint32_t record = 0;     // number of the newest record
    std::uint32_t retention = 0;  // number of the newest retention note; 0: nobody decided yet
};
[[nodiscard]] std::string encode(const CaseHeads& message);
[[nodiscard]] CaseHeads decode_case_heads(std::string_view json);
[[nodiscard]] std::string encode_cases(const std::vector<CaseHeads>& cases);
[[nodiscard]] std::vector<CaseHeads> decode_cases(std::string_view json);

struct CreateCase {
    Put keyring;
    Put record;
};
[[nodiscard]] std::string encode(const CreateCase& message);
[[nodiscard]] CreateCase decode_create_case(std::string_view json);

// ---- staff: retention, erasure (docs/formats.md section 12) ----

// The object of a retention note: what a member decided about the end of a case. `at_once` excludes
// the other two.
struct Retention {
    CaseId case_id;
    bool at_once = false;
    std::optional<Instant> erase_after;  // absent: not decided
    std::optional<DeviceId> held_by;     // who set the legal hold that stands
    friend bool operator==(const Retention&, const Retention&) = default;
};
[[nodiscard]] std::string encode(const Retention& object);
[[nodiscard]] Retention decode_retention(std::string_view json);

// The log entry of an erasure with its place, and the retention note under which it was done.
struct Erasure {
    CaseId case_id;
    std::uint64_t index = 0;  // of the leaf
    std::string event;
    Bytes nonce;  // 32 octets
    Put decision;
};
[[nodiscard]] std::string encode(const Erasure& message);
[[nodiscard]] Erasure decode_erasure(std::string_view json);
[[nodiscard]] std::string encode_erasures(const std::vector<Erasure>& erasures);
[[nodiscard]] std::vector<Erasure> decode_erasures(std::string_view json);

// ---- staff: documents ----

struct CreateUpload {
    std::uint64_t size = 0;  // of the body
};
[[nodiscard]] std::string encode(const CreateUpload& message);
[[nodiscard]] CreateUpload decode_create_upload(std::string_view json);

struct UploadCreated {
    UploadId upload;
    std::uint64_t offset = 0;
};
[[nodiscard]] std::string encode(const UploadCreated& message);
[[nodiscard]] UploadCreated decode_upload_created(std::string_view json);

struct FinishUpload {
    std::uint64_t size = 0;
    Bytes body_root;  // 32 octets
    Bytes header;     // age header for the case
};
[[nodiscard]] std::string encode(const FinishUpload& message);
[[nodiscard]] FinishUpload decode_finish_upload(std::string_view json);

struct DocumentKept {
    DocumentId document;
};
[[nodiscard]] std::string encode(const DocumentKept& message);

// A document's age header for the case, by itself.
struct DocumentHeader {
    DocumentId document;
    Bytes header;
};
[[nodiscard]] std::string encode_headers(const std::vector<DocumentHeader>& headers);
[[nodiscard]] std::vector<DocumentHeader> decode_headers(std::string_view json);

// New headers, all for the keys of `epoch`: 1 … kMaxHeadersPerCall of them.
struct ReplaceHeaders {
    std::uint32_t epoch = 0;
    std::vector<DocumentHeader> headers;
};
[[nodiscard]] std::string encode(const ReplaceHeaders& message);
[[nodiscard]] ReplaceHeaders decode_replace_headers(std::string_view json);

// ---- staff: enrolment ----

struct CreateEnrolment {
    InvitationId invitation;
    Bytes probe_sha256;
    Instant expires;
};
[[nodiscard]] std::string encode(const CreateEnrolment& message);
[[nodiscard]] CreateEnrolment decode_create_enrolment(std::string_view json);

struct Submission {
    VaultId vault;
    Bytes h;          // SHA-256 of the invitation
    std::string age;  // recipient
    Bytes signing;    // Ed25519, 32 octets
    Bytes tls_sha256;
    Bytes code_signature;
    Bytes device_signature;
};
[[nodiscard]] std::string encode(const Submission& message);
[[nodiscard]] Submission decode_submission(std::string_view json);

struct Submit {
    Bytes probe;
    Submission submission;
};
[[nodiscard]] std::string encode(const Submit& message);
[[nodiscard]] Submit decode_submit(std::string_view json);

struct Probe {
    Bytes probe;
};
[[nodiscard]] std::string encode(const Probe& message);
[[nodiscard]] Probe decode_probe(std::string_view json);

struct Approval {
    std::uint32_t directory = 0;
    Bytes directory_sha256;
    std::uint64_t checkpoint_size = 0;
    Bytes checkpoint_root;
    Bytes mac;
};
[[nodiscard]] std::string encode(const Approval& message);
[[nodiscard]] Approval decode_approval(std::string_view json);

struct PollReply {
    std::optional<Approval> approval;
};
[[nodiscard]] std::string encode(const PollReply& message);
[[nodiscard]] PollReply decode_poll_reply(std::string_view json);

struct Enrolment {
    InvitationId invitation;
    Instant expires;
    std::vector<Submission> submissions;
};
[[nodiscard]] std::string encode_enrolments(const std::vector<Enrolment>& enrolments);
[[nodiscard]] std::vector<Enrolment> decode_enrolments(std::string_view json);
[[nodiscard]] std::string encode_invitation(const InvitationId& invitation);
[[nodiscard]] std::string encode_count(std::uint32_t count);

// ---- staff: log ----

// One leaf's event with its r (docs/formats.md section 9); both empty where the caller may not read
// it or it was erased.
struct LogEntry {
    std::string event;
    Bytes nonce;  // 32 octets
    [[nodiscard]] bool is_readable() const noexcept { return !event.empty(); }
};
[[nodiscard]] std::string encode_log_entries(const std::vector<LogEntry>& entries);
[[nodiscard]] std::vector<LogEntry> decode_log_entries(std::string_view json);

// ---- links: what the server enforces, and its publication (staff) ----

struct PolicyPart {
    std::uint32_t part = 0;
    std::optional<Instant> opens_at;
    std::optional<Instant> ends_at;
    Bytes sha256;
};
struct PolicyDocument {
    std::uint32_t row = 0;
    std::uint32_t part = 0;
    DocumentId document;
    Bytes header_sha256;
};
// docs/formats.md section 7; the object of a policy note, so its bytes are kept as they came.
struct Policy {
    LinkId link;
    CaseId case_id;
    std::uint32_t version = 1;
    bool needs_code = true;
    std::optional<Instant> not_before;
    Instant not_after;
    std::uint32_t max_opens = 1;
    std::uint32_t lease_minutes = 60;
    std::optional<Instant> reply_expected_by;
    std::vector<std::string> freeze;
    Bytes package_sha256;
    std::vector<PolicyPart> parts;
    std::vector<PolicyDocument> documents;
};
[[nodiscard]] std::string encode(const Policy& policy);
[[nodiscard]] Policy decode_policy(std::string_view json);

struct MacFile {
    Bytes file;  // age file
    Bytes mac;   // 32 octets
};
[[nodiscard]] std::string encode(const MacFile& message);
[[nodiscard]] MacFile decode_mac_file(std::string_view json);

struct PublishedPart {
    std::uint32_t part = 0;
    MacFile content;
};
struct PublishedHeader {
    std::uint32_t row = 0;
    Bytes header;
};
struct Publication {
    std::string note;
    Bytes policy;  // the policy's JSON text
    Bytes probe_sha256;
    Bytes public_key;
    MacFile package;
    std::vector<PublishedPart> parts;
    std::vector<PublishedHeader> headers;
};
[[nodiscard]] std::string encode(const Publication& message);
[[nodiscard]] Publication decode_publication(std::string_view json);

struct Opened {
    Instant at;
    std::string network;
    std::uint32_t holder = 0;
    Bytes holder_sha256;
    Bytes challenge;
    Bytes signature;  // empty when the link's erasure key is gone
};
struct LinkState {
    LinkId link;
    std::uint32_t version = 0;
    Instant created;
    std::optional<Instant> not_before;
    Instant not_after;
    std::uint32_t max_opens = 0;
    std::uint32_t opens = 0;
    std::uint32_t failures = 0;
    std::optional<Instant> locked;
    std::optional<Instant> revoked;
    bool is_live = false;
    std::vector<Opened> opened;
    std::string policy_note;
};
[[nodiscard]] std::string encode(const LinkState& state);
[[nodiscard]] LinkState decode_link_state(std::string_view json);
[[nodiscard]] std::string encode_links(const std::vector<LinkState>& links);
[[nodiscard]] std::vector<LinkState> decode_links(std::string_view json);

struct LinkPublished {
    LinkId link;
    Bytes policy_sha256;
    LinkState state;
};
[[nodiscard]] std::string encode(const LinkPublished& message);
[[nodiscard]] LinkPublished decode_link_published(std::string_view json);

// ---- public listener ----

struct Hello {
    LinkId id;
    Bytes probe;
};
[[nodiscard]] std::string encode(const Hello& message);
[[nodiscard]] Hello decode_hello(std::string_view json);

enum class HelloState { kLive, kUsedUp, kLocked };
[[nodiscard]] std::string_view to_string(HelloState state) noexcept;

struct Welcome {
    Bytes challenge;
    HelloState state = HelloState::kLive;
    bool needs_code = true;
    Instant now;
    std::optional<std::uint32_t> maximum;  // kUsedUp
    std::optional<Instant> at;             // kLocked
};
[[nodiscard]] std::string encode(const Welcome& message);
[[nodiscard]] Welcome decode_welcome(std::string_view json);

struct Open {
    LinkId id;
    Bytes challenge;
    Bytes holder;
    Bytes signature;
};
[[nodiscard]] std::string encode(const Open& message);
[[nodiscard]] Open decode_open(std::string_view json);

struct Lease {
    Instant until;
    Bytes screen_key;
    std::uint32_t opens = 0;
    std::uint32_t maximum = 0;
    std::uint32_t version = 0;
    Instant now;
};
[[nodiscard]] std::string encode(const Lease& message);
[[nodiscard]] Lease decode_lease(std::string_view json);

// The bearer of a lease: base64url(link id ‖ holder).
struct Bearer {
    LinkId link;
    Bytes holder;
};
[[nodiscard]] std::string encode_bearer(const Bearer& bearer);
// From the value of an Authorization header, `Bearer B`; nothing for anything else.
[[nodiscard]] std::optional<Bearer> find_bearer(std::string_view authorization);

}  // namespace valv::protocol
