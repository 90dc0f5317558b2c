#include "server/service/links.h"

#include "common/protocol/wire_error.h"
#include "server/service/log_events.h"
#include "server/service/masks.h"
#include "server/service/notes.h"
#include "server/service/publication.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

protocol::Policy policy_of(const protocol::Publication& publication) {
    try {
        return protocol::decode_policy(as_text(publication.policy));
    } catch (const Error& error) {
        throw Error(error.code(), error.what(), "/policy" + error.path());
    }
}

store::LinkRow link_row(const VaultId& vault, const protocol::Policy& policy, Instant now) {
    store::LinkRow row;
    row.link = policy.link;
    row.vault = vault;
    row.case_id = policy.case_id;
    row.version = policy.version;
    row.needs_code = policy.needs_code;
    row.not_before = policy.not_before;
    row.not_after = policy.not_after;
    row.max_opens = policy.max_opens;
    row.lease_length = std::chrono::minutes(policy.lease_minutes);
    row.failures_allowed = limits::kFailuresToLock;
    row.created_at = now;
    return row;
}

store::LinkPublication masked_publication(const VaultId& vault,
                                          const protocol::Publication& publication,
                                          const protocol::Policy& policy,
                                          const crypto::SecretBytes& key,
                                          Environment& environment) {
    RandomSource& random = environment.random;
    store::LinkPublication rows{
        .link = link_row(vault, policy, environment.time.now()), .parts = {}, .documents = {}};
    rows.link.probe_sha256 = crypto::hash_from(publication.probe_sha256);
    rows.link.public_key = masked(key, mask_kind::kPublicKey, publication.public_key, random);
    rows.parts.push_back(
        {.part = 0,
         .opens_at = {},
         .ends_at = {},
         .file = masked(key, mask_kind::kPackage, publication.package.file, random),
         .mac = publication.package.mac});
    for (std::size_t index = 0; index < policy.parts.size(); ++index) {
        const protocol::MacFile& content = publication.parts[index].content;
        rows.parts.push_back({.part = policy.parts[index].part,
                              .opens_at = policy.parts[index].opens_at,
                              .ends_at = policy.parts[index].ends_at,
                              .file = masked(key, mask_kind::kPart, content.file, random),
                              .mac = content.mac});
    }
    for (std::size_t index = 0; index < policy.documents.size(); ++index) {
        const protocol::PolicyDocument& row = policy.documents[index];
        rows.documents.push_back(
            {.row = row.row,
             .part = row.part,
             .document = row.document,
             .header = masked(key, mask_kind::kHeader, publication.headers[index].header, random)});
    }
    return rows;
}

void check_documents(Tx& tx, const VaultId& vault, const protocol::Policy& policy) {
    for (std::size_t index = 0; index < policy.documents.size(); ++index) {
        if (!tx.documents().find(vault, policy.case_id, policy.documents[index].document)) {
            throw Error(ErrorCode::kInvalidArgument, "policy: a document is not in the case",
                        "/policy/documents/" + std::to_string(index));
        }
    }
}

protocol::LinkState state_of(Tx& tx, Environment& environment, const store::LinkRow& row,
                             Instant now) {
    protocol::LinkState state{.link = row.link,
                              .version = row.version,
                              .created = row.created_at,
                              .not_before = row.not_before,
                              .not_after = row.not_after,
                              .max_opens = row.max_opens,
                              .opens = row.opens,
                              .failures = row.failures,
                              .locked = row.locked_at,
                              .revoked = row.revoked_at,
                              .is_live = false,
                              .opened = {},
                              .policy_note = {}};
    state.is_live =
        !row.revoked_at && !row.locked_at && now < row.not_after && row.opens < row.max_opens;
    const std::optional<crypto::SecretBytes> key =
        environment.erasure_keys.find(erasure_key_id(row.link));
    for (const store::OpenedRow& opened : tx.links().opened(row.link)) {
        state.opened.push_back(
            {.at = opened.at,
             .network = opened.network,
             .holder = opened.holder_number,
             .holder_sha256 = to_bytes(opened.holder_sha256),
             .challenge = opened.challenge,
             .signature =
                 key ? unmasked(*key, mask_kind::kOpenSignature, opened.signature) : Bytes()});
    }
    const store::ChainKey chain = policy_chain(row.vault, row.case_id, row.link);
    if (const std::optional<store::NoteRow> note = tx.notes().find(chain, row.version)) {
        state.policy_note = note->note;
    }
    return state;
}

