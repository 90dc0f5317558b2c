#include "client/casework/kinds.h"

#include <algorithm>

namespace valv::casework {
namespace {

constexpr Share kD = Share::kDefault;
constexpr Share kN = Share::kNamed;
constexpr Share kX = Share::kNever;

// docs/casework.md section 2: slug, names; office, escort, traveller, transit, authority;
// sensitivity; retention in years.
constexpr std::array<Kind, 38> kKinds = {{
    {"passport", "Passport", "Pass", {kD, kN, kD, kX, kD}, 2, 0},
    {"emergency-passport", "Emergency passport", "Provisoriskt pass", {kD, kN, kD, kX, kD}, 2, 0},
    {"laissez-passer",
     "Travel document in lieu of passport",
     "Resehandling (laissez-passer)",
     {kD, kN, kD, kX, kD},
     2,
     0},
    {"identity-card", "National identity card", "Nationellt id-kort", {kD, kN, kD, kX, kD}, 2, 0},
    {"residence-permit", "Residence permit", "Uppehållstillstånd", {kN, kX, kD, kX, kD}, 2, 1},
    {"visa", "Visa or transit visa", "Visum eller transitvisum", {kD, kN, kD, kX, kD}, 2, 0},
    {"birth-certificate", "Birth certificate", "Födelseattest", {kN, kN, kD, kX, kD}, 2, 0},
    {"photo", "Photo for the meeting", "Foto för mötet", {kD, kN, kX, kN, kX}, 2, 0},
    {"consent-participation",
     "Consent to take part",
     "Samtycke till medverkan",
     {kN, kX, kD, kX, kX},
     3,
     5},
    {"consent-sharing",
     "Consent to share papers",
     "Samtycke till att dela handlingar",
     {kN, kX, kD, kX, kX},
     3,
     5},
    {"consent-medical",
     "Consent to share health data",
     "Samtycke till att dela hälsouppgifter",
     {kN, kX, kD, kX, kX},
     3,
     5},
    {"guardian-consent",
     "Guardian's consent",
     "Vårdnadshavares samtycke",
     {kD, kD, kD, kX, kD},
     2,
     5},
    {"custody-order", "Custody order", "Vårdnadsbeslut", {kN, kN, kD, kX, kD}, 3, 5},
    {"best-interests-decision",
     "Best interests decision",
     "Beslut om barnets bästa",
     {kN, kX, kX, kX, kD},
     3,
     5},
    {"power-of-attorney", "Power of attorney", "Fullmakt", {kN, kN, kD, kX, kD}, 2, 1},
    {"needs-assessment", "Needs assessment", "Behovsbedömning", {kN, kX, kX, kX, kX}, 3, 1},
    {"mapping-report",
     "Support available at home",
     "Kartläggning av stöd",
     {kD, kX, kN, kX, kX},
     3,
     1},
    {"risk-assessment", "Risk assessment", "Riskbedömning", {kN, kX, kX, kX, kX}, 3, 1},
    {"safety-plan", "Safety plan", "Säkerhetsplan", {kN, kN, kN, kX, kX}, 3, 1},
    {"counselling-sheet",
     "Information about rights and help",
     "Information om rättigheter och stöd",
     {kX, kX, kD, kX, kX},
     3,
     0},
    {"interpreter-note", "Note of interpretation", "Tolkintyg", {kX, kX, kX, kX, kX}, 3, 1},
    {"police-report-reference",
     "Reference of a police report",
     "Diarienummer för polisanmälan",
     {kX, kX, kN, kX, kN},
     3,
     5},
    {"itinerary", "Travel plan", "Resplan", {kD, kD, kD, kN, kN}, 1, 0},
    {"booking", "Booking confirmation", "Bokningsbekräftelse", {kD, kD, kD, kX, kX}, 1, 2},
    {"ticket", "Ticket, boarding pass", "Biljett, boardingkort", {kD, kD, kD, kN, kN}, 1, 2},
    {"onward-ticket",
     "Ticket for onward transport",
     "Biljett för vidareresa",
     {kD, kD, kD, kX, kX},
     1,
     2},
    {"medical-certificate",
     "Certificate of fitness to fly",
     "Läkarintyg för flygresa",
     {kN, kD, kD, kX, kN},
     3,
     0},
    {"prescription",
     "Prescription, list of medicines",
     "Recept, läkemedelslista",
     {kN, kD, kD, kX, kN},
     3,
     0},
    {"medicine-certificate",
     "Certificate for controlled medicines",
     "Intyg för narkotikaklassade läkemedel",
     {kX, kD, kD, kX, kD},
     3,
     0},
    {"safety-card", "Telephone card", "Telefonkort", {kX, kX, kD, kX, kX}, 1, 0},
    {"escort-briefing",
     "Briefing for the escort",
     "Instruktion till ledsagare",
     {kX, kD, kX, kX, kX},
     1,
     0},
    {"reception-confirmation",
     "Confirmation of reception",
     "Mottagningsbekräftelse",
     {kD, kN, kN, kX, kX},
     2,
     1},
    {"grant-agreement",
     "Agreement on reintegration support",
     "Överenskommelse om bidrag",
     {kD, kX, kD, kX, kX},
     3,
     7},
    {"reintegration-plan",
     "Reintegration plan",
     "Återintegreringsplan",
     {kD, kX, kD, kX, kX},
     3,
     1},
    {"receipt", "Receipt", "Kvitto", {kD, kX, kD, kX, kX}, 1, 7},
    {"follow-up-report", "Follow-up report", "Uppföljningsrapport", {kD, kX, kX, kX, kX}, 3, 2},
    {"closing-note", "Closing note", "Avslutsanteckning", {kN, kX, kX, kX, kX}, 3, 2},
    {"other", "Other paper", "Annan handling", {kN, kN, kN, kX, kN}, 3, 1},
}};

}  // namespace

std::span<const Kind> all_kinds() {
    return kKinds;
}

const Kind* find_kind(std::string_view slug) {
    const auto* const found = std::ranges::find(kKinds, slug, &Kind::slug);
    return found == kKinds.end() ? nullptr : found;
}

Share share_of(const Kind& kind, Audience audience) {
    return kind.shares.at(static_cast<std::size_t>(audience));
}

}  // namespace valv::casework
