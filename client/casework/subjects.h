#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/casework/refusals.h"
#include "client/casework/rules.h"

// How rules name what they are about: id, JSON Pointer and the words for the braces of their texts.
namespace valv::casework {

// The pointer of a row that lives in this array.
template <typename Row>
std::string row_path(std::string_view array, const std::vector<Row>& rows, const Row& row) {
    return step(array, static_cast<std::size_t>(&row - rows.data()));
}

[[nodiscard]] Subject about(const Facts& facts, const Person& person);
[[nodiscard]] Subject about(const Facts& facts, const Leg& leg);
[[nodiscard]] Subject about(const Facts& facts, const Gap& gap);
[[nodiscard]] Subject about(const Facts& facts, const Document& document);
[[nodiscard]] Subject about(const Facts& facts, const Reception& reception);
[[nodiscard]] Subject about(const Facts& facts, const Escort& escort);
[[nodiscard]] Subject about(const Facts& facts, const Link& link);
[[nodiscard]] Subject about_medicine(const Facts& facts, const Person& person,
                                     const Medicine& medicine);
[[nodiscard]] Subject with(Subject subject, std::string_view key, std::string_view value,
                           FillKind kind = FillKind::kPlain);
[[nodiscard]] Subject due_at(Subject subject, Instant due);
[[nodiscard]] Subject due_on(Subject subject, Date due);
// `16:35, Bucharest`: the last arrival, for texts.
[[nodiscard]] Fill arrival_fill(const Facts& facts);
[[nodiscard]] std::string short_place(const Place& place);  // the IATA code, else the name

// Rules about the case as a whole.
[[nodiscard]] inline Subjects when(bool is_open) {
    return is_open ? Subjects{Subject{}} : Subjects{};
}

template <typename Condition>
Subjects each_traveller(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto* const person : facts.travellers()) {
        if (condition(*person)) {
            subjects.push_back(about(facts, *person));
        }
    }
    return subjects;
}

template <typename Condition>
Subjects each_minor(const Facts& facts, Condition condition) {
    return each_traveller(
        facts, [&](const Person& person) { return facts.is_minor(person) && condition(person); });
}

template <typename Condition>
Subjects each_adult(const Facts& facts, Condition condition) {
    return each_traveller(
        facts, [&](const Person& person) { return !facts.is_minor(person) && condition(person); });
}

template <typename Condition>
Subjects each_leg(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto* const leg : facts.legs()) {
        if (condition(*leg)) {
            subjects.push_back(about(facts, *leg));
        }
    }
    return subjects;
}

template <typename Condition>
Subjects each_gap(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto& gap : facts.gaps()) {
        if (condition(gap)) {
            subjects.push_back(about(facts, gap));
        }
    }
    return subjects;
}

// Rows whose own id is the subject.
template <typename Row, typename Condition>
Subjects each_row(std::string_view array, const std::vector<Row>& rows, Condition condition) {
    Subjects subjects;
    for (const auto& row : rows) {
        if (condition(row)) {
            Subject subject;
            subject.id = row.id;
            subject.path = row_path(array, rows, row);
            subjects.push_back(std::move(subject));
        }
    }
    return subjects;
}

template <typename Condition>
Subjects each_document(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto& document : facts.record().documents) {
        if (!is_true(document.is_void) && condition(document)) {
            subjects.push_back(about(facts, document));
        }
    }
    return subjects;
}

template <typename Condition>
Subjects each_link(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto& link : facts.record().links) {
        if (condition(link)) {
            subjects.push_back(about(facts, link));
        }
    }
    return subjects;
}

template <typename Condition>
Subjects each_escort(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto& escort : facts.record().escorts) {
        if (facts.is_escorting(escort) && condition(escort)) {
            subjects.push_back(about(facts, escort));
        }
    }
    return subjects;
}

template <typename Condition>
Subjects each_reception(const Facts& facts, Condition condition) {
    Subjects subjects;
    for (const auto& reception : facts.record().receptions) {
        if (condition(reception)) {
            subjects.push_back(about(facts, reception));
        }
    }
    return subjects;
}

}  // namespace valv::casework
