#include "server/service/cases.h"

#include "crypto/core/signed_note.h"
#include "server/service/live_links.h"
#include "server/service/log_events.h"
#include "server/service/masks.h"
#include "server/service/notes.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

protocol::CaseHeads heads_of(Tx& tx, const VaultId& vault, const CaseId& case_id) {
    const std::optional<store::NoteHead> keyring =
        tx.notes().find_head(keyring_chain(vault, case_id));
    const std::optional<store::NoteHead> record =
        tx.notes().find_head(record_chain(vault, case_id));
    const std::optional<store::NoteHead> retention =
        tx.notes().find_head(retention_chain(vault, case_id));
    return {.case_id = case_id,
            .epoch = keyring ? keyring->epoch : 0,
            .keyring = keyring ? keyring->number : 0,
            .record = record ? record->number : 0,
            .retention = retention ? retention->number : 0};
}

store::LogEntry note_entry(std::string_view kind, const CheckedNote& checked, Instant now,
                           const Bytes& nonce) {
    const crypto::ObjectNote& note = checked.note;
    const Event event = note_event({.kind = kind,
                                    .case_id = note.case_id.text(),
                                    .object = note.case_id.text(),
                                    .epoch = note.epoch,
                                    .number = note.number,
                                    .note_sha256 = checked.note_sha256},
                                   now);
    return log_entry(event, nonce);
}

// Every device of a keyring is active in the newest directory: nobody is let in who may not come.
void check_devices(Tx& tx, const CheckedNote& checked) {
    const KnownDirectory known = newest_directory(tx, checked.note.vault);
    for (const DeviceId& device : checked.note.devices) {
        if (known.directory.find_active(device) == nullptr) {
            throw Error(ErrorCode::kInvalidArgument, "keyring: lists a device that is not active",
                        "/note");
        }
    }
}

// Epochs advance one at a time; the first keyring is epoch 1.
void check_epoch(Tx& tx, const CheckedNote& checked) {
    const std::optional<store::NoteHead> head =
        tx.notes().find_head(keyring_chain(checked.note.vault, checked.note.case_id));
    const std::uint32_t standing = head ? head->epoch : 0;
    const bool is_allowed =
        head ? checked.note.epoch == standing || checked.note.epoch == standing + 1
             : checked.note.epoch == 1;
    if (!is_allowed) {
        throw Error(ErrorCode::kInvalidArgument, "keyring: the epoch does not follow", "/note");
    }
}

CheckedNote checked_keyring(const VaultId& vault, const CaseId& case_id, const protocol::Put& put,
                            const store::DeviceRow& signer) {
    return check_note(
        put, {.kind = crypto::NoteKind::kKeyring, .vault = vault, .case_id = case_id, .link = {}},
        signer);
}

CheckedNote checked_record(const VaultId& vault, const CaseId& case_id, const protocol::Put& put,
                           const store::DeviceRow& signer) {
    return check_note(
        put, {.kind = crypto::NoteKind::kRecord, .vault = vault, .case_id = case_id, .link = {}},
        signer);
}

CaseId case_of(const protocol::Put& keyring) {
    return refuse_tampered("/keyring/note", [&] {
        return crypto::decode_object_note(crypto::parse_note(as_bytes(keyring.note)).text).case_id;
    });
}

store::DeviceRow member_before(Environment& environment, const VaultId& vault,
                               const CaseId& case_id, const TlsKey& caller, Right right) {
    return environment.store.transact(
        TxKind::kRead, [&](Tx& tx) { return require_member(tx, vault, case_id, caller, right); });
}

store::DeviceRow require_standing(Tx& tx, const VaultId& vault, const CaseId& case_id,
                                  const TlsKey& caller, Standing standing) {
    if (standing == Standing::kMember) {
        return require_member(tx, vault, case_id, caller, Right::kRead);
    }
    const store::DeviceRow admin = require_admin(tx, vault, caller);
    if (!tx.notes().find_head(keyring_chain(vault, case_id))) {
        throw Error(ErrorCode::kNotFound, "cases: no such case");
    }
    return admin;
}

