#include "common/protocol/json.h"
#include "common/protocol/keys.h"
#include "common/protocol/limits.h"
#include "common/protocol/messages.h"

namespace valv::protocol {
namespace {

constexpr std::string_view kRetentionFormat = "resvalv/retention/1";
constexpr std::size_t kMaxEventBytes = 4096;  // a handful of ids and hashes

JsonWriter writer_of(const Erasure& erasure) {
    JsonWriter json;
    json.id(keys::kCase, erasure.case_id).integer(keys::kIndex, erasure.index);
    json.text(keys::kEvent, erasure.event).octets(keys::kNonce, erasure.nonce);
    json.text(keys::kNote, erasure.decision.note).octets(keys::kObject, erasure.decision.object);
    return json;
}

Erasure read_erasure(JsonObject object) {
    Erasure erasure{.case_id = object.id<CaseId>(keys::kCase),
                    .index = object.integer(keys::kIndex),
                    .event = object.text(keys::kEvent, kMaxEventBytes),
                    .nonce = object.fixed_octets(keys::kNonce),
                    .decision = {}};
    erasure.decision.note = object.text(keys::kNote, limits::kMaxNoteBytes);
    erasure.decision.object = object.octets(keys::kObject);
    object.finish();
    return erasure;
}

}  // namespace

std::string encode(const Retention& object) {
    JsonWriter json;
    json.text(keys::kFormat, kRetentionFormat).id(keys::kCase, object.case_id);
    json.boolean(keys::kAtOnce, object.at_once).instant_if(keys::kEraseAfter, object.erase_after);
    if (object.held_by) {
        json.id(keys::kHeldBy, *object.held_by);
    }
    return json.take();
}

Retention decode_retention(std::string_view text) {
    const JsonDocument document = JsonDocument::parse(text);
    JsonObject object = document.object();
    if (object.text(keys::kFormat) != kRetentionFormat) {
        throw Error(ErrorCode::kMalformed, "retention: unknown format",
                    object.path_of(keys::kFormat));
    }
    Retention retention{.case_id = object.id<CaseId>(keys::kCase),
                        .at_once = object.boolean(keys::kAtOnce),
                        .erase_after = object.instant_if(keys::kEraseAfter),
                        .held_by = {}};
    if (object.has(keys::kHeldBy)) {
        retention.held_by = object.id<DeviceId>(keys::kHeldBy);
    }
    object.finish();
    if (retention.at_once && (retention.erase_after || retention.held_by)) {
        throw Error(ErrorCode::kMalformed, "retention: at once excludes a date and a hold",
                    object.path_of(keys::kAtOnce));
    }
    return retention;
}

std::string encode(const Erasure& message) {
    return writer_of(message).take();
}
Erasure decode_erasure(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    return read_erasure(document.object());
}

std::string encode_erasures(const std::vector<Erasure>& erasures) {
    std::vector<JsonWriter> rows;
    for (const Erasure& erasure : erasures) {
        rows.push_back(writer_of(erasure));
    }
    return JsonWriter().objects(keys::kErasures, std::move(rows)).take();
}
std::vector<Erasure> decode_erasures(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    std::vector<Erasure> erasures;
    for (const JsonObject& row : object.objects(keys::kErasures, limits::kMaxListed)) {
        erasures.push_back(read_erasure(row));
    }
    object.finish();
    return erasures;
}

}  // namespace valv::protocol
