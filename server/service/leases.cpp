#include "server/service/leases.h"

#include "common/protocol/wire_error.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/secret_bytes.h"
#include "server/service/link_open.h"
#include "server/service/log.h"
#include "server/service/log_events.h"
#include "server/service/masks.h"
#include "server/service/network.h"

namespace valv::service {
namespace {

using protocol::EndReason;
using protocol::Refusal;
using store::OpenResult;
using store::Tx;
using store::TxKind;

constexpr std::size_t kChallengeRandomBytes = 24;  // after be64(time)

[[noreturn]] void refuse_ended(EndReason reason, std::optional<Instant> at,
                               std::optional<std::uint32_t> maximum = {}) {
    throw Refusal(ErrorCode::kEnded, "links: ended",
                  {.reason = reason, .at = at, .head = {}, .maximum = maximum});
}

[[noreturn]] void refuse_unknown() {
    throw Error(ErrorCode::kNotFound, "links: unknown id, probe or challenge");
}

void refuse_if_ended(const store::LinkRow& row, Instant now) {
    if (row.revoked_at) {
        refuse_ended(EndReason::kRevoked, row.revoked_at);
    }
    if (now >= row.not_after) {
        refuse_ended(EndReason::kExpired, row.not_after);
    }
    if (row.not_before && now < *row.not_before) {
        refuse_ended(EndReason::kNotYet, row.not_before);
    }
}

void refuse_outside_window(const store::LinkPartRow& part, Instant now) {
    if (part.opens_at && now < *part.opens_at) {
        refuse_ended(EndReason::kNotYet, part.opens_at);
    }
    if (part.ends_at && now >= *part.ends_at) {
        refuse_ended(EndReason::kExpired, part.ends_at);
    }
}

protocol::Lease lease_message(const store::LeaseRow& lease, const store::LinkRow& link,
                              Instant now) {
    return {.until = lease.until,
            .screen_key = lease.screen_key,
            .opens = link.opens,
            .maximum = link.max_opens,
            .version = link.version,
            .now = now};
}

// The refusal for an attempt that got no lease.
[[noreturn]] void refuse(const store::OpenOutcome& outcome) {
    switch (outcome.result) {
        case OpenResult::kRevoked:
            refuse_ended(EndReason::kRevoked, outcome.at);
        case OpenResult::kExpired:
            refuse_ended(EndReason::kExpired, outcome.at);
        case OpenResult::kNotYet:
            refuse_ended(EndReason::kNotYet, outcome.at);
        case OpenResult::kLocked:
            refuse_ended(EndReason::kLocked, outcome.at);
        case OpenResult::kUsedUp:
            refuse_ended(EndReason::kUsedUp, std::nullopt, outcome.link.max_opens);
        case OpenResult::kWrongCode:
            throw Error(ErrorCode::kWrongCode, "links: wrong code");
        case OpenResult::kWaiting:
            throw Refusal(ErrorCode::kWaiting, "links: this network waits",
                          {.reason = {}, .at = outcome.at, .head = {}, .maximum = {}});
        case OpenResult::kNoChallenge:
        case OpenResult::kLease:
            break;
    }
    refuse_unknown();
}

store::LogEntry open_entry(const protocol::Open& request, const store::OpenAttempt& attempt,
                           const Bytes& nonce) {
    Event event("link-open", attempt.now);
    event.field("link", request.id).octets("holder_sha256", attempt.holder_sha256);
    event.octets("challenge", request.challenge);
    event.field("network", std::string_view(attempt.network));
    return log_entry(event, nonce);
}

store::LogEntry locked_entry(const store::LinkRow& link, Instant now, const Bytes& nonce) {
    Event event("link-locked", now);
    event.field("case", link.case_id).field("link", link.link);
    return log_entry(event, nonce);
}

}  // namespace

protocol::Welcome Leases::hello(const protocol::Hello& request) {
    const Instant now = environment_.time.now();
    const crypto::Hash probe = crypto::sha256(request.probe);
    const std::optional<store::LinkRow> row = environment_.store.transact(
        TxKind::kRead, [&](Tx& tx) { return tx.links().find(request.id); });
    const crypto::Hash kept = row ? row->probe_sha256 : crypto::Hash{};
    if (!crypto::constant_time_equal(kept, probe) || !row) {
        refuse_unknown();
    }
    refuse_if_ended(*row, now);
    Bytes challenge = be64(static_cast<std::uint64_t>(now.time_since_epoch().count()));
    challenge.resize(challenge.size() + kChallengeRandomBytes);
    environment_.random.fill(std::span(challenge).last(kChallengeRandomBytes));
    environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        tx.links().insert_challenge(request.id, crypto::sha256(challenge),
                                    now + limits::kChallengeLifetime, now);
        tx.raise_time(now);
    });
    protocol::Welcome welcome{.challenge = std::move(challenge),
                              .state = protocol::HelloState::kLive,
                              .needs_code = row->needs_code,
                              .now = now,
                              .maximum = {},
                              .at = {}};
    if (row->locked_at) {
        welcome.state = protocol::HelloState::kLocked;
        welcome.at = row->locked_at;
    } else if (row->opens >= row->max_opens) {
        welcome.state = protocol::HelloState::kUsedUp;
        welcome.maximum = row->max_opens;
    }
    return welcome;
}

