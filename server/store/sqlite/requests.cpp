#include "common/base/error.h"
#include "server/store/sqlite/tables.h"

namespace valv::store {

std::optional<RequestRow> SqliteRequestTable::find(const RequestKey& key,
                                                   std::string_view principal, Instant now) {
    Statement row = db_.query(
        "SELECT body_sha256, reply, expires_at FROM request WHERE request = ? AND principal = ? "
        "AND expires_at > ?",
        key, principal, now);
    if (!row.step()) {
        return std::nullopt;
    }
    return RequestRow{.key = key,
                      .principal = std::string(principal),
                      .body_sha256 = row.hash(0),
                      .reply = row.text(1),
                      .expires_at = row.instant(2)};
}

void SqliteRequestTable::insert(const RequestRow& row) {
    const int written = db_.run(
        "INSERT INTO request VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (request, principal)"
        " DO UPDATE SET body_sha256 = ?3, reply = ?4, expires_at = ?5 WHERE expires_at < ?5",
        row.key, row.principal, row.body_sha256, row.reply, row.expires_at);
    if (written == 0) {
        throw Error(ErrorCode::kConflict, "requests: the key stands already");
    }
}

void SqliteRequestTable::remove_expired(Instant before) {
    db_.run("DELETE FROM request WHERE expires_at < ?", before);
}

}  // namespace valv::store