store::LinkRow get_link(Tx& tx, const LinkPath& path) {
    std::optional<store::LinkRow> row = tx.links().find(path.link);
    if (!row || row->vault != path.vault || row->case_id != path.case_id) {
        throw Error(ErrorCode::kNotFound, "links: no such link");
    }
    return std::move(*row);
}

store::LogEntry policy_entry(const CheckedNote& checked, Instant now, const Bytes& nonce) {
    const crypto::ObjectNote& note = checked.note;
    const Event event = note_event({.kind = "policy",
                                    .case_id = note.case_id.text(),
                                    .object = note.link->text(),
                                    .epoch = note.epoch,
                                    .number = note.number,
                                    .note_sha256 = checked.note_sha256},
                                   now);
    return log_entry(event, nonce);
}

}  // namespace

std::string Links::publish(const VaultId& vault, const CaseId& case_id,
                           const protocol::Publication& publication, const TlsKey& caller,
                           const Once& once) {
    const store::DeviceRow sender = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        return require_member(tx, vault, case_id, caller, Right::kWrite);
    });
    const Instant now = environment_.time.now();
    const protocol::Policy policy = policy_of(publication);
    check_policy(policy, case_id, now);
    check_contents(publication, policy);
    const CheckedNote checked = check_note({.note = publication.note, .object = publication.policy},
                                           {.kind = crypto::NoteKind::kPolicy,
                                            .vault = vault,
                                            .case_id = case_id,
                                            .link = policy.link},
                                           sender);
    const crypto::SecretBytes key = find_or_make_erasure_key(
        environment_.erasure_keys, erasure_key_id(policy.link), environment_.random);
    const store::LinkPublication rows =
        masked_publication(vault, publication, policy, key, environment_);
    const store::LogEntry entry = policy_entry(checked, now, draw_log_nonce(environment_.random));
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_member(tx, vault, case_id, caller, Right::kWrite);
        return run_once(tx, once, now, [&](Tx& inner) {
            check_newest_epoch(inner, checked);
            check_documents(inner, vault, policy);
            if (!inner.links().insert(rows)) {
                throw Error(ErrorCode::kConflict, "links: the id exists");
            }
            append_note(inner, policy_chain(vault, case_id, policy.link), checked,
                        {.salt = {}, .octets = publication.policy});
            inner.log().append(vault, entry);
            inner.raise_time(now);
            const store::LinkRow row =
                get_link(inner, {.vault = vault, .case_id = case_id, .link = policy.link});
            return encode(protocol::LinkPublished{
                .link = policy.link,
                .policy_sha256 = to_bytes(crypto::sha256(publication.policy)),
                .state = state_of(inner, environment_, row, now)});
        });
    });
}

std::vector<protocol::LinkState> Links::list(const VaultId& vault, const CaseId& case_id,
                                             const TlsKey& caller) {
    const Instant now = environment_.time.now();
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_member(tx, vault, case_id, caller, Right::kRead);
        std::vector<protocol::LinkState> states;
        for (const store::LinkRow& row : tx.links().list(vault, case_id)) {
            states.push_back(state_of(tx, environment_, row, now));
        }
        return states;
    });
}

protocol::LinkState Links::state(const LinkPath& path, const TlsKey& caller) {
    const Instant now = environment_.time.now();
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_member(tx, path.vault, path.case_id, caller, Right::kRead);
        return state_of(tx, environment_, get_link(tx, path), now);
    });
}

protocol::LinkState Links::revoke(const LinkPath& path, const TlsKey& caller) {
    const Instant now = environment_.time.now();
    const store::LogEntry entry = log_entry(link_revoked_event(path.case_id, path.link, now),
                                            draw_log_nonce(environment_.random));
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_member(tx, path.vault, path.case_id, caller, Right::kWrite);
        (void)get_link(tx, path);
        if (tx.links().revoke(path.vault, path.case_id, path.link, now)) {
            tx.log().append(path.vault, entry);
            tx.raise_time(now);
        }
        return state_of(tx, environment_, get_link(tx, path), now);
    });
}

}  // namespace valv::service
