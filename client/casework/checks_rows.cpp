#include <set>

#include "client/casework/checks.h"

namespace valv::casework {
namespace {

std::string id_text(const std::string& id) {
    return id;
}
template <typename Tag>
std::string id_text(const StrongId<Tag>& id) {
    return id.text();
}

template <typename Row>
void unique_ids(const Checking& check, const std::vector<Row>& rows, const std::string& path) {
    std::set<std::string> seen;
    for (std::size_t index = 0; index < rows.size(); ++index) {
        const auto here = step(step(path, index), "id");
        if (check.is_sound(here) && !seen.insert(id_text(rows[index].id)).second) {
            check.refuse("duplicate_id", here, "Another row of this list has the same id.");
        }
    }
}

using Ids = std::set<std::string, std::less<>>;

template <typename Row>
void add_ids(Ids& ids, const std::vector<Row>& rows) {
    for (const auto& row : rows) {
        ids.insert(id_text(row.id));
    }
}

template <typename... Rows>
Ids ids_of(const Rows&... rows) {
    Ids ids;
    (add_ids(ids, rows), ...);
    return ids;
}

// Refuses references to rows that are not there.
class References {
public:
    explicit References(const Checking& check)
        : check_(check),
          persons_(ids_of(check.record.persons)),
          escorts_(ids_of(check.record.escorts)),
          travellers_(ids_of(check.record.persons, check.record.escorts)),
          contacts_(ids_of(check.record.contacts)),
          transit_(ids_of(check.record.transit_contacts)),
          documents_(check.existing == nullptr
                         ? ids_of(check.record.documents)
                         : ids_of(check.record.documents, check.existing->documents)),
          recipients_(ids_of(check.record.escorts, check.record.receptions,
                             check.record.transit_contacts, check.record.contacts,
                             check.record.persons)) {}

    void people() const {
        const auto& record = check_.record;
        for (std::size_t index = 0; index < record.persons.size(); ++index) {
            list(record.persons[index].guardian_of, persons_,
                 step(step("/persons", index), "guardian_of"));
        }
        if (record.exploitation) {
            for (std::size_t index = 0; index < record.exploitation->rows.size(); ++index) {
                one(record.exploitation->rows[index].person, persons_,
                    step(step("/exploitation/rows", index), "person"));
            }
        }
        if (record.legal) {
            one(record.legal->counsel, contacts_, "/legal/counsel");
        }
        if (record.mapping) {
            for (std::size_t index = 0; index < record.mapping->support.size(); ++index) {
                one(record.mapping->support[index].contact, contacts_,
                    step(step("/mapping/support", index), "contact"));
            }
        }
        for (std::size_t index = 0; index < record.risks.size(); ++index) {
            one(record.risks[index].owner, contacts_, step(step("/risks", index), "owner"));
        }
    }

    void journey() const {
        const auto& record = check_.record;
        for (std::size_t index = 0; index < record.legs.size(); ++index) {
            leg(record.legs[index], step("/legs", index));
        }
        for (std::size_t index = 0; index < record.handovers.size(); ++index) {
            list(record.handovers[index].persons, persons_,
                 step(step("/handovers", index), "persons"));
        }
        for (std::size_t index = 0; index < record.receptions.size(); ++index) {
            one(record.receptions[index].contact, contacts_,
                step(step("/receptions", index), "contact"));
        }
        for (std::size_t index = 0; index < record.onward.size(); ++index) {
            paper(record.onward[index].document, step(step("/onward", index), "document"));
        }
    }

