#include "client/casework/import.h"

#include <algorithm>

#include "client/casework/checks.h"
#include "client/casework/merge.h"
#include "client/casework/refusals.h"

namespace valv::casework {
namespace {

constexpr std::string_view kNotHere = "The case of the vault holds no paper or link with this id.";

template <typename Row, typename Id>
const Row* find_row(const std::vector<Row>& rows, const Id& id) {
    const auto found = std::ranges::find(rows, id, &Row::id);
    return found == rows.end() ? nullptr : &*found;
}

// The row with what the vault wrote, and the description of another.
Document described_by(const Document& kept, Document description) {
    description.id = kept.id;
    description.name = kept.name;
    description.kind = kept.kind;
    description.media_type = kept.media_type;
    description.size = kept.size;
    description.epoch = kept.epoch;
    description.file_key_hash = kept.file_key_hash;
    description.body_root = kept.body_root;
    description.added_by = kept.added_by;
    description.added_at = kept.added_at;
    return description;
}

void check_rows(const Record& incoming, const Record& existing, Refusing& refusing) {
    for (std::size_t index = 0; index < incoming.documents.size(); ++index) {
        const auto& row = incoming.documents[index];
        const auto path = step("/documents", index);
        const auto* const kept = find_row(existing.documents, row.id);
        if (kept == nullptr) {
            refusing.refuse("unknown_reference", path + "/id", kNotHere);
        } else if (!(described_by(*kept, row) == row)) {
            refusing.refuse("row_differs", path,
                            "What the vault wrote about a paper cannot be changed by a file.");
        }
    }
    for (std::size_t index = 0; index < incoming.links.size(); ++index) {
        const auto path = step("/links", index);
        const auto* const kept = find_row(existing.links, incoming.links[index].id);
        if (kept == nullptr) {
            refusing.refuse("unknown_reference", path + "/id", kNotHere);
        } else if (!(*kept == incoming.links[index])) {
            refusing.refuse("row_differs", path, "A link cannot be changed by a file.");
        }
    }
}

void check_reference(const std::optional<DocumentId>& id, const Record& existing, std::string path,
                     Refusing& refusing) {
    if (id && find_row(existing.documents, *id) == nullptr) {
        refusing.refuse("unknown_reference", std::move(path), kNotHere);
    }
}

void check_journey(const Record& incoming, const Record& existing, Refusing& refusing) {
    for (std::size_t index = 0; index < incoming.legs.size(); ++index) {
        check_reference(incoming.legs[index].ticket_document, existing,
                        step("/legs", index) + "/ticket_document", refusing);
    }
    for (std::size_t index = 0; index < incoming.onward.size(); ++index) {
        check_reference(incoming.onward[index].document, existing,
                        step("/onward", index) + "/document", refusing);
    }
    for (std::size_t index = 0; index < incoming.consents.size(); ++index) {
        check_reference(incoming.consents[index].document, existing,
                        step("/consents", index) + "/document", refusing);
    }
    for (std::size_t index = 0; index < incoming.grants.size(); ++index) {
        check_reference(incoming.grants[index].receipt_document, existing,
                        step("/grants", index) + "/receipt_document", refusing);
    }
}

void merge_documents(Record& incoming, const Record& existing) {
    auto merged = existing.documents;
    for (auto& row : merged) {
        if (const auto* const description = find_row(incoming.documents, row.id)) {
            row = described_by(row, *description);
        }
    }
    incoming.documents = std::move(merged);
}

void merge_notes(Record& incoming, const Record& existing) {
    auto merged = existing.notes;
    for (auto& note : incoming.notes) {
        if (std::ranges::find(merged, note) == merged.end()) {
            merged.push_back(std::move(note));
        }
    }
    incoming.notes = std::move(merged);
}

// A record that may come in over `existing`.
DecodedRecord decode_file(std::string_view json, const Record& existing, const Places& places,
                          Instant now) {
    auto decoded = decode_over(json, places, now, &existing);
    if (decoded.record && !decoded.read_only_newer_format) {
        decoded.refusals = check_import(*decoded.record, existing);
    }
    if (!decoded.refusals.empty()) {
        decoded.record.reset();  // a newer format among them: it is shown, never taken in
    }
    return decoded;
}

nlohmann::ordered_json parsed(const Record& record) {
    return nlohmann::ordered_json::parse(encode_record(record));
}

// When the itinerary differs and the record says nothing new of when it changed: now.
Record dated(Record merged, const Record& existing, Instant now) {
    if (itinerary_differs(merged, existing) &&
        (!merged.itinerary_changed_at ||
         merged.itinerary_changed_at == existing.itinerary_changed_at)) {
        merged.itinerary_changed_at = now;
    }
    return merged;
}

}  // namespace

std::vector<Refusal> check_import(const Record& incoming, const Record& existing) {
    Refusing refusing;
    check_journey(incoming, existing, refusing);
    check_rows(incoming, existing, refusing);
    return refusing.take();
}

bool itinerary_differs(const Record& left, const Record& right) {
    return !(left.legs == right.legs && left.onward == right.onward &&
             left.escorts == right.escorts);
}

Record merge_import(Record incoming, const Record& existing) {
    incoming.facts.id = existing.facts.id;
    if (!itinerary_differs(incoming, existing) && existing.itinerary_changed_at) {
        incoming.itinerary_changed_at = existing.itinerary_changed_at;
    }
    merge_documents(incoming, existing);
    incoming.links = existing.links;
    if (incoming.checklist_state.empty()) {
        incoming.checklist_state = existing.checklist_state;
    }
    merge_notes(incoming, existing);
    return incoming;
}

DecodedImport decode_import(std::string_view json, const ImportOver& over, const Places& places,
                            Instant now) {
    DecodedImport answer{decode_file(json, over.base, places, now), {}};
    if (!answer.record) {
        return answer;
    }
    if (!(over.base == over.existing)) {
        const Merge merge =
            merge_versions(parsed(over.base), parsed(*answer.record), parsed(over.existing));
        answer.contested = merge.contested;
        static_cast<DecodedRecord&>(answer) =
            decode_file(merge.json.dump(), over.existing, places, now);
        if (!answer.record) {
            return answer;
        }
    }
    answer.record =
        dated(merge_import(*std::move(answer.record), over.existing), over.existing, now);
    answer.refusals = check_record(*answer.record, places, now);
    if (!answer.refusals.empty()) {
        answer.record.reset();
    }
    return answer;
}

}  // namespace valv::casework
