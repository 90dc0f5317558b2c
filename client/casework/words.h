#pragma once

#include <array>
#include <string_view>

// Included by enums.h only: the words of each enum as the record writes them.
namespace valv::casework {

template <>
struct Words<Phase> {
    static constexpr std::array<std::string_view, 3> kWords = {"before", "during", "after"};
};

template <>
struct Words<CaseStatus> {
    static constexpr std::array<std::string_view, 5> kWords = {"open", "paused", "stopped",
                                                               "closing", "closed"};
};

template <>
struct Words<DeskLanguage> {
    static constexpr std::array<std::string_view, 2> kWords = {"sv", "en"};
};

template <>
struct Words<PersonRole> {
    static constexpr std::array<std::string_view, 4> kWords = {"traveller", "dependant", "guardian",
                                                               "other"};
};

template <>
struct Words<NameOrder> {
    static constexpr std::array<std::string_view, 2> kWords = {"given-first", "family-first"};
};

template <>
struct Words<Sex> {
    static constexpr std::array<std::string_view, 3> kWords = {"female", "male", "x"};
};

template <>
struct Words<Mobility> {
    static constexpr std::array<std::string_view, 7> kWords = {"none", "WCHR", "WCHS", "WCHC",
                                                               "BLND", "DEAF", "DPNA"};
};

template <>
struct Words<FitToFly> {
    static constexpr std::array<std::string_view, 3> kWords = {"unknown", "not-needed", "needed"};
};

template <>
struct Words<EscortPreference> {
    static constexpr std::array<std::string_view, 3> kWords = {"female", "male", "any"};
};

template <>
struct Words<Custody> {
    static constexpr std::array<std::string_view, 3> kWords = {"sole", "joint", "appointed"};
};

template <>
struct Words<Purpose> {
    static constexpr std::array<std::string_view, 7> kWords = {
        "sexual",          "forced-labour", "begging", "criminality",
        "forced-marriage", "domestic-work", "other"};
};

template <>
struct Words<LabourKind> {
    static constexpr std::array<std::string_view, 5> kWords = {"berry-picking", "construction",
                                                               "cleaning", "restaurant", "other"};
};

template <>
struct Words<IdentifiedBy> {
    static constexpr std::array<std::string_view, 6> kWords = {
        "police", "social-services", "ngo", "health", "self", "other"};
};

template <>
struct Words<Proceedings> {
    static constexpr std::array<std::string_view, 4> kWords = {"none", "pending", "closed",
                                                               "unknown"};
};

template <>
struct Words<Witness> {
    static constexpr std::array<std::string_view, 3> kWords = {"unknown", "no", "yes"};
};

template <>
struct Words<HousingKind> {
    static constexpr std::array<std::string_view, 5> kWords = {"family", "own", "shelter", "office",
                                                               "none"};
};

template <>
struct Words<Service> {
    static constexpr std::array<std::string_view, 9> kWords = {
        "housing", "health",  "psychosocial",     "legal",     "school",
        "work",    "finance", "child-protection", "protection"};
};

template <>
struct Words<RiskArea> {
    static constexpr std::array<std::string_view, 12> kWords = {
        "network", "family", "home",     "journey",     "pickup", "arrival",
        "health",  "debt",   "exposure", "authorities", "child",  "return"};
};

template <>
struct Words<Mode> {
    static constexpr std::array<std::string_view, 6> kWords = {"air",   "rail", "bus",
                                                               "ferry", "car",  "walk"};
};

template <>
struct Words<LegStatus> {
    static constexpr std::array<std::string_view, 5> kWords = {"planned", "booked", "ticketed",
                                                               "flown", "cancelled"};
};

template <>
struct Words<Assistance> {
    static constexpr std::array<std::string_view, 9> kWords = {
        "WCHR", "WCHS", "WCHC", "BLND", "DEAF", "DPNA", "MEDA", "UMNR", "MAAS"};
};

template <>
struct Words<EscortKind> {
    static constexpr std::array<std::string_view, 4> kWords = {"staff", "nurse", "relative",
                                                               "volunteer"};
};

template <>
struct Words<HandoverRole> {
    static constexpr std::array<std::string_view, 6> kWords = {"escort",    "office",  "guardian",
                                                               "authority", "transit", "carrier"};
};

template <>
struct Words<ConsentForm> {
    static constexpr std::array<std::string_view, 4> kWords = {
        "consent-participation", "consent-sharing", "consent-medical", "guardian-consent"};
};

template <>
struct Words<Audience> {
    static constexpr std::array<std::string_view, 5> kWords = {"office", "escort", "traveller",
                                                               "transit", "authority"};
};

template <>
struct Words<GrantKind> {
    static constexpr std::array<std::string_view, 7> kWords = {
        "pocket-money", "housing", "health", "education", "business", "in-kind", "other"};
};

template <>
struct Words<FollowUpKind> {
    static constexpr std::array<std::string_view, 6> kWords = {"1w", "1m",  "3m",
                                                               "6m", "12m", "extra"};
};

template <>
struct Words<FollowUpOutcome> {
    static constexpr std::array<std::string_view, 5> kWords = {
        "well", "needs-support", "not-reached", "declined", "exploited-again"};
};

template <>
struct Words<Indicator> {
    static constexpr std::array<std::string_view, 11> kWords = {
        "phone-controlled",  "debt-demand",     "strangers-asking", "moved-suddenly",
        "papers-taken",      "new-offer",       "injuries",         "isolated",
        "money-unexplained", "contact-refused", "school-absent"};
};

template <>
struct Words<ContactRole> {
    static constexpr std::array<std::string_view, 10> kWords = {
        "office", "duty",   "embassy", "social-services", "counsel",
        "police", "health", "family",  "school",          "other"};
};

template <>
struct Words<TemplateState> {
    static constexpr std::array<std::string_view, 3> kWords = {"approved", "machine-draft",
                                                               "bilingual"};
};

template <>
struct Words<OriginalWith> {
    static constexpr std::array<std::string_view, 6> kWords = {
        "person", "coordinator", "social-services", "police", "embassy", "unknown"};
};

template <>
struct Words<MarkState> {
    static constexpr std::array<std::string_view, 3> kWords = {"done", "not_applicable", "waived"};
};

}  // namespace valv::casework
