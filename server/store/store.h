#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/store/rows.h"

// What the services need of a database. One interface for one SQLite file now and several
// PostgreSQL nodes later: every verb carries its condition inside (never read, decide, write), and
// the log's append gives no index back.
namespace valv::store {

class VaultTable {
public:
    virtual ~VaultTable() = default;
    // The same token again is fine: its first row stands.
    virtual void insert_token(const Hash& token_sha256, Instant expires_at) = 0;
    // True when the token is live and unused, or already claimed for this very vault: then the
    // vault's row stands (made from `row` when it is new; an older row stands with its own log
    // key). A claim is final; finish_tokens_of makes the token useless.
    [[nodiscard]] virtual bool claim_token(const Hash& token_sha256, const VaultRow& row,
                                           Instant now) = 0;
    // Whether claim_token would succeed now.
    [[nodiscard]] virtual bool is_token_usable(const Hash& token_sha256, const VaultId& vault,
                                               Instant now) = 0;
    virtual void finish_tokens_of(const VaultId& vault) = 0;
    [[nodiscard]] virtual std::optional<VaultRow> find(const VaultId& vault) = 0;
    [[nodiscard]] virtual std::vector<VaultId> list() = 0;
    // Replaces the vault's device lines. False (and nothing changed) when a TLS key, device id or
    // signing key stands in another vault, or twice in `devices`.
    [[nodiscard]] virtual bool replace_devices(const VaultId& vault,
                                               const std::vector<DeviceRow>& devices) = 0;
    [[nodiscard]] virtual std::optional<DeviceRow> find_device(const VaultId& vault,
                                                               const Hash& tls_key_sha256) = 0;
};

class NoteTable {
public:
    virtual ~NoteTable() = default;
    [[nodiscard]] virtual std::optional<NoteHead> find_head(const ChainKey& chain) = 0;
    // Compare-and-set: appends when the head is number−1 with hash `previous` (absent for number
    // 1). False when another stands.
    [[nodiscard]] virtual bool put_if(const ChainKey& chain, const std::optional<Hash>& previous,
                                      const NoteRow& row) = 0;
    [[nodiscard]] virtual std::optional<NoteRow> find(const ChainKey& chain,
                                                      std::uint32_t number) = 0;
    // Every chain of a vault, for check: ascending by kind, case and object.
    [[nodiscard]] virtual std::vector<ChainKey> list_chains(const VaultId& vault) = 0;
};

class CaseTable {
public:
    virtual ~CaseTable() = default;
    // False when the id exists already or was erased (in any vault).
    [[nodiscard]] virtual bool insert(const VaultId& vault, const CaseId& case_id,
                                      Instant created_at) = 0;
    // The devices of the newest keyring. Throws kStore for a case that is not there.
    virtual void replace_members(const VaultId& vault, const CaseId& case_id,
                                 const std::vector<DeviceId>& devices) = 0;
    [[nodiscard]] virtual bool is_member(const VaultId& vault, const CaseId& case_id,
                                         const DeviceId& device) = 0;
    // Ascending by id.
    [[nodiscard]] virtual std::vector<CaseId> list_of_member(const VaultId& vault,
                                                             const DeviceId& device) = 0;
    [[nodiscard]] virtual std::vector<CaseId> list(const VaultId& vault) = 0;
};

class DocumentTable {
public:
    virtual ~DocumentTable() = default;
    // False when the document id exists in the vault, or another upload for it is open, or the
    // upload id stands for another document. The same upload again is true and changes nothing.
    [[nodiscard]] virtual bool insert_upload(const UploadRow& row) = 0;
    [[nodiscard]] virtual std::optional<UploadRow> find_upload(const VaultId& vault,
                                                               const CaseId& case_id,
                                                               const UploadId& upload) = 0;
    // Appends a durable piece when the offset is still `at`. False when another offset stands, or
    // the piece goes past the announced size.
    [[nodiscard]] virtual bool append_piece(const UploadId& upload, std::uint64_t at,
                                            const Piece& piece) = 0;
    virtual void remove_upload(const UploadId& upload) = 0;
    // Turns the upload of row's vault, case and document into that document; its pieces are the
    // upload's (row.pieces is not read). False when the upload is gone, of another document, or not
    // complete with row's size; true again for the same document already made from it.
    [[nodiscard]] virtual bool finish_upload(const UploadId& upload, const DocumentRow& row) = 0;
    [[nodiscard]] virtual std::optional<DocumentRow> find(const VaultId& vault,
                                                          const CaseId& case_id,
                                                          const DocumentId& document) = 0;
    // False when there is no such document.
    [[nodiscard]] virtual bool replace_header(const VaultId& vault, const CaseId& case_id,
                                              const DocumentId& document, const Bytes& header) = 0;
    // Removes the row and gives it back, so that its blobs can be removed after the commit.
    [[nodiscard]] virtual std::optional<DocumentRow> remove(const VaultId& vault,
                                                            const CaseId& case_id,
                                                            const DocumentId& document) = 0;
    // Octets of documents and of open uploads (as announced) of a vault, for the quota.
    [[nodiscard]] virtual std::uint64_t octets_of(const VaultId& vault) = 0;
    // Every blob that a row names, for the sweep.
    [[nodiscard]] virtual std::vector<BlobId> referenced_blobs() = 0;
    // Uploads begun before `before`: removed and given back.
    [[nodiscard]] virtual std::vector<UploadRow> remove_stale_uploads(Instant before) = 0;
    // Ascending by id.
    [[nodiscard]] virtual std::vector<DocumentRow> list_of_case(const VaultId& vault,
                                                                const CaseId& case_id) = 0;
    // Every document of a vault, every open upload of all vaults, for check: ascending by id.
    [[nodiscard]] virtual std::vector<DocumentRow> list(const VaultId& vault) = 0;
    [[nodiscard]] virtual std::vector<UploadRow> list_uploads() = 0;
};

class LinkTable {
public:
    virtual ~LinkTable() = default;
    // False when the link id exists.
    [[nodiscard]] virtual bool insert(const LinkPublication& publication) = 0;
    // By the one table without a vault in its key.
    [[nodiscard]] virtual std::optional<LinkRow> find(const LinkId& link) = 0;
    // In order of creation, then of id.
    [[nodiscard]] virtual std::vector<LinkRow> list(const VaultId& vault,
                                                    const CaseId& case_id) = 0;
    [[nodiscard]] virtual std::vector<LinkRow> list_of_vault(const VaultId& vault) = 0;
    [[nodiscard]] virtual std::optional<LinkPartRow> find_part(const LinkId& link,
                                                               std::uint32_t part) = 0;
    [[nodiscard]] virtual std::optional<LinkDocumentRow> find_document(const LinkId& link,
                                                                       std::uint32_t row) = 0;
    // True when this call revoked it; leases end at once. A revoked link stays revoked with its
    // first time.
    [[nodiscard]] virtual bool revoke(const VaultId& vault, const CaseId& case_id,
                                      const LinkId& link, Instant now) = 0;
    // Drops the challenges that have expired at `now`. Throws kStore for a link that is not there.
    virtual void insert_challenge(const LinkId& link, const Hash& challenge_sha256,
                                  Instant expires_at, Instant now) = 0;
    // The exact lease, in this order (docs/protocol.md section 4): consume the challenge; lock the
    // link's row; revoked, expired, not yet; waiting prefix (not counted); wrong signature (counted
    // for link and prefix; from the 5th on the prefix waits 1 min, doubling to 15; lock at
    // failures_allowed); this holder's live lease (same lease, nothing counted); locked; then one
    // conditional UPDATE of opens and a plain INSERT of the lease. A new lease also writes its
    // OpenedRow and ends at min(now + lease_length, not_after).
    [[nodiscard]] virtual OpenOutcome open(const OpenAttempt& attempt) = 0;
    [[nodiscard]] virtual std::optional<LeaseRow> find_live_lease(const LinkId& link,
                                                                  const Hash& holder_sha256,
                                                                  Instant now) = 0;
    // In order of time of commit.
    [[nodiscard]] virtual std::vector<OpenedRow> opened(const LinkId& link) = 0;
    // Every lease that still stands, live or not, for check.
    [[nodiscard]] virtual std::vector<LeaseRow> leases(const LinkId& link) = 0;
    // Drops the leases that are over, and with them their screen keys.
    virtual void remove_expired_leases(Instant now) = 0;
    // Links that have ended (revoked or expired) and whose last lease is over, not emptied yet;
    // mark_emptied drops parts, documents, leases and challenges. The caller raises the time to
    // `now` before it destroys their erasure keys, so that check knows why they are gone.
    [[nodiscard]] virtual std::vector<LinkId> list_to_empty(Instant now) = 0;
    virtual void mark_emptied(const LinkId& link) = 0;
};

class EnrolmentTable {
public:
    virtual ~EnrolmentTable() = default;
    // False when the id exists.
    [[nodiscard]] virtual bool insert(const InvitationRow& row) = 0;
    [[nodiscard]] virtual std::optional<InvitationRow> find(const VaultId& vault,
                                                            const InvitationId& invitation) = 0;
    // Those that have not expired, in order of expiry, then of id.
    [[nodiscard]] virtual std::vector<InvitationRow> list(const VaultId& vault, Instant now) = 0;
    // The count after adding, or nothing when there are five, it has expired, or it is approved.
    [[nodiscard]] virtual std::optional<std::uint32_t> add_submission(
        const VaultId& vault, const InvitationId& invitation, std::string_view submission,
        Instant now) = 0;
    // True when this very approval stands afterwards; false when the invitation is absent or
    // approved with another text.
    [[nodiscard]] virtual bool approve(const VaultId& vault, const InvitationId& invitation,
                                       std::string_view approval) = 0;
    [[nodiscard]] virtual bool remove(const VaultId& vault, const InvitationId& invitation) = 0;
    virtual void remove_expired(Instant before) = 0;  // those with expires_at < before
};

// What members decided about the end of their cases, and the cases that are being erased or were.
class ErasureTable {
public:
    virtual ~ErasureTable() = default;
    // Takes the place of the case's row. Throws kStore for a case that is not there.
    virtual void put_retention(const RetentionRow& row) = 0;
    [[nodiscard]] virtual std::optional<RetentionRow> find_retention(const VaultId& vault,
                                                                     const CaseId& case_id) = 0;
    // Not held, and erase_after ≤ now; without those that are being erased. Ascending by case.
    [[nodiscard]] virtual std::vector<RetentionRow> list_due(Instant now) = 0;
    // From here on the case has no members; who was one is remembered, for find_of_member. False
    // when there is no such case, or it is being erased or was.
    [[nodiscard]] virtual bool begin(const ErasureRow& row) = 0;
    [[nodiscard]] virtual std::optional<ErasureRow> find(const VaultId& vault,
                                                         const CaseId& case_id) = 0;
    // Was the device a member when it began?
    [[nodiscard]] virtual bool was_member(const VaultId& vault, const CaseId& case_id,
                                          const DeviceId& device) = 0;
    // Of a vault, and of those the ones that are not finished of all vaults: ascending by case.
    [[nodiscard]] virtual std::vector<ErasureRow> list(const VaultId& vault) = 0;
    [[nodiscard]] virtual std::vector<ErasureRow> list_unfinished() = 0;
    // Drops every row of the case but the erasure's own: notes, documents, uploads, links,
    // retention and the case. Again is fine.
    virtual void drop_rows(const VaultId& vault, const CaseId& case_id) = 0;
    virtual void finish(const VaultId& vault, const CaseId& case_id) = 0;
};

class LogTable {
public:
    virtual ~LogTable() = default;
    // Gives no index back: a later store may number after the commit.
    virtual void append(const VaultId& vault, const LogEntry& entry) = 0;
    [[nodiscard]] virtual LogHead head(const VaultId& vault) = 0;
    // Leaf hashes first … first+count−1, fewer at the end.
    [[nodiscard]] virtual std::vector<Hash> leaf_hashes(const VaultId& vault, std::uint64_t first,
                                                        std::uint64_t count) = 0;
    // The same of a level of tiles (c2sp.org/tlog-tiles): hash i of level n + 1 is the root over
    // hashes 256·i … 256·i + 255 of level n; level 0 is the leaves.
    [[nodiscard]] virtual std::vector<Hash> tile_hashes(const VaultId& vault, unsigned level,
                                                        std::uint64_t first,
                                                        std::uint64_t count) = 0;
    // What was appended, in the same order: for entries' tiles and check.
    [[nodiscard]] virtual std::vector<LogEntry> entries(const VaultId& vault, std::uint64_t first,
                                                        std::uint64_t count) = 0;
    // The first leaf with this hash, from `first` on; nothing when there is none (or a later store
    // has not numbered it yet).
    [[nodiscard]] virtual std::optional<std::uint64_t> find_leaf(const VaultId& vault,
                                                                 const Hash& leaf_hash,
                                                                 std::uint64_t first) = 0;
    // Of the entries before `before` whose event has this whole line: event and nonce become empty,
    // the leaf stays.
    virtual void forget_events(const VaultId& vault, std::string_view line,
                               std::uint64_t before) = 0;
    // The signed checkpoint for a size, written before it is published: never two roots for one
    // size. The same text again is fine, another one throws kConflict.
    [[nodiscard]] virtual std::optional<std::string> find_checkpoint(const VaultId& vault,
                                                                     std::uint64_t size) = 0;
    virtual void put_checkpoint(const VaultId& vault, std::uint64_t size,
                                std::string_view checkpoint) = 0;
};

class RequestTable {
public:
    virtual ~RequestTable() = default;
    [[nodiscard]] virtual std::optional<RequestRow> find(const RequestKey& key,
                                                         std::string_view principal,
                                                         Instant now) = 0;
    // Takes the place of an expired row; throws kConflict when one of the same or a later expiry
    // stands.
    virtual void insert(const RequestRow& row) = 0;
    virtual void remove_expired(Instant before) = 0;
};

class Tx {
public:
    virtual ~Tx() = default;
    virtual VaultTable& vaults() = 0;
    virtual NoteTable& notes() = 0;
    virtual CaseTable& cases() = 0;
    virtual DocumentTable& documents() = 0;
    virtual LinkTable& links() = 0;
    virtual EnrolmentTable& enrolments() = 0;
    virtual ErasureTable& erasures() = 0;
    virtual LogTable& log() = 0;
    virtual RequestTable& requests() = 0;
    // The greatest time that any transaction has stored; raise_time never lowers it. An expired
    // link stays expired when the clock goes back.
    [[nodiscard]] virtual Instant time_high_water() = 0;
    virtual void raise_time(Instant now) = 0;
};

enum class TxKind { kRead, kWrite };

class Store {
public:
    virtual ~Store() = default;

