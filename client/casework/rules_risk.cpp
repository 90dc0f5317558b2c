#include <algorithm>
#include <array>

#include "client/casework/subjects.h"

// R: mapping and risk.
namespace valv::casework {
namespace {

constexpr std::chrono::days kMappingFresh{30};
constexpr std::chrono::days kReviewFresh{14};
constexpr std::int64_t kHighScore = 15;
constexpr std::int64_t kMediumScore = 8;

std::int64_t score(const Risk& risk) {
    return risk.likelihood * risk.impact;
}

bool has_area(const Facts& facts, RiskArea area) {
    return std::ranges::find(facts.record().risks, area, &Risk::area) != facts.record().risks.end();
}

template <typename Condition>
Subjects each_risk(const Facts& facts, Condition condition) {
    auto subjects = each_row("/risks", facts.record().risks, condition);
    for (auto& subject : subjects) {
        const auto& risks = facts.record().risks;
        subject =
            with(std::move(subject), "area",
                 word(std::ranges::find(risks, subject.id, &Risk::id)->area), FillKind::kAreas);
    }
    return subjects;
}

Subjects needs_assessment(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return person.role == PersonRole::kTraveller &&
               !facts.has_document("needs-assessment", person);
    });
}

Subjects mapping_missing(const Facts& facts) {
    return when(!facts.record().mapping || facts.record().mapping->support.empty());
}

Subjects mapping_stale(const Facts& facts) {
    Subjects subjects;
    if (!facts.record().mapping) {
        return subjects;
    }
    const auto& support = facts.record().mapping->support;
    for (const auto& row : support) {
        if (row.confirmed_on && *row.confirmed_on >= facts.today() - kMappingFresh) {
            continue;
        }
        Subject subject;
        subject.id = row.id;
        subject.path = row_path("/mapping/support", support, row);
        subject = with(std::move(subject), "organisation", row.organisation);
        subjects.push_back(
            with(std::move(subject), "service", word(row.service), FillKind::kService));
    }
    return subjects;
}

Subjects housing_missing(const Facts& facts) {
    const auto& mapping = facts.record().mapping;
    if (!mapping || !mapping->housing) {
        return when(true);
    }
    const auto& housing = *mapping->housing;
    return when(housing.kind.value_or(HousingKind::kNone) == HousingKind::kNone ||
                !housing.confirmed_on);
}

Subjects risk_missing(const Facts& facts) {
    return when(facts.record().risks.empty());
}

Subjects risk_areas(const Facts& facts) {
    if (facts.record().risks.empty()) {
        return {};
    }
    std::vector<RiskArea> wanted = {RiskArea::kNetwork, RiskArea::kHome, RiskArea::kJourney,
                                    RiskArea::kArrival};
    if (facts.has_minors()) {
        wanted.push_back(RiskArea::kChild);
    }
    std::string missing;
    for (const auto area : wanted) {
        if (!has_area(facts, area)) {
            missing += (missing.empty() ? "" : " ") + std::string(word(area));
        }
    }
    return missing.empty() ? Subjects{} : Subjects{with({}, "areas", missing, FillKind::kAreas)};
}

Subjects risk_pickup(const Facts& facts) {
    return when(!facts.record().risks.empty() && !has_area(facts, RiskArea::kPickup));
}

Subjects risk_exposure(const Facts& facts) {
    return when(!facts.record().risks.empty() && !has_area(facts, RiskArea::kExposure));
}

Subjects risk_stale(const Facts& facts) {
    return each_risk(
        facts, [&](const Risk& risk) { return risk.reviewed_on < facts.today() - kReviewFresh; });
}

Subjects risk_high(const Facts& facts) {
    return each_risk(facts, [](const Risk& risk) {
        return score(risk) >= kHighScore && (!is_set(risk.mitigation) || !risk.accepted_by);
    });
}

Subjects risk_medium(const Facts& facts) {
    return each_risk(facts, [](const Risk& risk) {
        return score(risk) >= kMediumScore && score(risk) < kHighScore && !is_set(risk.mitigation);
    });
}

Subjects safety_plan(const Facts& facts) {
    return when(!facts.has_document("safety-plan") &&
                std::ranges::any_of(facts.record().risks,
                                    [](const Risk& risk) { return score(risk) >= kMediumScore; }));
}

constexpr std::array<Rule, 12> kRules = {{
    {"needs-assessment", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(30),
     Blocks::kNo, needs_assessment},
    {"mapping-missing", "b", "op", Per::kCase, Closing::kData, Owner::kOffice, before(21),
     Blocks::kYes, mapping_missing},
    {"mapping-stale", "b", "op", Per::kRow, Closing::kData, Owner::kOffice, before(7), Blocks::kNo,
     mapping_stale},
    {"housing-missing", "b", "op", Per::kCase, Closing::kData, Owner::kOffice, before(10),
     Blocks::kYes, housing_missing},
    {"risk-missing", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(21),
     Blocks::kYes, risk_missing},
    {"risk-areas", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kNo, risk_areas},
    {"risk-pickup", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(14),
     Blocks::kYes, risk_pickup},
    {"risk-exposure", "b", "op", Per::kCase, Closing::kDataOrTick, Owner::kCoordinator, before(14),
     Blocks::kNo, risk_exposure},
    {"risk-stale", "bd", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(2),
     Blocks::kYes, risk_stale},
    {"risk-high", "bd", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kYes, risk_high},
    {"risk-medium", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kNo, risk_medium},
    {"safety-plan", "b", "op", Per::kCase, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kNo, safety_plan},
}};

}  // namespace

std::span<const Rule> risk_rules() {
    return kRules;
}

}  // namespace valv::casework