crypto::SecretBytes Leases::erasure_key(const LinkId& link) {
    std::optional<crypto::SecretBytes> key = environment_.erasure_keys.find(erasure_key_id(link));
    if (!key) {
        throw Error(ErrorCode::kUnauthenticated, "links: the erasure key is gone");
    }
    return std::move(*key);
}

protocol::Lease Leases::open(const protocol::Open& request, std::string_view client_address) {
    const std::optional<store::LinkRow> row = environment_.store.transact(
        TxKind::kRead, [&](Tx& tx) { return tx.links().find(request.id); });
    if (!row) {
        refuse_unknown();
    }
    store::OpenAttempt attempt{.link = request.id,
                               .challenge_sha256 = crypto::sha256(request.challenge),
                               .challenge = request.challenge,
                               .holder_sha256 = crypto::sha256(request.holder),
                               .network = network_of(client_address),
                               .signature_is_right = false,
                               .signature = {},
                               .screen_key = Bytes(limits::kSecretBytes),
                               .now = environment_.time.now()};
    environment_.random.fill(attempt.screen_key);
    // A link whose erasure key is gone has ended; the transaction says how.
    if (const auto key = environment_.erasure_keys.find(erasure_key_id(request.id))) {
        const crypto::VerifyKey public_key =
            crypto::verify_key_from(unmasked(*key, mask_kind::kPublicKey, row->public_key));
        attempt.signature_is_right = crypto::verify(
            public_key, link_open_message(request.id, request.challenge, attempt.holder_sha256),
            request.signature);
        attempt.signature =
            masked(*key, mask_kind::kOpenSignature, request.signature, environment_.random);
    }
    const store::LogEntry opened =
        open_entry(request, attempt, draw_log_nonce(environment_.random));
    attempt.log_leaf = opened.leaf_hash;
    const store::LogEntry locked =
        locked_entry(*row, attempt.now, draw_log_nonce(environment_.random));
    const store::OpenOutcome outcome = environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        store::OpenOutcome result = tx.links().open(attempt);
        if (result.is_new_lease) {
            tx.log().append(row->vault, opened);
        }
        if (result.is_newly_locked) {
            tx.log().append(row->vault, locked);
        }
        if (result.result !=
            OpenResult::kNoChallenge) {  // a stranger who knows the id causes no write
            tx.raise_time(attempt.now);
        }
        return result;
    });
    if (outcome.result != OpenResult::kLease) {
        refuse(outcome);
    }
    return lease_message(*outcome.lease, outcome.link, attempt.now);
}

struct Leases::Live {
    store::LeaseRow lease;
    store::LinkRow link;
};

