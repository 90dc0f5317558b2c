#include <algorithm>
#include <map>

#include "client/casework/consents.h"
#include "client/casework/kinds.h"
#include "client/casework/package_fields.h"
#include "client/casework/package_scope.h"
#include "client/casework/people.h"
#include "client/casework/refusals.h"

namespace valv::casework {
namespace {

void check_recipient(const Record& record, const PackageRequest& request, Refusing& refusing) {
    if (is_recipient_of(record, request.audience, request.recipient)) {
        return;
    }
    if (is_any_recipient(record, request.recipient)) {
        refusing.refuse("recipient_not_of_audience", "/recipient",
                        "The recipient belongs to another audience.");
    } else {
        refusing.refuse("unknown_recipient", "/recipient",
                        "The case has no recipient with this id.");
    }
}

void check_status(const Record& record, Instant now, Refusing& refusing) {
    if (record.facts.status == CaseStatus::kStopped) {
        refusing.refuse("case_stopped", "", "The journey is stopped: nothing is shared any more.");
    } else if (record.facts.status == CaseStatus::kClosing ||
               record.facts.status == CaseStatus::kClosed) {
        refusing.refuse("case_closed", "", "The case is closed: nothing is shared any more.");
    }
    for (const auto& person : record.persons) {
        if (travels(person) && is_stopped(record, person.id, now)) {
            refusing.refuse("consent_withdrawn", "",
                            "The person no longer agrees to travel: nothing is shared.");
            return;
        }
    }
}

// Who has to agree to what this request asks: with the own papers nobody but oneself, and that goes
// without saying.
bool needs_consent(const PackageRequest& request, const Kind* kind) {
    return request.audience != Audience::kTraveller ||
           (kind != nullptr && share_of(*kind, request.audience) == Share::kNamed);
}

void check_consent(const Record& record, const PackageRequest& request, Instant now,
                   Refusing& refusing) {
    if (!needs_consent(request, nullptr)) {
        return;
    }
    for (const auto* const person : package_persons(record, request)) {
        const Coverage coverage{.audience = request.audience,
                                .recipient = request.recipient,
                                .person = person->id,
                                .kind = {}};
        if (!covers(record, coverage, now)) {
            refusing.refuse("no_consent", "/recipient",
                            "No consent in force covers this recipient for everybody who travels.");
            return;
        }
    }
}

void check_kind(const Record& record, const PackageRequest& request, std::size_t index, Instant now,
                Refusing& refusing) {
    const auto path = step("/kinds", index);
    const auto& slug = request.kinds[index];
    const auto* const kind = find_kind(slug);
    if (kind == nullptr) {
        refusing.refuse("unknown_kind", path, "Not a kind of paper.");
        return;
    }
    if (share_of(*kind, request.audience) == Share::kNever) {
        refusing.refuse("kind_not_for_audience", path,
                        "This audience never gets this kind of paper.");
        return;
    }
    if (!needs_consent(request, kind)) {
        return;
    }
    const auto persons = package_persons(record, request);
    const bool is_covered = std::ranges::all_of(persons, [&](const Person* person) {
        return is_kind_shared(record, request.audience, request.recipient, person->id, slug, now);
    });
    if (!is_covered) {
        refusing.refuse("no_consent", path,
                        "No consent in force covers this kind of paper for this recipient.");
    }
}

bool is_of_package(const Record& record, const PackageRequest& request, const Document& document) {
    if (document.is_void.value_or(false) ||
        std::ranges::find(request.kinds, document.kind) == request.kinds.end()) {
        return false;
    }
    if (!document.about ||
        (request.audience == Audience::kEscort && *document.about == request.recipient)) {
        return true;
    }
    const auto persons = package_persons(record, request);
    return std::ranges::find(persons, *document.about, &Person::id) != persons.end();
}

std::string_view extension_of(std::string_view media_type) {
    static constexpr std::pair<std::string_view, std::string_view> kExtensions[] = {
        {"application/pdf", "pdf"}, {"image/jpeg", "jpg"},  {"image/png", "png"},
        {"image/tiff", "tif"},      {"image/webp", "webp"}, {"image/heic", "heic"},
        {"text/plain", "txt"},
    };
    for (const auto& [type, extension] : kExtensions) {
        if (type == media_type) {
            return extension;
        }
    }
    return "bin";
}

}  // namespace

std::vector<const Person*> package_persons(const Record& record, const PackageRequest& request) {
    std::vector<const Person*> persons;
    const auto* const recipient =
        request.audience == Audience::kTraveller ? find_person(record, request.recipient) : nullptr;
    for (const auto& person : record.persons) {
        const bool is_theirs = request.audience != Audience::kTraveller ||
                               person.id == request.recipient ||
                               (recipient != nullptr && is_guardian_of(*recipient, person.id));
        if (travels(person) && is_theirs) {
            persons.push_back(&person);
        }
    }
    return persons;
}

Refusals check_package(const Record& record, const PackageRequest& request, Instant now) {
    Refusing refusing;
    check_status(record, now, refusing);
    check_recipient(record, request, refusing);
    check_consent(record, request, now, refusing);
    for (std::size_t index = 0; index < request.kinds.size(); ++index) {
        check_kind(record, request, index, now, refusing);
    }
    return refusing.take();
}

std::variant<std::vector<DocumentRow>, Refusals> shared_documents(const Record& record,
                                                                  const PackageRequest& request,
                                                                  Instant now) {
    if (auto refusals = check_package(record, request, now); !refusals.empty()) {
        return refusals;
    }
    std::vector<DocumentRow> rows;
    std::map<std::string, std::size_t> numbers;
    for (const auto& document : record.documents) {
        if (!is_of_package(record, request, document)) {
            continue;
        }
        rows.push_back(
            {.id = document.id,
             .kind = document.kind,
             .media_type = document.media_type,
             .size = document.size,
             .file_name = package_file_name(record.facts.reference, document.kind,
                                            ++numbers[document.kind], document.media_type),
             .about = document.about});
    }
    return rows;
}

std::string package_file_name(std::string_view reference, std::string_view kind, std::size_t number,
                              std::string_view media_type) {
    return std::string(reference) + "-" + std::string(kind) + "-" + std::to_string(number) + "." +
           std::string(extension_of(media_type));
}

}  // namespace valv::casework