    void papers() const {
        const auto& record = check_.record;
        for (std::size_t index = 0; index < record.consents.size(); ++index) {
            consent(record.consents[index], step("/consents", index));
        }
        for (std::size_t index = 0; index < record.grants.size(); ++index) {
            paper(record.grants[index].receipt_document,
                  step(step("/grants", index), "receipt_document"));
        }
        for (std::size_t index = 0; index < record.documents.size(); ++index) {
            one(record.documents[index].about, travellers_,
                step(step("/documents", index), "about"));
        }
        for (std::size_t index = 0; index < record.links.size(); ++index) {
            one(record.links[index].recipient, recipients_,
                step(step("/links", index), "recipient"));
        }
    }

private:
    void leg(const Leg& leg, const std::string& path) const {
        paper(leg.ticket_document, step(path, "ticket_document"));
        list(leg.persons, persons_, step(path, "persons"));
        list(leg.escorts, escorts_, step(path, "escorts"));
        keys(leg.seats, step(path, "seats"));
        keys(leg.names_on_ticket, step(path, "names_on_ticket"));
        if (leg.layover) {
            one(leg.layover->contact, transit_, step(path, "layover/contact"));
        }
    }

    void consent(const Consent& consent, const std::string& path) const {
        one(consent.about, persons_, step(path, "about"));
        one(consent.given_by, persons_, step(path, "given_by"));
        paper(consent.document, step(path, "document"));
        // The recipients of its scope are not looked up: a consent is history and outlives a
        // reception or an escort that was taken out of the plan; one that names nobody who is there
        // covers nobody (a change in tests/data/cases takes the receptions away).
    }

    void one(const std::string& id, const Ids& ids, const std::string& path) const {
        if (!ids.contains(id) && check_.is_sound(path)) {
            check_.refuse("unknown_reference", path, "No row of this record has this id.");
        }
    }
    void one(const std::optional<std::string>& id, const Ids& ids, const std::string& path) const {
        if (id) {
            one(*id, ids, path);
        }
    }
    void paper(const std::optional<DocumentId>& id, const std::string& path) const {
        if (id) {
            one(id->text(), documents_, path);
        }
    }
    void list(const std::vector<std::string>& list, const Ids& ids, const std::string& path) const {
        for (std::size_t index = 0; index < list.size(); ++index) {
            one(list[index], ids, step(path, index));
        }
    }
    void list(const std::optional<std::vector<std::string>>& rows, const Ids& ids,
              const std::string& path) const {
        if (rows) {
            list(*rows, ids, path);
        }
    }
    void keys(const std::optional<std::map<Lid, std::string>>& map, const std::string& path) const {
        if (!map) {
            return;
        }
        for (const auto& [id, value] : *map) {
            one(id, travellers_, step(path, id));
        }
    }

    const Checking& check_;
    Ids persons_;
    Ids escorts_;
    Ids travellers_;  // persons and escorts
    Ids contacts_;
    Ids transit_;
    Ids documents_;
    Ids recipients_;
};

}  // namespace

void check_ids(const Checking& check) {
    const auto& record = check.record;
    unique_ids(check, record.persons, "/persons");
    for (std::size_t index = 0; index < record.persons.size(); ++index) {
        const auto& needs = record.persons[index].needs;
        if (needs && needs->medicines) {
            unique_ids(check, *needs->medicines, step("/persons", index) + "/needs/medicines");
        }
    }
    if (record.mapping) {
        unique_ids(check, record.mapping->support, "/mapping/support");
    }
    unique_ids(check, record.risks, "/risks");
    unique_ids(check, record.legs, "/legs");
    unique_ids(check, record.escorts, "/escorts");
    unique_ids(check, record.transit_contacts, "/transit_contacts");
    unique_ids(check, record.handovers, "/handovers");
    unique_ids(check, record.receptions, "/receptions");
    unique_ids(check, record.onward, "/onward");
    unique_ids(check, record.consents, "/consents");
    unique_ids(check, record.grants, "/grants");
    unique_ids(check, record.follow_ups, "/follow_ups");
    unique_ids(check, record.contacts, "/contacts");
    unique_ids(check, record.documents, "/documents");
    unique_ids(check, record.links, "/links");
}

void check_references(const Checking& check) {
    const References references(check);
    references.people();
    references.journey();
    references.papers();
}

}  // namespace valv::casework
