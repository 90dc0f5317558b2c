#include "server/service/erasures.h"

#include "server/service/case_erasure.h"
#include "server/service/log_events.h"
#include "server/service/notes.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

struct CheckedRetention {
    CheckedNote note;
    protocol::Retention decision;
};

CheckedRetention check_retention(const VaultId& vault, const CaseId& case_id,
                                 const protocol::Put& put, const store::DeviceRow& signer) {
    CheckedNote note = check_note(
        put, {.kind = crypto::NoteKind::kRetention, .vault = vault, .case_id = case_id, .link = {}},
        signer);
    const protocol::Retention decision =
        refuse_tampered("/object", [&] { return protocol::decode_retention(as_text(put.object)); });
    if (decision.case_id != case_id) {
        throw Error(ErrorCode::kInvalidArgument, "retention: of another case", "/object");
    }
    return {.note = std::move(note), .decision = decision};
}

store::LogEntry retention_entry(const CheckedNote& checked, Environment& environment) {
    const crypto::ObjectNote& note = checked.note;
    const Event event = note_event({.kind = "retention",
                                    .case_id = note.case_id.text(),
                                    .object = note.case_id.text(),
                                    .epoch = note.epoch,
                                    .number = note.number,
                                    .note_sha256 = checked.note_sha256},
                                   environment.time.now());
    return log_entry(event, draw_log_nonce(environment.random));
}

// Who set a hold stays named in it for as long as it stands.
void check_hold(Tx& tx, const CheckedRetention& checked) {
    const crypto::ObjectNote& note = checked.note.note;
    const auto standing = tx.erasures().find_retention(note.vault, note.case_id);
    const std::optional<DeviceId> holder = standing ? standing->held_by : std::nullopt;
    const std::optional<DeviceId>& named = checked.decision.held_by;
    if (named && *named != holder.value_or(checked.note.signer)) {
        throw Error(ErrorCode::kInvalidArgument, "retention: the hold is somebody else's",
                    "/object");
    }
}

void put_decision(Tx& tx, const CheckedRetention& checked, const Bytes& object,
                  const store::LogEntry& entry) {
    const crypto::ObjectNote& note = checked.note.note;
    check_newest_epoch(tx, checked.note);
    append_note(tx, retention_chain(note.vault, note.case_id), checked.note,
                {.salt = {}, .octets = object});
    tx.erasures().put_retention({.vault = note.vault,
                                 .case_id = note.case_id,
                                 .erase_after = checked.decision.erase_after,
                                 .held_by = checked.decision.held_by});
    tx.log().append(note.vault, entry);
}

protocol::Erasure erasure_of(Tx& tx, const store::ErasureRow& row) {
    const std::optional<std::uint64_t> leaf =
        tx.log().find_leaf(row.vault, row.leaf_hash, row.log_size);
    VALV_CHECK(leaf.has_value());  // appended in the transaction that made the row
    return {.case_id = row.case_id,
            .index = *leaf,
            .event = row.event,
            .nonce = row.nonce,
            .decision = {.note = row.note, .object = row.object}};
}

}  // namespace

protocol::Head Erasures::put_retention(const VaultId& vault, const CaseId& case_id,
                                       const protocol::Put& put, const TlsKey& caller) {
    const store::DeviceRow signer = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        return require_member(tx, vault, case_id, caller, Right::kWrite);
    });
    const CheckedRetention checked = check_retention(vault, case_id, put, signer);
    if (checked.decision.at_once) {
        throw Error(ErrorCode::kInvalidArgument, "retention: that is the call of an erasure",
                    "/object");
    }
    const store::LogEntry entry = retention_entry(checked.note, environment_);
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) -> protocol::Head {
        (void)require_member(tx, vault, case_id, caller, Right::kWrite);
        check_hold(tx, checked);
        put_decision(tx, checked, put.object, entry);
        return {.head = checked.note.note.number};
    });
}

protocol::Put Erasures::retention(const VaultId& vault, const CaseId& case_id, std::uint32_t number,
                                  const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) -> protocol::Put {
        (void)require_member(tx, vault, case_id, caller, Right::kRead);
        std::optional<store::NoteRow> row =
            tx.notes().find(retention_chain(vault, case_id), number);
        if (!row) {
            throw Error(ErrorCode::kNotFound, "retention: no such note");
        }
        return {.note = std::move(row->note), .object = std::move(row->object.octets)};
    });
}

std::string Erasures::erase(const VaultId& vault, const CaseId& case_id, const protocol::Put& put,
                            const TlsKey& caller, const Once& once) {
    const store::DeviceRow signer = environment_.store.transact(
        TxKind::kRead, [&](Tx& tx) { return require_eraser(tx, vault, case_id, caller); });
    const CheckedRetention checked = check_retention(vault, case_id, put, signer);
    if (!checked.decision.at_once) {
        throw Error(ErrorCode::kInvalidArgument, "erasures: the note does not say so", "/object");
    }
    const store::LogEntry entry = retention_entry(checked.note, environment_);
    const CaseErasure erasure(environment_, vault, case_id);
    const Instant now = environment_.time.now();
    std::string reply = environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        (void)require_eraser(tx, vault, case_id, caller);
        return run_once(tx, once, now, [&](Tx& inner) {
            if (!inner.erasures().find(vault, case_id)) {
                const auto standing = inner.erasures().find_retention(vault, case_id);
                if (standing && standing->held_by) {
                    throw Error(ErrorCode::kOnHold, "erasures: a legal hold stands");
                }
                put_decision(inner, checked, put.object, entry);
                const auto decision =
                    inner.notes().find(retention_chain(vault, case_id), checked.note.note.number);
                erasure.begin(inner, decision.value(), checked.note.signer);
            }
            return encode(erasure_of(inner, inner.erasures().find(vault, case_id).value()));
        });
    });
    finish_erasure(environment_, vault, case_id);
    return reply;
}

std::vector<protocol::Erasure> Erasures::list(const VaultId& vault, const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        const store::DeviceRow device = require_device(tx, vault, caller);
        std::vector<protocol::Erasure> erasures;
        for (const store::ErasureRow& row : tx.erasures().list(vault)) {
            if (tx.erasures().was_member(vault, row.case_id, device.device)) {
                erasures.push_back(erasure_of(tx, row));
            }
        }
        return erasures;
    });
}

}  // namespace valv::service
