#include <algorithm>
#include <array>

#include "client/casework/countries.h"
#include "client/casework/subjects.h"

// I: information and law.
namespace valv::casework {
namespace {

const Legal& legal_of(const Facts& facts) {
    static const Legal kNothing;  // constant
    return facts.record().legal ? *facts.record().legal : kNothing;
}

Subjects counselling_sheet(const Facts& facts) {
    return each_adult(facts, [&](const Person& person) {
        return std::ranges::none_of(
            facts.documents("counselling-sheet", person), [&](const Document* sheet) {
                return sheet->languages && speaks(person, *sheet->languages);
            });
    });
}

Subjects interpreter(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return person.needs && is_true(person.needs->interpreter) &&
               !facts.has_document("interpreter-note", person);
    });
}

Subjects reflection_info(const Facts& facts) {
    return when(!legal_of(facts).reflection_info_given_on);
}

Subjects proceedings_known(const Facts& facts) {
    return when(legal_of(facts).proceedings.value_or(Proceedings::kUnknown) ==
                Proceedings::kUnknown);
}

Subjects prosecutor_check(const Facts& facts) {
    const auto& legal = legal_of(facts);
    return when(legal.proceedings == Proceedings::kPending && !legal.prosecutor_checked_on);
}

Subjects witness_plan(const Facts& facts) {
    const auto& legal = legal_of(facts);
    return when(legal.witness == Witness::kYes && !is_set(legal.witness_arrangement));
}

Subjects stay_permission(const Facts& facts) {
    const auto& valid_to = legal_of(facts).permit_valid_to;
    return each_adult(facts, [&](const Person& person) {
        return facts.has_legs() && std::ranges::none_of(person.citizenships, is_eup) &&
               !(valid_to && *valid_to >= facts.departure_day());
    });
}

Subjects asylum_pending(const Facts& facts) {
    return when(is_true(legal_of(facts).asylum_pending));
}

constexpr std::array<Rule, 8> kRules = {{
    {"counselling-sheet", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(30),
     Blocks::kYes, counselling_sheet},
    {"interpreter", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(21),
     Blocks::kYes, interpreter},
    {"reflection-info", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(30),
     Blocks::kYes, reflection_info},
    {"proceedings-known", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(21),
     Blocks::kNo, proceedings_known},
    {"prosecutor-check", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kYes, prosecutor_check},
    {"witness-plan", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(10),
     Blocks::kYes, witness_plan},
    {"stay-permission", "b", "op", Per::kRow, Closing::kTick, Owner::kCoordinator, before(14),
     Blocks::kNo, stay_permission},
    {"asylum-pending", "b", "op", Per::kCase, Closing::kDataOrTick, Owner::kCoordinator, before(30),
     Blocks::kYes, asylum_pending},
}};

}  // namespace

std::span<const Rule> information_rules() {
    return kRules;
}

}  // namespace valv::casework
