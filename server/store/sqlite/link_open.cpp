#include "common/base/error.h"
#include "server/store/lease_rules.h"
#include "server/store/sqlite/link_rows.h"
#include "server/store/sqlite/tables.h"

// The exact lease (docs/protocol.md section 4). The order of the steps is part of the promise;
// reference: store.h.
namespace valv::store {
namespace {

bool consume_challenge(Connection& db, const OpenAttempt& attempt) {
    return db.run(
               "DELETE FROM link_challenge WHERE link = ? AND challenge_sha256 = ? AND expires_at "
               "> ?",
               attempt.link, attempt.challenge_sha256, attempt.now) == 1;
}

std::optional<Instant> waiting_until(Connection& db, const OpenAttempt& attempt) {
    Statement row = db.query(
        "SELECT waits_until FROM link_network WHERE link = ? AND network = ? AND waits_until > ?",
        attempt.link, attempt.network, attempt.now);
    return row.step() ? row.maybe_instant(0) : std::nullopt;
}

std::uint32_t count_failure_of_network(Connection& db, const OpenAttempt& attempt) {
    db.run(
        "INSERT INTO link_network VALUES (?, ?, 1, NULL)"
        " ON CONFLICT (link, network) DO UPDATE SET failures = failures + 1",
        attempt.link, attempt.network);
    Statement row = db.query("SELECT failures FROM link_network WHERE link = ? AND network = ?",
                             attempt.link, attempt.network);
    return row.step() ? row.number(0) : 0;
}

OpenOutcome refuse_wrong_code(Connection& db, const OpenAttempt& attempt) {
    if (const auto wait = wait_after(count_failure_of_network(db, attempt))) {
        db.run("UPDATE link_network SET waits_until = ? WHERE link = ? AND network = ?",
               attempt.now + std::chrono::seconds(*wait), attempt.link, attempt.network);
    }
    db.run("UPDATE link SET failures = failures + 1 WHERE link = ?", attempt.link);
    const int locked = db.run(
        "UPDATE link SET locked_at = ? WHERE link = ? AND locked_at IS NULL AND failures >= "
        "failures_allowed",
        attempt.now, attempt.link);
    return {.result = OpenResult::kWrongCode,
            .is_newly_locked = locked == 1,
            .link = find_link(db, attempt.link).value()};
}

// A holder that comes back keeps its number.
std::uint32_t number_of_holder(Connection& db, const OpenAttempt& attempt) {
    Statement row = db.query(
        "SELECT coalesce((SELECT holder_number FROM link_opened WHERE link = ?1 AND holder_sha256 "
        "= ?2 LIMIT 1),"
        " (SELECT 1 + coalesce(max(holder_number), 0) FROM link_opened WHERE link = ?1))",
        attempt.link, attempt.holder_sha256);
    VALV_CHECK(row.step());
    return row.number(0);
}

void write_lease(Connection& db, const OpenAttempt& attempt, const LeaseRow& lease) {
    db.run("DELETE FROM link_lease WHERE link = ? AND holder_sha256 = ? AND until <= ?",
           attempt.link, attempt.holder_sha256, attempt.now);
    // Plain: the key (link, holder) is the second wall, and a twin must fail here, not be ignored.
    db.run("INSERT INTO link_lease VALUES (?, ?, ?, ?, ?, ?)", lease.link, lease.holder_sha256,
           lease.holder_number, lease.screen_key, lease.until, lease.log_leaf);
    db.run(
        "INSERT INTO link_opened SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4, ?5, ?6, ?7, "
        "?8"
        " FROM link_opened WHERE link = ?1",
        attempt.link, attempt.now, attempt.network, lease.holder_number, attempt.holder_sha256,
        attempt.challenge, attempt.signature.salt, attempt.signature.octets);
}

OpenOutcome grant(Connection& db, const OpenAttempt& attempt) {
    const int counted = db.run(
        "UPDATE link SET opens = opens + 1 WHERE link = ? AND opens < max_opens", attempt.link);
    const LinkRow link = find_link(db, attempt.link).value();
    if (counted == 0) {
        return {.result = OpenResult::kUsedUp, .link = link};
    }
    const LeaseRow lease{.link = attempt.link,
                         .holder_sha256 = attempt.holder_sha256,
                         .holder_number = number_of_holder(db, attempt),
                         .screen_key = attempt.screen_key,
                         .until = lease_end(link, attempt.now),
                         .log_leaf = attempt.log_leaf};
    write_lease(db, attempt, lease);
    return {.result = OpenResult::kLease, .lease = lease, .is_new_lease = true, .link = link};
}

}  // namespace

void SqliteLinkTable::insert_challenge(const LinkId& link, const Hash& challenge_sha256,
                                       Instant expires_at, Instant now) {
    db_.run("DELETE FROM link_challenge WHERE expires_at <= ?", now);
    db_.run("INSERT INTO link_challenge VALUES (?, ?, ?)", link, challenge_sha256, expires_at);
}

std::optional<LeaseRow> SqliteLinkTable::find_live_lease(const LinkId& link,
                                                         const Hash& holder_sha256, Instant now) {
    return find_lease(db_, link, holder_sha256, now);
}

OpenOutcome SqliteLinkTable::open(const OpenAttempt& attempt) {
    if (!consume_challenge(db_, attempt)) {
        return {.result = OpenResult::kNoChallenge};
    }
    const LinkRow link = find_link(db_, attempt.link).value();
    if (auto outcome = ended_outcome(link, attempt.now); outcome.result != OpenResult::kLease) {
        return outcome;
    }
    if (const auto until = waiting_until(db_, attempt)) {
        return {.result = OpenResult::kWaiting, .at = until, .link = link};
    }
    if (!attempt.signature_is_right) {
        return refuse_wrong_code(db_, attempt);
    }
    if (auto lease = find_lease(db_, attempt.link, attempt.holder_sha256, attempt.now)) {
        return {.result = OpenResult::kLease, .lease = std::move(lease), .link = link};
    }
    if (link.locked_at) {
        return {.result = OpenResult::kLocked, .at = link.locked_at, .link = link};
    }
    return grant(db_, attempt);
}

}  // namespace valv::store