Leases::Live Leases::require_live(Tx& tx, const protocol::Bearer& bearer, Instant now) {
    std::optional<store::LeaseRow> lease =
        tx.links().find_live_lease(bearer.link, crypto::sha256(bearer.holder), now);
    std::optional<store::LinkRow> link = lease ? tx.links().find(bearer.link) : std::nullopt;
    if (!lease || !link) {
        throw Error(ErrorCode::kUnauthenticated, "leases: no live lease");
    }
    return {.lease = std::move(*lease), .link = std::move(*link)};
}

protocol::Lease Leases::lease(const protocol::Bearer& bearer) {
    const Instant now = environment_.time.now();
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        const Live live = require_live(tx, bearer, now);
        return lease_message(live.lease, live.link, now);
    });
}

Bytes Leases::receipt(const protocol::Bearer& bearer) {
    const Instant now = environment_.time.now();
    VaultId vault;
    ProvenEntry proven = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        const Live live = require_live(tx, bearer, now);
        vault = live.link.vault;
        return prove_entry(tx, vault, live.lease.log_leaf);
    });
    proven.receipt.checkpoint = signed_checkpoint(environment_, vault, proven.known);
    return to_bytes(as_bytes(crypto::encode_log_receipt(proven.receipt)));
}

protocol::MacFile Leases::file(const protocol::Bearer& bearer, std::uint32_t part) {
    const Instant now = environment_.time.now();
    const store::LinkPartRow row = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_live(tx, bearer, now);
        std::optional<store::LinkPartRow> found = tx.links().find_part(bearer.link, part);
        if (!found) {
            throw Error(ErrorCode::kNotFound, "leases: no such part");
        }
        refuse_outside_window(*found, now);
        return std::move(*found);
    });
    const std::string_view kind = part == 0 ? mask_kind::kPackage : mask_kind::kPart;
    return {.file = unmasked(erasure_key(bearer.link), kind, row.file), .mac = row.mac};
}

protocol::MacFile Leases::package(const protocol::Bearer& bearer) {
    return file(bearer, 0);
}

protocol::MacFile Leases::part(const protocol::Bearer& bearer, std::uint32_t part) {
    if (part == 0) {
        throw Error(ErrorCode::kNotFound, "leases: parts count from 1");
    }
    return file(bearer, part);
}

namespace {

// The document's row, when its part is open now.
store::LinkDocumentRow get_open_document(Tx& tx, const LinkId& link, std::uint32_t row,
                                         Instant now) {
    std::optional<store::LinkDocumentRow> document = tx.links().find_document(link, row);
    const std::optional<store::LinkPartRow> part =
        document ? tx.links().find_part(link, document->part) : std::nullopt;
    if (!document || !part) {
        throw Error(ErrorCode::kNotFound, "leases: no such row");
    }
    refuse_outside_window(*part, now);
    return std::move(*document);
}

}  // namespace

Bytes Leases::header(const protocol::Bearer& bearer, std::uint32_t row) {
    const Instant now = environment_.time.now();
    const store::LinkDocumentRow document = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_live(tx, bearer, now);
        return get_open_document(tx, bearer.link, row, now);
    });
    return unmasked(erasure_key(bearer.link), mask_kind::kHeader, document.header);
}

std::unique_ptr<BodyReader> Leases::body(const protocol::Bearer& bearer, std::uint32_t row) {
    const Instant now = environment_.time.now();
    const store::DocumentRow document = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        const Live live = require_live(tx, bearer, now);
        const store::LinkDocumentRow shared = get_open_document(tx, bearer.link, row, now);
        std::optional<store::DocumentRow> found =
            tx.documents().find(live.link.vault, live.link.case_id, shared.document);
        if (!found) {
            throw Error(ErrorCode::kNotFound, "leases: the document was removed");
        }
        return std::move(*found);
    });
    return std::make_unique<BodyReader>(environment_.blobs, document.pieces, document.body_root);
}

}  // namespace valv::service
