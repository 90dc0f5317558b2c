#include <algorithm>
#include <array>

#include "client/casework/consents.h"
#include "client/casework/subjects.h"

// W: wish and consent.
namespace valv::casework {
namespace {

bool has_consent(const Facts& facts, ConsentForm form, const Person& person) {
    return std::ranges::any_of(facts.record().consents, [&](const Consent& consent) {
        return consent.form == form && consent.about == person.id &&
               is_active(consent, facts.now());
    });
}

bool needs_medicine_or_care(const Person& person) {
    return person.needs && ((person.needs->medical && !person.needs->medical->empty()) ||
                            (person.needs->medicines && !person.needs->medicines->empty()));
}

bool is_of_wish(const Consent& consent) {
    return consent.form == ConsentForm::kParticipation || consent.form == ConsentForm::kGuardian;
}

Subjects consent_stop(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return is_stopped(facts.record(), person.id, facts.now());
    });
}

Subjects consent_participation(const Facts& facts) {
    return each_adult(facts, [&](const Person& person) {
        return !has_consent(facts, ConsentForm::kParticipation, person) &&
               !is_stopped(facts.record(), person.id, facts.now());
    });
}

Subjects child_own_view(const Facts& facts) {
    return each_minor(facts, [](const Person&) { return true; });
}

Subjects guardian_consent(const Facts& facts) {
    return each_minor(facts, [&](const Person& child) {
        const auto custodians = custodians_of(facts.record(), child.id);
        return custodians.empty() || !std::ranges::all_of(custodians, [&](const Person* custodian) {
                   return std::ranges::any_of(facts.record().consents, [&](const Consent& consent) {
                       return consent.form == ConsentForm::kGuardian && consent.about == child.id &&
                              consent.given_by == custodian->id && is_active(consent, facts.now());
                   });
               });
    });
}

Subjects custody_proof(const Facts& facts) {
    return each_minor(facts, [&](const Person& child) {
        return !facts.has_document("custody-order", child) &&
               std::ranges::any_of(
                   custodians_of(facts.record(), child.id),
                   [](const Person* custodian) { return custodian->custody != Custody::kJoint; });
    });
}

Subjects guardian_here(const Facts& facts) {
    return each_minor(facts, [&](const Person& child) {
        return std::ranges::none_of(custodians_of(facts.record(), child.id),
                                    [](const Person* custodian) {
                                        return is_true(custodian->in_sweden) || travels(*custodian);
                                    });
    });
}

Subjects best_interests(const Facts& facts) {
    const auto& legal = facts.record().legal;
    return each_minor(facts, [&](const Person& child) {
        return !facts.has_custodian_on_journey(child) && !(legal && legal->best_interests_on);
    });
}

Subjects family_traced(const Facts& facts) {
    const auto& legal = facts.record().legal;
    return each_minor(facts, [&](const Person& child) {
        return !facts.has_custodian_on_journey(child) && !(legal && legal->family_traced_on);
    });
}

// A child without any custodian on record needs it too: somebody has to consent, and nobody of them
// travels.
Subjects notarised_consent(const Facts& facts) {
    return each_minor(facts, [&](const Person& child) {
        const auto custodians = custodians_of(facts.record(), child.id);
        const bool do_all_travel =
            !custodians.empty() && std::ranges::all_of(custodians, [](const Person* custodian) {
                return travels(*custodian);
            });
        return !do_all_travel && std::ranges::none_of(facts.documents("guardian-consent", child),
                                                      [](const Document* document) {
                                                          return is_true(document->notarised);
                                                      });
    });
}

Subjects birth_certificate(const Facts& facts) {
    return each_minor(facts, [&](const Person& child) {
        return !facts.has_document("birth-certificate", child);
    });
}

template <typename Condition>
Subjects each_active_consent(const Facts& facts, Condition condition) {
    return each_row("/consents", facts.record().consents, [&](const Consent& consent) {
        return is_active(consent, facts.now()) && condition(consent);
    });
}

Subjects consent_language(const Facts& facts) {
    return each_active_consent(facts, [&](const Consent& consent) {
        const auto* const giver = find_person(facts.record(), consent.given_by);
        return giver != nullptr && !contains(giver->languages, consent.language) &&
               !is_true(consent.interpreter);
    });
}

Subjects reads_aloud(const Facts& facts) {
    return each_traveller(facts,
                          [](const Person& person) { return person.reads && !*person.reads; });
}

