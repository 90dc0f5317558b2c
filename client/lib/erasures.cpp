#include "client/lib/erasures.h"

#include <charconv>
#include <utility>

#include "client/lib/errors.h"
#include "client/lib/retention.h"
#include "common/base/encoding.h"
#include "common/protocol/json.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/log_event.h"
#include "crypto/local/files.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr int kMaxRaces = 16;

Subject erasure_subject(const CaseId& case_id) {
    return {.object = "erasure", .case_id = case_id};
}

std::string field_of(const crypto::LogEvent& event, std::string_view key, const Subject& subject) {
    const std::optional<std::string_view> value = event.find(key);
    if (!value) {
        throw Tampered(tamper::kProtocol, "its event lacks a field", subject);
    }
    return std::string(*value);
}

std::uint64_t count_of(const std::string& text, const Subject& subject) {
    std::uint64_t count = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc() || stop != end) {
        throw Tampered(tamper::kProtocol, "its event has no count", subject);
    }
    return count;
}

void remove_folder(const std::filesystem::path& folder) {
    std::error_code none;
    std::filesystem::remove_all(folder, none);
    if (none) {
        throw Error(ErrorCode::kIo, "cache: cannot remove what is left of an erased case");
    }
}

protocol::JsonWriter log_json(Vault& vault, const protocol::Erasure& proof) {
    const LogTree& tree = vault.log_tree();
    std::vector<std::string> hashes;
    for (const crypto::Hash& hash : tree.inclusion_proof(proof.index, tree.size())) {
        hashes.push_back(to_base64url(hash));
    }
    protocol::JsonWriter json;
    json.text("origin", crypto::log_origin(vault.id()));
    json.octets("log_key", vault.profile().facts().log_key);
    json.integer("index", proof.index).text("event", proof.event).octets("nonce", proof.nonce);
    json.text("checkpoint", vault.log_checkpoint()).texts("proof", hashes);
    return json;
}

}  // namespace

void Erasures::verify_leaf(const protocol::Erasure& proof, const Subject& subject) {
    if (proof.index >= vault_.log_tree().size()) {
        vault_.sync_log();
    }
    const std::vector<crypto::Hash>& leaves = vault_.log_tree().leaves();
    if (proof.index >= leaves.size() || leaves[static_cast<std::size_t>(proof.index)] !=
                                            crypto::log_leaf_hash(proof.event, proof.nonce)) {
        throw Tampered(tamper::kLog, "its entry is not in the log", subject);
    }
}

void Erasures::verify_decision(const protocol::Erasure& proof, const ErasedCase& erased,
                               std::string_view note_sha256, const Subject& subject) {
    const VerifiedNote note =
        vault_.verify_note(proof.decision.note, proof.decision.object, subject);
    const protocol::Retention decision = protocol::decode_retention(as_text(note.object));
    const bool is_of_case = note.note.kind == crypto::NoteKind::kRetention &&
                            note.note.case_id == erased.id && decision.case_id == erased.id;
    if (!is_of_case || note.signer != erased.by || to_base64(note.hash) != note_sha256) {
        throw Tampered(tamper::kContext, "done under another decision than its own", subject);
    }
    const bool is_due = decision.erase_after && *decision.erase_after <= erased.at;
    if (decision.held_by || !(decision.at_once || is_due)) {
        throw Tampered(tamper::kContext, "done before or against its decision", subject);
    }
}

ErasedCase Erasures::verify(protocol::Erasure proof) {
    const Subject subject = erasure_subject(proof.case_id);
    return about(subject, [&] {
        verify_leaf(proof, subject);
        const crypto::LogEvent event = crypto::parse_log_event(proof.event);
        if (event.kind != "erasure" || field_of(event, "case", subject) != proof.case_id.text()) {
            throw Tampered(tamper::kContext, "its entry is about something else", subject);
        }
        ErasedCase erased{.id = proof.case_id,
                          .at = event.at,
                          .by = DeviceId::parse(field_of(event, "device", subject)),
                          .documents = count_of(field_of(event, "documents", subject), subject),
                          .proof = {}};
        verify_decision(proof, erased, field_of(event, "note_sha256", subject), subject);
        erased.proof = std::move(proof);
        return erased;
    });
}

std::vector<ErasedCase> Erasures::list() {
    const Call call = call_to(RouteName::kListErasures, {vault_.id_text()});
    std::vector<protocol::Erasure> rows = about({.object = "erasures"}, [&] {
        return protocol::decode_erasures(ask(vault_.transport(), call).text());
    });
    std::vector<ErasedCase> erased;
    for (protocol::Erasure& row : rows) {
        erased.push_back(verify(std::move(row)));
    }
    return erased;
}

std::vector<ErasedCase> Erasures::list_untold() {
    std::vector<ErasedCase> untold = list();
    std::erase_if(untold, [&](const ErasedCase& erased) {
        return vault_.profile().pins().erased.contains(erased.id);
    });
    return untold;
}

void Erasures::forget(const ErasedCase& erased) {
    for (const char* const folder : {"cases", "downloads", "uploads"}) {
        remove_folder(vault_.profile().cache() / folder / erased.id.text());
    }
    vault_.profile().update_pins(
        [&](Pins& pins) { pins.pin_erased(erased.id, erased.proof.index); });
}

ErasedCase Erasures::erase(Case& opened) {
    for (int race = 0; race < kMaxRaces; ++race) {
        opened.sync();
        const RetentionState standing = read_retention(opened);
        if (standing.decision.held_by) {
            throw Error(ErrorCode::kOnHold, "erasure: a legal hold stands");
        }
        Call call = call_to(RouteName::kEraseCase, {vault_.id_text(), opened.id().text()});
        call.json = protocol::encode(order_erasure(opened, standing));
        call.key = RequestKey::random(vault_.environment().random);
        try {
            protocol::Erasure proof =
                protocol::decode_erasure(ask(vault_.transport(), call).text());
            return verify(std::move(proof));
        } catch (const Error& error) {
            if (error.code() != ErrorCode::kConflict) {
                throw;
            }
        }
    }
    throw Error(ErrorCode::kConflict, "erasure: lost every race");
}

std::string Erasures::certificate(const ErasedCase& erased) {
    verify_leaf(erased.proof, erasure_subject(erased.id));  // of a log that this session has seen
    const crypto::DeviceLine* const line = vault_.directory().find_device(erased.by);
    protocol::JsonWriter decision;
    decision.text("note", erased.proof.decision.note);
    decision.octets("object", erased.proof.decision.object);
    protocol::JsonWriter json;
    json.text("format", "resvalv/erasure/1").id("vault", vault_.id());
    json.text("vault_name", vault_.names().vault).id("case", erased.id);
    json.instant("erased_at", erased.at).id("by_device", erased.by);
    json.text("by_person", line == nullptr ? "" : vault_.names().name_of(line->person));
    json.integer("documents", erased.documents);
    json.object("log", log_json(vault_, erased.proof));
    json.object("decision", std::move(decision));
    return json.take();
}

}  // namespace valv::client
