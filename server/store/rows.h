#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "crypto/core/hash.h"

// The rows of the server's tables: plain values, no rule. Sizes are octets, times have a resolution
// of one second. `Masked` octets were masked by the service (docs/formats.md section 6); the store
// never sees what is under a mask.
namespace valv::store {

using crypto::Hash;

struct Masked {
    Bytes salt{};  // 16 octets, fresh for each write
    Bytes octets{};
};

// ---- vaults ----

struct VaultRow {
    VaultId vault{};
    Bytes log_key{};  // Ed25519 public key, 32 octets
    Instant created_at{};
};

// A device line of the newest directory note, for the lookup that every staff request makes.
struct DeviceRow {
    VaultId vault{};
    DeviceId device{};
    PersonId person{};
    std::string role{};   // `admin`, `coordinator`, `auditor`
    Bytes signing_key{};  // Ed25519, 32 octets
    Hash tls_key_sha256{};
    bool is_active = false;
};

// ---- signed notes ----

enum class NoteKind { kDirectory, kKeyring, kRecord, kPolicy, kRetention };

// (vault, kind, case, object): one chain of notes. `case_id` is absent for the directory; `object`
// is the vault's, the case's or the link's 16 octets (docs/formats.md section 3).
struct ChainKey {
    VaultId vault{};
    NoteKind kind = NoteKind::kDirectory;
    std::optional<CaseId> case_id{};
    Bytes object{};
};

struct NoteHead {
    std::uint32_t epoch = 0;
    std::uint32_t number = 0;
    Hash note_sha256{};
    std::uint32_t directory_number = 0;  // the directory note that it is made under
};

struct NoteRow {
    NoteHead head{};
    std::string note{};  // the whole signed note
    Masked object{};     // keyrings are masked; the other kinds have an empty salt and plain octets
};

// ---- documents ----

struct Piece {
    BlobId blob{};
    std::uint64_t size = 0;
};

struct UploadRow {
    VaultId vault{};
    CaseId case_id{};
    DocumentId document{};
    UploadId upload{};
    DeviceId device{};
    std::uint64_t size = 0;    // announced
    std::uint64_t offset = 0;  // what is durable: the sum of the pieces
    std::vector<Piece> pieces{};
    Instant created_at{};
};

struct DocumentRow {
    VaultId vault{};
    CaseId case_id{};
    DocumentId document{};
    std::uint64_t size = 0;  // of the body
    Hash body_root{};
    Bytes header{};  // age header for the case
    std::vector<Piece> pieces{};
    DeviceId device{};
    Instant created_at{};
};

// ---- retention, erasure ----

// What the newest retention note of a case says (docs/formats.md section 12).
struct RetentionRow {
    VaultId vault{};
    CaseId case_id{};
    std::optional<Instant> erase_after{};
    std::optional<DeviceId> held_by{};
};

// A case that is being erased or was. It keeps who may learn of it, and no content.
struct ErasureRow {
    VaultId vault{};
    CaseId case_id{};
    std::string event{};  // its log entry
    Bytes nonce{};        // r of that entry
    Hash leaf_hash{};
    std::uint64_t log_size = 0;  // of the log before that entry: its leaf is this one or later
    std::string note{};          // the retention note under which it was done, with its object
    Bytes object{};
    bool is_finished = false;  // keys, rows and blobs are gone
};

// ---- links ----

struct LinkRow {
    LinkId link{};
    VaultId vault{};
    CaseId case_id{};
    Hash probe_sha256{};
    Masked public_key{};
    std::uint32_t version = 0;
    bool needs_code = true;
    std::optional<Instant> not_before{};
    Instant not_after{};
    std::uint32_t max_opens = 0;
    std::chrono::minutes lease_length{0};
    std::uint32_t opens = 0;
    std::uint32_t failures = 0;
    std::uint32_t failures_allowed = 0;  // locked when failures reaches it
    std::optional<Instant> locked_at{};
    std::optional<Instant> revoked_at{};
    bool is_emptied = false;  // its erasure key is gone
    Instant created_at{};
};

struct LinkPartRow {
    std::uint32_t part = 0;  // from 1; 0 is the package
    std::optional<Instant> opens_at{};
    std::optional<Instant> ends_at{};
    Masked file{};
    Bytes mac{};  // 32 octets
};

struct LinkDocumentRow {
    std::uint32_t row = 0;  // from 1
    std::uint32_t part = 0;
    DocumentId document{};
    Masked header{};
};

struct LinkPublication {
    LinkRow link{};
    std::vector<LinkPartRow> parts{};  // the package is part 0
    std::vector<LinkDocumentRow> documents{};
};

struct LeaseRow {
    LinkId link{};
    Hash holder_sha256{};
    std::uint32_t holder_number = 0;  // from 1, in order of first open
    Bytes screen_key{};               // 32 octets, deleted with the lease
    Instant until{};
    Hash log_leaf{};  // of the log entry of the open that gave it
};

struct OpenedRow {
    Instant at{};
    std::string network{};  // `203.0.113.0/24`, `2001:db8::/48`
    std::uint32_t holder_number = 0;
    Hash holder_sha256{};
    Bytes challenge{};  // 32 octets
    Masked signature{};
};

// Everything that an open needs, drawn and computed before the transaction (fn may run twice).
struct OpenAttempt {
    LinkId link{};
    Hash challenge_sha256{};
    Bytes challenge{};
    Hash holder_sha256{};
    std::string network{};
    bool signature_is_right = false;
    Masked signature{};
    Bytes screen_key{};  // for a new lease
    Instant now{};
    Hash log_leaf{};  // of the entry that a new lease is logged with
};

enum class OpenResult {
    kNoChallenge,
    kRevoked,
    kExpired,
    kNotYet,
    kWaiting,
    kWrongCode,
    kLocked,
    kUsedUp,
    kLease
};

struct OpenOutcome {
    OpenResult result = OpenResult::kNoChallenge;
    std::optional<LeaseRow> lease{};  // kLease
    bool is_new_lease = false;        // kLease: counted, to be logged
    bool is_newly_locked = false;     // kWrongCode: to be logged
    std::optional<Instant> at{};  // kWaiting: next try; kExpired, kRevoked, kNotYet, kLocked: when
    LinkRow link{};               // as it stands after the attempt; unset for kNoChallenge
};

// ---- enrolment ----

struct InvitationRow {
    VaultId vault{};
    InvitationId invitation{};
    Hash probe_sha256{};
    Instant expires_at{};
    std::vector<std::string> submissions{};  // JSON texts, at most kMaxSubmissions
    std::optional<std::string> approval{};   // JSON text
};

// ---- log, requests ----

struct LogEntry {
    std::string event{};  // docs/formats.md section 9
    Bytes nonce{};        // r, 32 octets
    Hash leaf_hash{};     // SHA-256(00 ‖ leaf data)
};

struct LogHead {
    std::uint64_t size = 0;
    Hash root{};
};

struct RequestRow {
    RequestKey key{};
    std::string principal{};  // who and which route
    Hash body_sha256{};
    std::string reply{};  // JSON text of the first reply
    Instant expires_at{};
};

}  // namespace valv::store
