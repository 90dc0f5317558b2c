#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

// The closed word lists of the case record (docs/casework.md 3.2), with their words in the record.
namespace valv::casework {

enum class Phase { kBefore, kDuring, kAfter };
enum class CaseStatus { kOpen, kPaused, kStopped, kClosing, kClosed };
enum class DeskLanguage { kSv, kEn };
enum class PersonRole { kTraveller, kDependant, kGuardian, kOther };
enum class NameOrder { kGivenFirst, kFamilyFirst };
enum class Sex { kFemale, kMale, kX };
enum class Mobility { kNone, kWchr, kWchs, kWchc, kBlnd, kDeaf, kDpna };
enum class FitToFly { kUnknown, kNotNeeded, kNeeded };
enum class EscortPreference { kFemale, kMale, kAny };
enum class Custody { kSole, kJoint, kAppointed };
enum class Purpose {
    kSexual,
    kForcedLabour,
    kBegging,
    kCriminality,
    kForcedMarriage,
    kDomesticWork,
    kOther
};
enum class LabourKind { kBerryPicking, kConstruction, kCleaning, kRestaurant, kOther };
enum class IdentifiedBy { kPolice, kSocialServices, kNgo, kHealth, kSelf, kOther };
enum class Proceedings { kNone, kPending, kClosed, kUnknown };
enum class Witness { kUnknown, kNo, kYes };
enum class HousingKind { kFamily, kOwn, kShelter, kOffice, kNone };
enum class Service {
    kHousing,
    kHealth,
    kPsychosocial,
    kLegal,
    kSchool,
    kWork,
    kFinance,
    kChildProtection,
    kProtection
};
enum class RiskArea {
    kNetwork,
    kFamily,
    kHome,
    kJourney,
    kPickup,
    kArrival,
    kHealth,
    kDebt,
    kExposure,
    kAuthorities,
    kChild,
    kReturn
};
enum class Mode { kAir, kRail, kBus, kFerry, kCar, kWalk };
enum class LegStatus { kPlanned, kBooked, kTicketed, kFlown, kCancelled };
enum class Assistance { kWchr, kWchs, kWchc, kBlnd, kDeaf, kDpna, kMeda, kUmnr, kMaas };
enum class EscortKind { kStaff, kNurse, kRelative, kVolunteer };
enum class HandoverRole { kEscort, kOffice, kGuardian, kAuthority, kTransit, kCarrier };
enum class ConsentForm { kParticipation, kSharing, kMedical, kGuardian };
enum class Audience { kOffice, kEscort, kTraveller, kTransit, kAuthority };
enum class GrantKind { kPocketMoney, kHousing, kHealth, kEducation, kBusiness, kInKind, kOther };
enum class FollowUpKind { k1w, k1m, k3m, k6m, k12m, kExtra };
enum class FollowUpOutcome { kWell, kNeedsSupport, kNotReached, kDeclined, kExploitedAgain };
enum class Indicator {
    kPhoneControlled,
    kDebtDemand,
    kStrangersAsking,
    kMovedSuddenly,
    kPapersTaken,
    kNewOffer,
    kInjuries,
    kIsolated,
    kMoneyUnexplained,
    kContactRefused,
    kSchoolAbsent
};
enum class ContactRole {
    kOffice,
    kDuty,
    kEmbassy,
    kSocialServices,
    kCounsel,
    kPolice,
    kHealth,
    kFamily,
    kSchool,
    kOther
};
enum class TemplateState { kApproved, kMachineDraft, kBilingual };
enum class OriginalWith { kPerson, kCoordinator, kSocialServices, kPolice, kEmbassy, kUnknown };
enum class MarkState { kDone, kNotApplicable, kWaived };

// The words of an enum, in the order of its enumerators.
template <typename E>
struct Words;

template <typename E>
concept Worded = requires {
    Words<E>::kWords.size();
};

template <Worded E>
[[nodiscard]] constexpr std::string_view word(E value) {
    return Words<E>::kWords.at(static_cast<std::size_t>(value));
}

template <Worded E>
[[nodiscard]] constexpr std::optional<E> from_word(std::string_view text) {
    for (std::size_t index = 0; index < Words<E>::kWords.size(); ++index) {
        if (Words<E>::kWords.at(index) == text) {
            return static_cast<E>(index);
        }
    }
    return std::nullopt;
}

}  // namespace valv::casework

#include "client/casework/words.h"