    // Runs fn in one transaction; durable when it returns (kWrite). An exception of fn rolls back
    // and passes on. fn may run more than once: it has no effect but its reads and writes of Tx,
    // and randomness, ids and the time are drawn before it. Throws kUnavailable when the store is
    // read-only, kStorageFull when the disk is full, kStore for anything else. Callable from any
    // thread.
    template <typename Fn>
    auto transact(TxKind kind, Fn fn) {
        using Result = decltype(fn(std::declval<Tx&>()));
        if constexpr (std::is_void_v<Result>) {
            run(kind, [&](Tx& tx) { fn(tx); });
        } else {
            std::optional<Result> result;
            run(kind, [&](Tx& tx) { result.emplace(fn(tx)); });
            return std::move(*result);
        }
    }

    // False after an I/O error of unknown effect: reads go on, writes are refused until a restart.
    [[nodiscard]] virtual bool is_writable() = 0;
    // Leaves nothing of removed rows in any file of the store. False while a reader of an older
    // state keeps it from that: again later. Throws as transact.
    [[nodiscard]] virtual bool purge_removed() = 0;
    // What the database's own checks find wrong; empty when all is well, or where there is no
    // database.
    [[nodiscard]] virtual std::vector<std::string> integrity_faults() { return {}; }

protected:
    virtual void run(TxKind kind, const std::function<void(Tx&)>& fn) = 0;
};

}  // namespace valv::store
