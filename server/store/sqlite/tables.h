#pragma once

#include "server/store/sqlite/database.h"
#include "server/store/store.h"

// The tables over one SQLite connection. Each verb is one statement or a few in the transaction
// that is open; the one writer makes them exact.
namespace valv::store {

class SqliteVaultTable final : public VaultTable {
public:
    explicit SqliteVaultTable(Connection& connection) : db_(connection) {}
    void insert_token(const Hash& token_sha256, Instant expires_at) override;
    [[nodiscard]] bool claim_token(const Hash& token_sha256, const VaultRow& row,
                                   Instant now) override;
    [[nodiscard]] bool is_token_usable(const Hash& token_sha256, const VaultId& vault,
                                       Instant now) override;
    void finish_tokens_of(const VaultId& vault) override;
    [[nodiscard]] std::optional<VaultRow> find(const VaultId& vault) override;
    [[nodiscard]] std::vector<VaultId> list() override;
    [[nodiscard]] bool replace_devices(const VaultId& vault,
                                       const std::vector<DeviceRow>& devices) override;
    [[nodiscard]] std::optional<DeviceRow> find_device(const VaultId& vault,
                                                       const Hash& tls_key_sha256) override;

private:
    Connection& db_;
};

class SqliteNoteTable final : public NoteTable {
public:
    explicit SqliteNoteTable(Connection& connection) : db_(connection) {}
    [[nodiscard]] std::optional<NoteHead> find_head(const ChainKey& chain) override;
    [[nodiscard]] bool put_if(const ChainKey& chain, const std::optional<Hash>& previous,
                              const NoteRow& row) override;
    [[nodiscard]] std::optional<NoteRow> find(const ChainKey& chain, std::uint32_t number) override;
    [[nodiscard]] std::vector<ChainKey> list_chains(const VaultId& vault) override;

private:
    Connection& db_;
};

class SqliteCaseTable final : public CaseTable {
public:
    explicit SqliteCaseTable(Connection& connection) : db_(connection) {}
    [[nodiscard]] bool insert(const VaultId& vault, const CaseId& case_id,
                              Instant created_at) override;
    void replace_members(const VaultId& vault, const CaseId& case_id,
                         const std::vector<DeviceId>& devices) override;
    [[nodiscard]] bool is_member(const VaultId& vault, const CaseId& case_id,
                                 const DeviceId& device) override;
    [[nodiscard]] std::vector<CaseId> list_of_member(const VaultId& vault,
                                                     const DeviceId& device) override;
    [[nodiscard]] std::vector<CaseId> list(const VaultId& vault) override;

private:
    Connection& db_;
};

class SqliteDocumentTable final : public DocumentTable {
public:
    explicit SqliteDocumentTable(Connection& connection) : db_(connection) {}
    [[nodiscard]] bool insert_upload(const UploadRow& row) override;
    [[nodiscard]] std::optional<UploadRow> find_upload(const VaultId& vault, const CaseId& case_id,
                                                       const UploadId& upload) override;
    [[nodiscard]] bool append_piece(const UploadId& upload, std::uint64_t at,
                                    const Piece& piece) override;
    void remove_upload(const UploadId& upload) override;
    [[nodiscard]] bool finish_upload(const UploadId& upload, const DocumentRow& row) override;
    [[nodiscard]] std::optional<DocumentRow> find(const VaultId& vault, const CaseId& case_id,
                                                  const DocumentId& document) override;
    [[nodiscard]] std::optional<DocumentRow> remove(const VaultId& vault, const CaseId& case_id,
                                                    const DocumentId& document) override;
    [[nodiscard]] std::uint64_t octets_of(const VaultId& vault) override;
    [[nodiscard]] std::vector<BlobId> referenced_blobs() override;
    [[nodiscard]] std::vector<UploadRow> remove_stale_uploads(Instant before) override;
    [[nodiscard]] bool replace_header(const VaultId& vault, const CaseId& case_id,
                                      const DocumentId& document, const Bytes& header) override;
    [[nodiscard]] std::vector<DocumentRow> list_of_case(const VaultId& vault,
                                                        const CaseId& case_id) override;
    [[nodiscard]] std::vector<DocumentRow> list(const VaultId& vault) override;
    [[nodiscard]] std::vector<UploadRow> list_uploads() override;

private:
    Connection& db_;
};

class SqliteLinkTable final : public LinkTable {
public:
    explicit SqliteLinkTable(Connection& connection) : db_(connection) {}
    [[nodiscard]] bool insert(const LinkPublication& publication) override;
    [[nodiscard]] std::optional<LinkRow> find(const LinkId& link) override;
    [[nodiscard]] std::vector<LinkRow> list(const VaultId& vault, const CaseId& case_id) override;
    [[nodiscard]] std::vector<LinkRow> list_of_vault(const VaultId& vault) override;
    [[nodiscard]] std::optional<LinkPartRow> find_part(const LinkId& link,
                                                       std::uint32_t part) override;
    [[nodiscard]] std::optional<LinkDocumentRow> find_document(const LinkId& link,
                                                               std::uint32_t row) override;
    [[nodiscard]] bool revoke(const VaultId& vault, const CaseId& case_id, const LinkId& link,
                              Instant now) override;
    void insert_challenge(const LinkId& link, const Hash& challenge_sha256, Instant expires_at,
                          Instant now) override;
    [[nodiscard]] OpenOutcome open(const OpenAttempt& attempt) override;
    [[nodiscard]] std::optional<LeaseRow> find_live_lease(const LinkId& link,
                                                          const Hash& holder_sha256,
                                                          Instant now) override;
    [[nodiscard]] std::vector<OpenedRow> opened(const LinkId& link) override;
    [[nodiscard]] std::vector<LeaseRow> leases(const LinkId& link) override;
    void remove_expired_leases(Instant now) override;
    [[nodiscard]] std::vector<LinkId> list_to_empty(Instant now) override;
    void mark_emptied(const LinkId& link) override;

private:
    Connection& db_;
};

class SqliteEnrolmentTable final : public EnrolmentTable {
public:
    explicit SqliteEnrolmentTable(Connection& connection) : db_(connection) {}
    [[nodiscard]] bool insert(const InvitationRow& row) override;
    [[nodiscard]] std::optional<InvitationRow> find(const VaultId& vault,
                                                    const InvitationId& invitation) override;
    [[nodiscard]] std::vector<InvitationRow> list(const VaultId& vault, Instant now) override;
    [[nodiscard]] std::optional<std::uint32_t> add_submission(const VaultId& vault,
                                                              const InvitationId& invitation,
                                                              std::string_view submission,
                                                              Instant now) override;
    [[nodiscard]] bool approve(const VaultId& vault, const InvitationId& invitation,
                               std::string_view approval) override;
    [[nodiscard]] bool remove(const VaultId& vault, const InvitationId& invitation) override;
    void remove_expired(Instant before) override;

private:
    Connection& db_;
};

class SqliteErasureTable final : public ErasureTable {
public:
    explicit SqliteErasureTable(Connection& connection) : db_(connection) {}
    void put_retention(const RetentionRow& row) override;
    [[nodiscard]] std::optional<RetentionRow> find_retention(const VaultId& vault,
                                                             const CaseId& case_id) override;
    [[nodiscard]] std::vector<RetentionRow> list_due(Instant now) override;
    [[nodiscard]] bool begin(const ErasureRow& row) override;
    [[nodiscard]] std::optional<ErasureRow> find(const VaultId& vault,
                                                 const CaseId& case_id) override;
    [[nodiscard]] bool was_member(const VaultId& vault, const CaseId& case_id,
                                  const DeviceId& device) override;
    [[nodiscard]] std::vector<ErasureRow> list(const VaultId& vault) override;
    [[nodiscard]] std::vector<ErasureRow> list_unfinished() override;
    void drop_rows(const VaultId& vault, const CaseId& case_id) override;
    void finish(const VaultId& vault, const CaseId& case_id) override;

private:
    Connection& db_;
};

class SqliteLogTable final : public LogTable {
public:
    explicit SqliteLogTable(Connection& connection) : db_(connection) {}
    void append(const VaultId& vault, const LogEntry& entry) override;
    [[nodiscard]] LogHead head(const VaultId& vault) override;
    [[nodiscard]] std::vector<Hash> leaf_hashes(const VaultId& vault, std::uint64_t first,
                                                std::uint64_t count) override;
    [[nodiscard]] std::vector<Hash> tile_hashes(const VaultId& vault, unsigned level,
                                                std::uint64_t first, std::uint64_t count) override;
    [[nodiscard]] std::vector<LogEntry> entries(const VaultId& vault, std::uint64_t first,
                                                std::uint64_t count) override;
    [[nodiscard]] std::optional<std::uint64_t> find_leaf(const VaultId& vault,
                                                         const Hash& leaf_hash,
                                                         std::uint64_t first) override;
    void forget_events(const VaultId& vault, std::string_view line, std::uint64_t before) override;
    [[nodiscard]] std::optional<std::string> find_checkpoint(const VaultId& vault,
                                                             std::uint64_t size) override;
    void put_checkpoint(const VaultId& vault, std::uint64_t size,
                        std::string_view checkpoint) override;

private:
    void complete_tiles(const VaultId& vault, std::uint64_t size);
    Connection& db_;
};

class SqliteRequestTable final : public RequestTable {
public:
    explicit SqliteRequestTable(Connection& connection) : db_(connection) {}
    [[nodiscard]] std::optional<RequestRow> find(const RequestKey& key, std::string_view principal,
                                                 Instant now) override;
    void insert(const RequestRow& row) override;
    void remove_expired(Instant before) override;

private:
    Connection& db_;
};

class SqliteTx final : public Tx {
public:
    explicit SqliteTx(Connection& connection) : db_(connection) {}
    VaultTable& vaults() override { return vaults_; }
    NoteTable& notes() override { return notes_; }
    CaseTable& cases() override { return cases_; }
    DocumentTable& documents() override { return documents_; }
    LinkTable& links() override { return links_; }
    EnrolmentTable& enrolments() override { return enrolments_; }
    ErasureTable& erasures() override { return erasures_; }
    LogTable& log() override { return log_; }
    RequestTable& requests() override { return requests_; }
    [[nodiscard]] Instant time_high_water() override;
    void raise_time(Instant now) override;

private:
    Connection& db_;
    SqliteVaultTable vaults_{db_};
    SqliteNoteTable notes_{db_};
    SqliteCaseTable cases_{db_};
    SqliteDocumentTable documents_{db_};
    SqliteLinkTable links_{db_};
    SqliteEnrolmentTable enrolments_{db_};
    SqliteErasureTable erasures_{db_};
    SqliteLogTable log_{db_};
    SqliteRequestTable requests_{db_};
};

}  // namespace valv::store
