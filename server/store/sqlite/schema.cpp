#include "server/store/sqlite/schema.h"

#include <array>

#include "common/base/error.h"

namespace valv::store {
namespace {

// Ids are 16 octets, hashes 32, times seconds since 1970, sizes octets. `case_id` is empty where a
// chain has no case.
constexpr Sql kFirstSchema = R"sql(
CREATE TABLE server_time (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), high_water INTEGER NOT NULL) STRICT;
INSERT INTO server_time VALUES (1, 0);

CREATE TABLE vault_token (
    token_sha256 BLOB NOT NULL PRIMARY KEY, expires_at INTEGER NOT NULL, vault BLOB,
    is_finished INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE vault (
    vault BLOB NOT NULL PRIMARY KEY, log_key BLOB NOT NULL, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device (
    vault BLOB NOT NULL, device BLOB NOT NULL UNIQUE, person BLOB NOT NULL, role TEXT NOT NULL,
    signing_key BLOB NOT NULL UNIQUE, tls_key_sha256 BLOB NOT NULL UNIQUE, is_active INTEGER NOT NULL,
    PRIMARY KEY (vault, device)) STRICT, WITHOUT ROWID;

CREATE TABLE note_head (
    vault BLOB NOT NULL, kind INTEGER NOT NULL, case_id BLOB NOT NULL, object BLOB NOT NULL,
    epoch INTEGER NOT NULL, number INTEGER NOT NULL, note_sha256 BLOB NOT NULL, directory_number INTEGER NOT NULL,
    PRIMARY KEY (vault, kind, case_id, object)) STRICT, WITHOUT ROWID;
CREATE TABLE note (
    vault BLOB NOT NULL, kind INTEGER NOT NULL, case_id BLOB NOT NULL, object BLOB NOT NULL,
    number INTEGER NOT NULL, epoch INTEGER NOT NULL, note_sha256 BLOB NOT NULL, directory_number INTEGER NOT NULL,
    note TEXT NOT NULL, object_salt BLOB NOT NULL, object_octets BLOB NOT NULL,
    PRIMARY KEY (vault, kind, case_id, object, number),
    FOREIGN KEY (vault, kind, case_id, object) REFERENCES note_head) STRICT;

CREATE TABLE vault_case (
    vault BLOB NOT NULL, case_id BLOB NOT NULL UNIQUE, created_at INTEGER NOT NULL,
    PRIMARY KEY (vault, case_id)) STRICT, WITHOUT ROWID;
CREATE TABLE case_member (
    vault BLOB NOT NULL, device BLOB NOT NULL, case_id BLOB NOT NULL,
    PRIMARY KEY (vault, device, case_id),
    FOREIGN KEY (vault, case_id) REFERENCES vault_case) STRICT, WITHOUT ROWID;
CREATE INDEX case_member_by_case ON case_member (vault, case_id);

CREATE TABLE upload (
    upload BLOB NOT NULL PRIMARY KEY, vault BLOB NOT NULL, case_id BLOB NOT NULL, document BLOB NOT NULL,
    device BLOB NOT NULL, size INTEGER NOT NULL, offset INTEGER NOT NULL CHECK (offset <= size),
    created_at INTEGER NOT NULL, UNIQUE (vault, document)) STRICT, WITHOUT ROWID;
CREATE TABLE upload_piece (
    upload BLOB NOT NULL REFERENCES upload, at INTEGER NOT NULL, blob BLOB NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (upload, at)) STRICT, WITHOUT ROWID;
CREATE TABLE document (
    vault BLOB NOT NULL, document BLOB NOT NULL, case_id BLOB NOT NULL, size INTEGER NOT NULL,
    body_root BLOB NOT NULL, header BLOB NOT NULL, device BLOB NOT NULL, created_at INTEGER NOT NULL,
    upload BLOB NOT NULL, PRIMARY KEY (vault, document)) STRICT, WITHOUT ROWID;
CREATE TABLE document_piece (
    vault BLOB NOT NULL, document BLOB NOT NULL, at INTEGER NOT NULL, blob BLOB NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (vault, document, at),
    FOREIGN KEY (vault, document) REFERENCES document) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    link BLOB NOT NULL PRIMARY KEY, vault BLOB NOT NULL, case_id BLOB NOT NULL, probe_sha256 BLOB NOT NULL,
    public_key_salt BLOB NOT NULL, public_key BLOB NOT NULL, version INTEGER NOT NULL, needs_code INTEGER NOT NULL,
    not_before INTEGER, not_after INTEGER NOT NULL, max_opens INTEGER NOT NULL, lease_minutes INTEGER NOT NULL,
    opens INTEGER NOT NULL CHECK (opens <= max_opens), failures INTEGER NOT NULL, failures_allowed INTEGER NOT NULL,
    locked_at INTEGER, revoked_at INTEGER, is_emptied INTEGER NOT NULL, created_at INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE INDEX link_by_case ON link (vault, case_id, created_at, link);
CREATE TABLE link_part (
    link BLOB NOT NULL REFERENCES link, part INTEGER NOT NULL, opens_at INTEGER, ends_at INTEGER,
    file_salt BLOB NOT NULL, file BLOB NOT NULL, mac BLOB NOT NULL, PRIMARY KEY (link, part)) STRICT;
CREATE TABLE link_document (
    link BLOB NOT NULL REFERENCES link, row INTEGER NOT NULL, part INTEGER NOT NULL, document BLOB NOT NULL,
    header_salt BLOB NOT NULL, header BLOB NOT NULL, PRIMARY KEY (link, row)) STRICT;
CREATE TABLE link_challenge (
    link BLOB NOT NULL REFERENCES link, challenge_sha256 BLOB NOT NULL, expires_at INTEGER NOT NULL,
    PRIMARY KEY (link, challenge_sha256)) STRICT, WITHOUT ROWID;
CREATE INDEX link_challenge_by_expiry ON link_challenge (expires_at);
CREATE TABLE link_network (
    link BLOB NOT NULL REFERENCES link, network TEXT NOT NULL, failures INTEGER NOT NULL, waits_until INTEGER,
    PRIMARY KEY (link, network)) STRICT, WITHOUT ROWID;
CREATE TABLE link_lease (
    link BLOB NOT NULL REFERENCES link, holder_sha256 BLOB NOT NULL, holder_number INTEGER NOT NULL,
    screen_key BLOB NOT NULL, until INTEGER NOT NULL, log_leaf BLOB NOT NULL,
    PRIMARY KEY (link, holder_sha256)) STRICT, WITHOUT ROWID;
CREATE TABLE link_opened (
    link BLOB NOT NULL REFERENCES link, number INTEGER NOT NULL, at INTEGER NOT NULL, network TEXT NOT NULL,
    holder_number INTEGER NOT NULL, holder_sha256 BLOB NOT NULL, challenge BLOB NOT NULL,
    signature_salt BLOB NOT NULL, signature BLOB NOT NULL, PRIMARY KEY (link, number)) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
    vault BLOB NOT NULL, invitation BLOB NOT NULL UNIQUE, probe_sha256 BLOB NOT NULL, expires_at INTEGER NOT NULL,
    approval TEXT, PRIMARY KEY (vault, invitation)) STRICT, WITHOUT ROWID;
CREATE TABLE invitation_submission (
    vault BLOB NOT NULL, invitation BLOB NOT NULL, number INTEGER NOT NULL, submission TEXT NOT NULL,
    PRIMARY KEY (vault, invitation, number),
    FOREIGN KEY (vault, invitation) REFERENCES invitation) STRICT, WITHOUT ROWID;

CREATE TABLE log_head (vault BLOB NOT NULL PRIMARY KEY, size INTEGER NOT NULL, peaks BLOB NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE TABLE log_entry (
    vault BLOB NOT NULL REFERENCES log_head, leaf INTEGER NOT NULL, leaf_hash BLOB NOT NULL, nonce BLOB NOT NULL,
    event TEXT NOT NULL, PRIMARY KEY (vault, leaf)) STRICT, WITHOUT ROWID;
CREATE INDEX log_entry_by_hash ON log_entry (vault, leaf_hash);
CREATE TABLE log_tile_hash (
    vault BLOB NOT NULL REFERENCES log_head, level INTEGER NOT NULL CHECK (level > 0), at INTEGER NOT NULL,
    hash BLOB NOT NULL, PRIMARY KEY (vault, level, at)) STRICT, WITHOUT ROWID;
CREATE TABLE log_checkpoint (
    vault BLOB NOT NULL, size INTEGER NOT NULL, checkpoint TEXT NOT NULL, PRIMARY KEY (vault, size))
    STRICT, WITHOUT ROWID;

CREATE TABLE request (
    request BLOB NOT NULL, principal TEXT NOT NULL, body_sha256 BLOB NOT NULL, reply TEXT NOT NULL,
    expires_at INTEGER NOT NULL, PRIMARY KEY (request, principal)) STRICT, WITHOUT ROWID;
CREATE INDEX request_by_expiry ON request (expires_at);

PRAGMA user_version = 1;
)sql";

constexpr Sql kRetentionSchema = R"sql(
CREATE TABLE case_retention (
    vault BLOB NOT NULL, case_id BLOB NOT NULL, erase_after INTEGER, held_by BLOB,
    PRIMARY KEY (vault, case_id),
    FOREIGN KEY (vault, case_id) REFERENCES vault_case) STRICT, WITHOUT ROWID;
CREATE TABLE case_erasure (
    vault BLOB NOT NULL, case_id BLOB NOT NULL UNIQUE, event TEXT NOT NULL, nonce BLOB NOT NULL,
    leaf_hash BLOB NOT NULL, log_size INTEGER NOT NULL, note TEXT NOT NULL, object BLOB NOT NULL,
    is_finished INTEGER NOT NULL, PRIMARY KEY (vault, case_id)) STRICT, WITHOUT ROWID;
CREATE TABLE erased_member (
    vault BLOB NOT NULL, case_id BLOB NOT NULL, device BLOB NOT NULL,
    PRIMARY KEY (vault, case_id, device),
    FOREIGN KEY (vault, case_id) REFERENCES case_erasure) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
)sql";

// Step n brings version n to n + 1. A step is never changed once a release had it.
constexpr std::array kSteps = {kFirstSchema, kRetentionSchema};

std::int64_t schema_of(Connection& connection) {
    Statement version = connection.query("PRAGMA user_version");
    VALV_CHECK(version.step());
    return version.integer(0);
}

}  // namespace

std::int64_t newest_schema() {
    return std::int64_t{kSteps.size()};
}

void migrate(Connection& connection) {
    const std::int64_t found = schema_of(connection);
    if (found < 0 || found > newest_schema()) {
        throw Error(ErrorCode::kStore, "store: schema " + std::to_string(found) +
                                           " is newer than this program's " +
                                           std::to_string(newest_schema()));
    }
    for (auto step = static_cast<std::size_t>(found); step < kSteps.size(); ++step) {
        connection.execute("BEGIN IMMEDIATE");
        connection.execute(kSteps.at(step));
        connection.execute(
            "COMMIT");  // an error before leaves the transaction to the close, which rolls it back
    }
}

}  // namespace valv::store
