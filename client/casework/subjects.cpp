#include "client/casework/subjects.h"

#include <algorithm>

namespace valv::casework {

Subject about(const Facts& facts, const Person& person) {
    Subject subject;
    subject.id = person.id;
    subject.path = row_path("/persons", facts.record().persons, person);
    subject.fills.push_back({"name", full_name(person.name)});
    return subject;
}

Subject about(const Facts& facts, const Leg& leg) {
    Subject subject;
    subject.id = leg.id;
    subject.path = row_path("/legs", facts.record().legs, leg);
    const auto number = leg.number ? *leg.number + " " : std::string();
    subject.fills.push_back({"leg",
                             number + short_place(leg.from) + "–" + short_place(leg.to) + ", |" +
                                 to_text(leg.departs) + "|",
                             FillKind::kTimed});
    return subject;
}

Subject about(const Facts& facts, const Gap& gap) {
    Subject subject;
    subject.id = gap.before->id + "-" + gap.after->id;
    subject.path = row_path("/legs", facts.record().legs, *gap.before);
    subject.fills.push_back({"place", gap.before->to.name});
    subject.fills.push_back({"a", gap.before->to.name});
    subject.fills.push_back({"b", gap.after->from.name});
    subject.fills.push_back({"minutes", std::to_string(minutes_between(gap))});
    subject.fills.push_back({"needed", std::to_string(needed_minutes(facts, gap))});
    return subject;
}

Subject about(const Facts& facts, const Document& document) {
    Subject subject;
    subject.id = document.id.text();
    subject.path = row_path("/documents", facts.record().documents, document);
    return subject;
}

Subject about(const Facts& facts, const Reception& reception) {
    Subject subject;
    subject.id = reception.id;
    subject.path = row_path("/receptions", facts.record().receptions, reception);
    subject.fills.push_back({"office", reception.office});
    subject.fills.push_back({"recipient", reception.office});
    if (facts.has_legs()) {
        subject.fills.push_back(arrival_fill(facts));
    }
    return subject;
}

Subject about(const Facts& facts, const Escort& escort) {
    Subject subject;
    subject.id = escort.id;
    subject.path = row_path("/escorts", facts.record().escorts, escort);
    subject.fills.push_back({"recipient", full_name(escort.name)});
    return subject;
}

Subject about(const Facts& facts, const Link& link) {
    Subject subject;
    subject.id = link.id.text();
    subject.path = row_path("/links", facts.record().links, link);
    return subject;
}

Subject about_medicine(const Facts& facts, const Person& person, const Medicine& medicine) {
    auto subject = about(facts, person);
    subject.id += "-" + medicine.id;
    subject.path += "/needs/medicines";
    subject.path = row_path(subject.path, *person.needs->medicines, medicine);
    return with(std::move(subject), "medicine", medicine.name.value_or(medicine.id));
}

Subject with(Subject subject, std::string_view key, std::string_view value, FillKind kind) {
    subject.fills.push_back({std::string(key), std::string(value), kind});
    return subject;
}

Subject due_at(Subject subject, Instant due) {
    subject.due = due;
    return subject;
}

Subject due_on(Subject subject, Date due) {
    subject.due_on = due;
    return subject;
}

Fill arrival_fill(const Facts& facts) {
    const auto& last = *facts.legs().back();
    return {"arrival", "|" + to_text(last.arrives) + "|, " + last.to.name, FillKind::kTimed};
}

std::string short_place(const Place& place) {
    return place.iata.value_or(place.name);
}

}  // namespace valv::casework