// What a recovering admin did: `case` is `-` for the list of all.
store::LogEntry recovery_entry(std::string_view step, const std::string& case_id,
                               std::uint32_t number, Environment& environment) {
    Event event("recovery", environment.time.now());
    event.field("step", step).field("case", std::string_view(case_id)).field("number", number);
    return log_entry(event, draw_log_nonce(environment.random));
}

}  // namespace

std::vector<protocol::CaseHeads> Cases::list(const VaultId& vault, const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        const store::DeviceRow device = require_device(tx, vault, caller);
        std::vector<protocol::CaseHeads> cases;
        for (const CaseId& case_id : tx.cases().list_of_member(vault, device.device)) {
            cases.push_back(heads_of(tx, vault, case_id));
        }
        return cases;
    });
}

protocol::CaseHeads Cases::heads(const VaultId& vault, const CaseId& case_id,
                                 const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_member(tx, vault, case_id, caller, Right::kRead);
        return heads_of(tx, vault, case_id);
    });
}

std::vector<protocol::CaseHeads> Cases::list_recoverable(const VaultId& vault,
                                                         const TlsKey& caller) {
    const store::LogEntry entry = recovery_entry("list", "-", 0, environment_);
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_admin(tx, vault, caller);
        tx.log().append(vault, entry);
        std::vector<protocol::CaseHeads> cases;
        for (const CaseId& case_id : tx.cases().list(vault)) {
            cases.push_back(heads_of(tx, vault, case_id));
        }
        return cases;
    });
}

std::string Cases::create(const VaultId& vault, const protocol::CreateCase& request,
                          const TlsKey& caller, const Once& once) {
    const CaseId case_id = case_of(request.keyring);
    const store::DeviceRow maker = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        store::DeviceRow device = require_writer(tx, vault, caller);
        if (tx.erasures().find(vault, case_id)) {  // before there is a key for it again
            throw Error(ErrorCode::kConflict, "cases: the id was erased");
        }
        return device;
    });
    const CheckedNote keyring = checked_keyring(vault, case_id, request.keyring, maker);
    const CheckedNote record = checked_record(vault, case_id, request.record, maker);
    const Instant now = environment_.time.now();
    const crypto::SecretBytes erasure_key = find_or_make_erasure_key(
        environment_.erasure_keys, erasure_key_id(case_id), environment_.random);
    const store::Masked object =
        masked(erasure_key, mask_kind::kKeyring, request.keyring.object, environment_.random);
    const store::LogEntry keyring_entry =
        note_entry("keyring", keyring, now, draw_log_nonce(environment_.random));
    const store::LogEntry record_entry =
        note_entry("record", record, now, draw_log_nonce(environment_.random));
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        return run_once(tx, once, now, [&](Tx& inner) {
            (void)require_writer(inner, vault, caller);
            if (!inner.cases().insert(vault, case_id, now)) {
                throw Error(ErrorCode::kConflict, "cases: the id exists");
            }
            check_devices(inner, keyring);
            check_epoch(inner, keyring);
            append_note(inner, keyring_chain(vault, case_id), keyring, object);
            inner.cases().replace_members(vault, case_id, keyring.note.devices);
            (void)require_member(inner, vault, case_id, caller, Right::kWrite);
            check_newest_epoch(inner, record);
            append_note(inner, record_chain(vault, case_id), record,
                        {.salt = {}, .octets = request.record.object});
            inner.log().append(vault, keyring_entry);
            inner.log().append(vault, record_entry);
            return encode(heads_of(inner, vault, case_id));
        });
    });
}

namespace {

bool begins_an_epoch(Tx& tx, const CheckedNote& checked) {
    const std::optional<store::NoteHead> head =
        tx.notes().find_head(keyring_chain(checked.note.vault, checked.note.case_id));
    return head && checked.note.epoch > head->epoch;
}

}  // namespace

