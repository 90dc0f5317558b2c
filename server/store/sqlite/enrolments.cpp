#include "server/store/lease_rules.h"
#include "server/store/sqlite/tables.h"

namespace valv::store {
namespace {

std::vector<std::string> submissions_of(Connection& db, const VaultId& vault,
                                        const InvitationId& invitation) {
    std::vector<std::string> submissions;
    Statement row = db.query(
        "SELECT submission FROM invitation_submission WHERE vault = ? AND invitation = ? ORDER BY "
        "number",
        vault, invitation);
    while (row.step()) {
        submissions.push_back(row.text(0));
    }
    return submissions;
}

// Columns: vault, invitation, probe_sha256, expires_at, approval.
InvitationRow read_invitation(Connection& db, const Statement& row) {
    const auto vault = row.id<VaultId>(0);
    const auto invitation = row.id<InvitationId>(1);
    return {.vault = vault,
            .invitation = invitation,
            .probe_sha256 = row.hash(2),
            .expires_at = row.instant(3),
            .submissions = submissions_of(db, vault, invitation),
            .approval = row.is_null(4) ? std::nullopt : std::optional(row.text(4))};
}

}  // namespace

bool SqliteEnrolmentTable::insert(const InvitationRow& row) {
    const int inserted =
        db_.run("INSERT INTO invitation VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row.vault,
                row.invitation, row.probe_sha256, row.expires_at, row.approval);
    std::uint32_t number = 0;
    for (const std::string& submission : row.submissions) {
        if (inserted == 1) {
            db_.run("INSERT INTO invitation_submission VALUES (?, ?, ?, ?)", row.vault,
                    row.invitation, ++number, submission);
        }
    }
    return inserted == 1;
}

std::optional<InvitationRow> SqliteEnrolmentTable::find(const VaultId& vault,
                                                        const InvitationId& invitation) {
    Statement row = db_.query(
        "SELECT vault, invitation, probe_sha256, expires_at, approval FROM invitation"
        " WHERE vault = ? AND invitation = ?",
        vault, invitation);
    return row.step() ? std::optional(read_invitation(db_, row)) : std::nullopt;
}

std::vector<InvitationRow> SqliteEnrolmentTable::list(const VaultId& vault, Instant now) {
    std::vector<InvitationRow> rows;
    Statement row = db_.query(
        "SELECT vault, invitation, probe_sha256, expires_at, approval FROM invitation"
        " WHERE vault = ? AND expires_at > ? ORDER BY expires_at, invitation",
        vault, now);
    while (row.step()) {
        rows.push_back(read_invitation(db_, row));
    }
    return rows;
}

std::optional<std::uint32_t> SqliteEnrolmentTable::add_submission(const VaultId& vault,
                                                                  const InvitationId& invitation,
                                                                  std::string_view submission,
                                                                  Instant now) {
    Statement added = db_.query(
        "INSERT INTO invitation_submission SELECT ?1, ?2, 1 + count(*), ?3 FROM "
        "invitation_submission"
        " WHERE vault = ?1 AND invitation = ?2 HAVING count(*) < ?5 AND EXISTS (SELECT 1 FROM "
        "invitation"
        " WHERE vault = ?1 AND invitation = ?2 AND approval IS NULL AND expires_at > ?4) RETURNING "
        "number",
        vault, invitation, submission, now, kMaxSubmissions);
    if (!added.step()) {
        return std::nullopt;
    }
    const std::uint32_t count = added.number(0);
    while (added.step()) {
    }
    return count;
}

bool SqliteEnrolmentTable::approve(const VaultId& vault, const InvitationId& invitation,
                                   std::string_view approval) {
    return db_.run(
               "UPDATE invitation SET approval = ?3 WHERE vault = ?1 AND invitation = ?2"
               " AND (approval IS NULL OR approval = ?3)",
               vault, invitation, approval) == 1;
}

bool SqliteEnrolmentTable::remove(const VaultId& vault, const InvitationId& invitation) {
    db_.run("DELETE FROM invitation_submission WHERE vault = ? AND invitation = ?", vault,
            invitation);
    return db_.run("DELETE FROM invitation WHERE vault = ? AND invitation = ?", vault,
                   invitation) == 1;
}

void SqliteEnrolmentTable::remove_expired(Instant before) {
    db_.run(
        "DELETE FROM invitation_submission WHERE (vault, invitation) IN"
        " (SELECT vault, invitation FROM invitation WHERE expires_at < ?)",
        before);
    db_.run("DELETE FROM invitation WHERE expires_at < ?", before);
}

}  // namespace valv::store