Subjects consent_expires(const Facts& facts) {
    constexpr std::chrono::days kAfterArrival{7};
    return each_active_consent(facts, [&](const Consent& consent) {
        return facts.has_legs() && consent.expires_on &&
               *consent.expires_on < facts.arrival_day() + kAfterArrival;
    });
}

Subjects consent_stop_explained(const Facts& facts) {
    return each_active_consent(facts, [](const Consent& consent) {
        return is_of_wish(consent) && !is_true(consent.explained_stop);
    });
}

bool is_covered_for_all(const Facts& facts, Audience audience, std::string_view recipient) {
    return std::ranges::all_of(facts.travellers(), [&](const Person* person) {
        return covers(
            facts.record(),
            {.audience = audience, .recipient = recipient, .person = person->id, .kind = {}},
            facts.now());
    });
}

Subjects consent_sharing(const Facts& facts) {
    auto subjects = each_reception(facts, [&](const Reception& reception) {
        return !is_covered_for_all(facts, Audience::kOffice, reception.id);
    });
    auto escorts = each_escort(facts, [&](const Escort& escort) {
        return !is_covered_for_all(facts, Audience::kEscort, escort.id);
    });
    std::ranges::move(escorts, std::back_inserter(subjects));
    for (const auto& contact : facts.record().transit_contacts) {
        if (!is_covered_for_all(facts, Audience::kTransit, contact.id)) {
            Subject subject;
            subject.id = contact.id;
            subject.path = row_path("/transit_contacts", facts.record().transit_contacts, contact);
            subjects.push_back(with(std::move(subject), "recipient", contact.name));
        }
    }
    return subjects;
}

bool is_link_covered(const Facts& facts, const Link& link) {
    return std::ranges::all_of(facts.travellers(), [&](const Person* person) {
        return std::ranges::all_of(link.kinds, [&](const std::string& kind) {
            return is_kind_shared(facts.record(), link.audience, link.recipient, person->id, kind,
                                  facts.now());
        });
    });
}

Subjects link_consent(const Facts& facts) {
    return each_link(facts, [&](const Link& link) {
        return facts.is_live(link) && link.audience != Audience::kTraveller &&
               !is_link_covered(facts, link);
    });
}

Subjects consent_medical(const Facts& facts) {
    return each_traveller(facts, [&](const Person& person) {
        return needs_medicine_or_care(person) && !has_consent(facts, ConsentForm::kMedical, person);
    });
}

constexpr std::array<Rule, 17> kRules = {{
    {"consent-stop", "bd", "op", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kAlways, consent_stop},
    {"consent-participation", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(21),
     Blocks::kAlways, consent_participation},
    {"child-own-view", "b", "op", Per::kRow, Closing::kTick, Owner::kSocialServices, before(21),
     Blocks::kYes, child_own_view},
    {"guardian-consent", "b", "op", Per::kRow, Closing::kData, Owner::kGuardian, before(14),
     Blocks::kAlways, guardian_consent},
    {"custody-proof", "b", "op", Per::kRow, Closing::kData, Owner::kGuardian, before(14),
     Blocks::kYes, custody_proof},
    {"guardian-here", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(30),
     Blocks::kYes, guardian_here},
    {"best-interests", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(21),
     Blocks::kYes, best_interests},
    {"family-traced", "b", "op", Per::kRow, Closing::kData, Owner::kSocialServices, before(21),
     Blocks::kYes, family_traced},
    {"notarised-consent", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kGuardian, before(10),
     Blocks::kNo, notarised_consent},
    {"birth-certificate", "b", "op", Per::kRow, Closing::kDataOrTick, Owner::kGuardian, before(10),
     Blocks::kNo, birth_certificate},
    {"consent-language", "bda", "op", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kYes, consent_language},
    {"reads-aloud", "b", "op", Per::kRow, Closing::kTick, Owner::kCoordinator, before(7),
     Blocks::kYes, reads_aloud},
    {"consent-expires", "bd", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(3),
     Blocks::kYes, consent_expires},
    {"consent-stop-explained", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(7),
     Blocks::kYes, consent_stop_explained},
    {"consent-sharing", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(10),
     Blocks::kAlways, consent_sharing},
    {"link-consent", "bda", "opsc", Per::kRow, Closing::kData, Owner::kCoordinator, at_once(),
     Blocks::kAlways, link_consent},
    {"consent-medical", "b", "op", Per::kRow, Closing::kData, Owner::kCoordinator, before(10),
     Blocks::kYes, consent_medical},
}};

}  // namespace

std::span<const Rule> wish_rules() {
    return kRules;
}

}  // namespace valv::casework
