#include "client/lib/retention.h"

#include <utility>

#include "client/lib/errors.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr int kMaxRaces = 16;
constexpr std::chrono::days kLastDayAnywhere{2};
constexpr CaseChain kRetentionChain{
    .kind = crypto::NoteKind::kRetention, .route = RouteName::kGetRetention, .name = "retention"};

std::optional<crypto::NoteHead> pinned_head(const Case& opened) {
    const auto& cases = opened.vault().profile().pins().cases;
    const auto pinned = cases.find(opened.id());
    return pinned == cases.end() ? std::nullopt : pinned->second.retention;
}

protocol::Put signed_decision(Case& opened, const protocol::Retention& decision,
                              const RetentionState& standing) {
    protocol::Put put;
    put.object = to_bytes(as_bytes(protocol::encode(decision)));
    crypto::ObjectNote note = opened.vault().new_note(crypto::NoteKind::kRetention, opened.id());
    note.epoch = opened.epoch();
    note.number = standing.head.number + 1;
    if (standing.head.number > 0) {
        note.previous = standing.head.hash;
    }
    note.object = crypto::sha256(put.object);
    put.note = opened.vault().sign(note);
    return put;
}

// Nothing when the race was lost.
std::optional<RetentionState> try_put(Case& opened, const protocol::Retention& decision,
                                      const RetentionState& standing) {
    Vault& vault = opened.vault();
    const protocol::Put put = signed_decision(opened, decision, standing);
    const crypto::NoteHead head{.number = standing.head.number + 1,
                                .hash = crypto::sha256(as_bytes(put.note))};
    Call call = call_to(RouteName::kPutRetention, {vault.id_text(), opened.id().text()});
    call.json = protocol::encode(put);
    try {
        ask(vault.transport(), call);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kConflict) {
            return std::nullopt;
        }
        throw;
    }
    vault.profile().update_pins([&](Pins& pins) { pins.pin_retention(opened.id(), head); });
    vault.note_own_write(note_write("retention", head.hash, opened.id()));
    return RetentionState{.decision = decision, .head = head, .decider = vault.profile().device()};
}

}  // namespace

RetentionState read_retention(Case& opened) {
    const std::optional<crypto::NoteHead> known = pinned_head(opened);
    if (opened.retention_number() == 0 && !known) {
        return {.decision = {.case_id = opened.id()}, .head = {}, .decider = {}};
    }
    const VerifiedNote note = opened.read_chain(kRetentionChain, known, opened.retention_number());
    const Subject what = opened.subject("retention " + std::to_string(note.note.number));
    RetentionState state{
        .decision = about(what, [&] { return protocol::decode_retention(as_text(note.object)); }),
        .head = note.head(),
        .decider = note.signer};
    if (state.decision.case_id != opened.id()) {
        throw Tampered(tamper::kContext, "of another case", what);
    }
    opened.vault().profile().update_pins(
        [&](Pins& pins) { pins.pin_retention(opened.id(), state.head); });
    return state;
}

RetentionState update_retention(
    Case& opened, const std::function<protocol::Retention(protocol::Retention)>& change) {
    for (int race = 0; race < kMaxRaces; ++race) {
        opened.sync();
        RetentionState standing = read_retention(opened);
        const protocol::Retention decision = change(standing.decision);
        if (decision == standing.decision) {
            return standing;
        }
        if (auto put = try_put(opened, decision, standing)) {
            return std::move(*put);
        }
    }
    throw Error(ErrorCode::kConflict, "retention: lost every race");
}

protocol::Put order_erasure(Case& opened, const RetentionState& standing) {
    return signed_decision(opened, {.case_id = opened.id(), .at_once = true}, standing);
}

Instant erase_after(casework::Date closed_on, std::uint32_t years) {
    return Instant(casework::add_years(closed_on, static_cast<int>(years)) + kLastDayAnywhere);
}

}  // namespace valv::client
