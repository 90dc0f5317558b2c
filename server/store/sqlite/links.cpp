#include "common/base/error.h"
#include "server/store/sqlite/link_rows.h"
#include "server/store/sqlite/tables.h"

namespace valv::store {
namespace {

void insert_link(Connection& db, const LinkRow& row) {
    db.run("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           row.link, row.vault, row.case_id, row.probe_sha256, row.public_key.salt,
           row.public_key.octets, row.version, row.needs_code, row.not_before, row.not_after,
           row.max_opens, row.lease_length, row.opens, row.failures, row.failures_allowed,
           row.locked_at, row.revoked_at, row.is_emptied, row.created_at);
}

void insert_part(Connection& db, const LinkId& link, const LinkPartRow& row) {
    db.run("INSERT INTO link_part VALUES (?, ?, ?, ?, ?, ?, ?)", link, row.part, row.opens_at,
           row.ends_at, row.file.salt, row.file.octets, row.mac);
}

void insert_document(Connection& db, const LinkId& link, const LinkDocumentRow& row) {
    db.run("INSERT INTO link_document VALUES (?, ?, ?, ?, ?, ?)", link, row.row, row.part,
           row.document, row.header.salt, row.header.octets);
}

std::vector<LinkRow> read_links(Statement& row) {
    std::vector<LinkRow> links;
    while (row.step()) {
        links.push_back(read_link(row));
    }
    return links;
}

LeaseRow read_lease(const LinkId& link, const Statement& row) {
    return {.link = link,
            .holder_sha256 = row.hash(0),
            .holder_number = row.number(1),
            .screen_key = row.octets(2),
            .until = row.instant(3),
            .log_leaf = row.hash(4)};
}

}  // namespace

LinkRow read_link(const Statement& row) {
    return {.link = row.id<LinkId>(0),
            .vault = row.id<VaultId>(1),
            .case_id = row.id<CaseId>(2),
            .probe_sha256 = row.hash(3),
            .public_key = {.salt = row.octets(4), .octets = row.octets(5)},
            .version = row.number(6),
            .needs_code = row.flag(7),
            .not_before = row.maybe_instant(8),
            .not_after = row.instant(9),
            .max_opens = row.number(10),
            .lease_length = std::chrono::minutes(row.integer(11)),
            .opens = row.number(12),
            .failures = row.number(13),
            .failures_allowed = row.number(14),
            .locked_at = row.maybe_instant(15),
            .revoked_at = row.maybe_instant(16),
            .is_emptied = row.flag(17),
            .created_at = row.instant(18)};
}

std::optional<LinkRow> find_link(Connection& db, const LinkId& link) {
    Statement row = db.query("SELECT * FROM link WHERE link = ?", link);
    return row.step() ? std::optional(read_link(row)) : std::nullopt;
}

std::optional<LeaseRow> find_lease(Connection& db, const LinkId& link, const Hash& holder_sha256,
                                   Instant now) {
    Statement row = db.query(
        "SELECT holder_sha256, holder_number, screen_key, until, log_leaf FROM link_lease"
        " WHERE link = ? AND holder_sha256 = ? AND until > ?",
        link, holder_sha256, now);
    return row.step() ? std::optional(read_lease(link, row)) : std::nullopt;
}

bool SqliteLinkTable::insert(const LinkPublication& publication) {
    const LinkId& link = publication.link.link;
    if (find_link(db_, link)) {
        return false;
    }
    insert_link(db_, publication.link);
    for (const LinkPartRow& row : publication.parts) {
        insert_part(db_, link, row);
    }
    for (const LinkDocumentRow& row : publication.documents) {
        insert_document(db_, link, row);
    }
    return true;
}

std::optional<LinkRow> SqliteLinkTable::find(const LinkId& link) {
    return find_link(db_, link);
}

std::vector<LinkRow> SqliteLinkTable::list(const VaultId& vault, const CaseId& case_id) {
    Statement row =
        db_.query("SELECT * FROM link WHERE vault = ? AND case_id = ? ORDER BY created_at, link",
                  vault, case_id);
    return read_links(row);
}

std::vector<LinkRow> SqliteLinkTable::list_of_vault(const VaultId& vault) {
    Statement row =
        db_.query("SELECT * FROM link WHERE vault = ? ORDER BY created_at, link", vault);
    return read_links(row);
}

std::optional<LinkPartRow> SqliteLinkTable::find_part(const LinkId& link, std::uint32_t part) {
    Statement row = db_.query(
        "SELECT part, opens_at, ends_at, file_salt, file, mac FROM link_part WHERE link = ? AND "
        "part = ?",
        link, part);
    if (!row.step()) {
        return std::nullopt;
    }
    return LinkPartRow{.part = row.number(0),
                       .opens_at = row.maybe_instant(1),
                       .ends_at = row.maybe_instant(2),
                       .file = {.salt = row.octets(3), .octets = row.octets(4)},
                       .mac = row.octets(5)};
}

std::optional<LinkDocumentRow> SqliteLinkTable::find_document(const LinkId& link,
                                                              std::uint32_t number) {
    Statement row = db_.query(
        "SELECT row, part, document, header_salt, header FROM link_document WHERE link = ? AND row "
        "= ?",
        link, number);
    if (!row.step()) {
        return std::nullopt;
    }
    return LinkDocumentRow{.row = row.number(0),
                           .part = row.number(1),
                           .document = row.id<DocumentId>(2),
                           .header = {.salt = row.octets(3), .octets = row.octets(4)}};
}

bool SqliteLinkTable::revoke(const VaultId& vault, const CaseId& case_id, const LinkId& link,
                             Instant now) {
    const int revoked = db_.run(
        "UPDATE link SET revoked_at = ?4 WHERE link = ?1 AND vault = ?2 AND case_id = ?3 AND "
        "revoked_at IS NULL",
        link, vault, case_id, now);
    if (revoked == 1) {
        db_.run("DELETE FROM link_lease WHERE link = ?", link);
    }
    return revoked == 1;
}

std::vector<OpenedRow> SqliteLinkTable::opened(const LinkId& link) {
    std::vector<OpenedRow> opened;
    Statement row = db_.query(
        "SELECT at, network, holder_number, holder_sha256, challenge, signature_salt, signature "
        "FROM link_opened"
        " WHERE link = ? ORDER BY number",
        link);
    while (row.step()) {
        opened.push_back({.at = row.instant(0),
                          .network = row.text(1),
                          .holder_number = row.number(2),
                          .holder_sha256 = row.hash(3),
                          .challenge = row.octets(4),
                          .signature = {.salt = row.octets(5), .octets = row.octets(6)}});
    }
    return opened;
}

std::vector<LeaseRow> SqliteLinkTable::leases(const LinkId& link) {
    std::vector<LeaseRow> leases;
    Statement row = db_.query(
        "SELECT holder_sha256, holder_number, screen_key, until, log_leaf FROM link_lease WHERE "
        "link = ? "
        "ORDER BY holder_number",
        link);
    while (row.step()) {
        leases.push_back(read_lease(link, row));
    }
    return leases;
}

void SqliteLinkTable::remove_expired_leases(Instant now) {
    db_.run("DELETE FROM link_lease WHERE until <= ?", now);
}

std::vector<LinkId> SqliteLinkTable::list_to_empty(Instant now) {
    std::vector<LinkId> links;
    Statement row = db_.query(
        "SELECT link FROM link WHERE is_emptied = 0 AND (revoked_at IS NOT NULL OR not_after <= ?1)"
        " AND NOT EXISTS (SELECT 1 FROM link_lease WHERE link_lease.link = link.link AND until > "
        "?1) ORDER BY link",
        now);
    while (row.step()) {
        links.push_back(row.id<LinkId>(0));
    }
    return links;
}

void SqliteLinkTable::mark_emptied(const LinkId& link) {
    db_.run("DELETE FROM link_part WHERE link = ?", link);
    db_.run("DELETE FROM link_document WHERE link = ?", link);
    db_.run("DELETE FROM link_lease WHERE link = ?", link);
    db_.run("DELETE FROM link_challenge WHERE link = ?", link);
    db_.run("UPDATE link SET is_emptied = 1 WHERE link = ?", link);
}

}  // namespace valv::store