protocol::Head Cases::put_keyring(const VaultId& vault, const CaseId& case_id,
                                  const protocol::Put& put, const TlsKey& caller,
                                  Standing standing) {
    const store::DeviceRow signer = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        return require_standing(tx, vault, case_id, caller, standing);
    });
    const CheckedNote checked = checked_keyring(vault, case_id, put, signer);
    const std::optional<crypto::SecretBytes> erasure_key =
        environment_.erasure_keys.find(erasure_key_id(case_id));
    if (!erasure_key) {
        throw Error(ErrorCode::kNotFound, "cases: the erasure key is gone");
    }
    const store::Masked object =
        masked(*erasure_key, mask_kind::kKeyring, put.object, environment_.random);
    const Instant now = environment_.time.now();
    const store::LogEntry entry =
        note_entry("keyring", checked, now, draw_log_nonce(environment_.random));
    const LiveLinks links(vault, case_id, now, draw_log_nonce(environment_.random));
    const store::LogEntry recovery =
        recovery_entry("put", case_id.text(), checked.note.number, environment_);
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) -> protocol::Head {
        (void)require_standing(tx, vault, case_id, caller, standing);
        check_devices(tx, checked);
        check_epoch(tx, checked);
        const bool is_rotation = begins_an_epoch(tx, checked);
        if (standing == Standing::kRecovering) {
            if (!is_rotation) {
                throw Error(ErrorCode::kInvalidArgument, "recovery: begins a new epoch", "/note");
            }
            tx.log().append(vault, recovery);
        }
        append_note(tx, keyring_chain(vault, case_id), checked, object);
        tx.cases().replace_members(vault, case_id, checked.note.devices);
        tx.log().append(vault, entry);
        if (is_rotation) {
            links.revoke_all(tx);  // who leaves has read their secrets in the record
        }
        return {.head = checked.note.number};
    });
}

protocol::Put Cases::keyring(const VaultId& vault, const CaseId& case_id, std::uint32_t epoch,
                             std::uint32_t number, const TlsKey& caller, Standing standing) {
    const bool is_recovering = standing == Standing::kRecovering;
    const store::LogEntry entry = recovery_entry("get", case_id.text(), number, environment_);
    const std::optional<store::NoteRow> row =
        environment_.store.transact(is_recovering ? TxKind::kWrite : TxKind::kRead, [&](Tx& tx) {
            (void)require_standing(tx, vault, case_id, caller, standing);
            if (is_recovering) {
                tx.log().append(vault, entry);
            }
            return tx.notes().find(keyring_chain(vault, case_id), number);
        });
    const std::optional<crypto::SecretBytes> erasure_key =
        environment_.erasure_keys.find(erasure_key_id(case_id));
    if (!row || row->head.epoch != epoch || !erasure_key) {
        throw Error(ErrorCode::kNotFound, "cases: no such keyring");
    }
    return {.note = row->note, .object = unmasked(*erasure_key, mask_kind::kKeyring, row->object)};
}

protocol::Head Cases::put_record(const VaultId& vault, const CaseId& case_id,
                                 const protocol::Put& put, const TlsKey& caller) {
    const store::DeviceRow signer =
        member_before(environment_, vault, case_id, caller, Right::kWrite);
    const CheckedNote checked = checked_record(vault, case_id, put, signer);
    const store::LogEntry entry =
        note_entry("record", checked, environment_.time.now(), draw_log_nonce(environment_.random));
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) -> protocol::Head {
        (void)require_member(tx, vault, case_id, caller, Right::kWrite);
        check_newest_epoch(tx, checked);
        append_note(tx, record_chain(vault, case_id), checked, {.salt = {}, .octets = put.object});
        tx.log().append(vault, entry);
        return {.head = checked.note.number};
    });
}

protocol::Put Cases::record(const VaultId& vault, const CaseId& case_id, std::uint32_t number,
                            const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) -> protocol::Put {
        (void)require_member(tx, vault, case_id, caller, Right::kRead);
        std::optional<store::NoteRow> row = tx.notes().find(record_chain(vault, case_id), number);
        if (!row) {
            throw Error(ErrorCode::kNotFound, "cases: no such record");
        }
        return {.note = std::move(row->note), .object = std::move(row->object.octets)};
    });
}

}  // namespace valv::service
