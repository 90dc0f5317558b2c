#pragma once

#include "client/casework/record.h"
#include "client/casework/schema_support.h"

// The schema of the case's facts and its people, field by field in the order of docs/casework.md
// 3.2. `fields(visitor, row)` names each field once; the type says whether it is optional. Included
// by decode.cpp and encode.cpp only.
namespace valv::casework {

template <typename V>
void fields(V& v, Money& x) {
    v.field("amount", x.amount, kMoney);
    v.field("currency", x.currency, TextKind::kCurrency);
}

template <typename V>
void fields(V& v, CaseFacts& x) {
    v.field("id", x.id);
    v.field("reference", x.reference, TextKind::kReference);
    v.field("phase", x.phase);
    v.field("status", x.status);
    v.field("opened_on", x.opened_on);
    v.field("closed_on", x.closed_on);
    v.field("retention_years", x.retention_years, Range{0, 10});
    v.field("legal_hold", x.legal_hold);
    v.field("legal_hold_reason", x.legal_hold_reason, kLine);
    v.field("legal_hold_review_on", x.legal_hold_review_on);
    v.field("language", x.language);
    v.field("escort_required", x.escort_required);
    v.field("budget", x.budget);
    v.field("unit", x.unit, kName);
}

template <typename V>
void fields(V& v, PersonName& x) {
    v.field("family", x.family, kName);
    v.field("given", x.given, kName);
    v.field("order", x.order);
}

template <typename V>
void fields(V& v, EstimatedAge& x) {
    v.field("years", x.years, Range{0, 120});
    v.field("on", x.on);
}

template <typename V>
void fields(V& v, SafeContact& x) {
    v.field("phone", x.phone, kPhone);
    v.field("safe_to_call", x.safe_to_call);
    v.field("safe_to_text", x.safe_to_text);
    v.field("safe_hours", x.safe_hours);
    v.field("zone", x.zone, kZone);
    v.field("voicemail", x.voicemail);
    v.field("safe_word", x.safe_word, kLine);
    v.field("checked_on", x.checked_on);
}

template <typename V>
void fields(V& v, Medicine& x) {
    v.field("id", x.id, kLid);
    v.field("name", x.name, kLine);
    v.field("days_supply", x.days_supply, Range{0, 365});
    v.field("controlled", x.controlled);
    v.field("cold", x.cold);
}

template <typename V>
void fields(V& v, Needs& x) {
    v.field("mobility", x.mobility);
    v.field("medical", x.medical, Many{0, 20}, kLine);
    v.field("fit_to_fly", x.fit_to_fly);
    v.field("pregnant_due_on", x.pregnant_due_on);
    v.field("medicines", x.medicines, kFew);
    v.field("diet", x.diet, kLine);
    v.field("interpreter", x.interpreter);
    v.field("escort_preference", x.escort_preference);
}

template <typename V>
void fields(V& v, Person& x) {
    v.field("id", x.id, kLid);
    v.field("role", x.role);
    v.field("travels", x.travels);
    v.field("name", x.name);
    v.field("other_names", x.other_names, Many{0, 10}, kName);
    v.field("birth_date", x.birth_date);
    v.field("estimated_age", x.estimated_age);
    v.field("sex", x.sex);
    v.field("citizenships", x.citizenships, Many{0, 4, Repeats::kRefused}, kCountry);
    v.field("languages", x.languages, Many{1, 8, Repeats::kRefused}, TextKind::kLanguage);
    v.field("reads", x.reads);
    v.field("contact", x.contact);
    v.field("needs", x.needs);
    v.field("guardian_of", x.guardian_of, kSet, kLid);
    v.field("custody", x.custody);
    v.field("in_sweden", x.in_sweden);
    v.field("property_returned_on", x.property_returned_on);
}

template <typename V>
void fields(V& v, ExploitationRow& x) {
    v.field("person", x.person, kLid);
    v.field("purposes", x.purposes, Many{1, 7, Repeats::kRefused});
    v.field("first", x.first);
    v.field("labour_kind", x.labour_kind);
    v.field("identified_by", x.identified_by);
}

template <typename V>
void fields(V& v, Exploitation& x) {
    v.rows("rows", x.rows, kFew);
}

template <typename V>
void fields(V& v, Legal& x) {
    v.field("reflection_info_given_on", x.reflection_info_given_on);
    v.field("permit_valid_to", x.permit_valid_to);
    v.field("proceedings", x.proceedings);
    v.field("prosecutor_checked_on", x.prosecutor_checked_on);
    v.field("witness", x.witness);
    v.field("witness_arrangement", x.witness_arrangement, kText);
    v.field("counsel", x.counsel, kLid);
    v.field("asylum_pending", x.asylum_pending);
    v.field("entry_ban", x.entry_ban);
    v.field("best_interests_on", x.best_interests_on);
    v.field("family_traced_on", x.family_traced_on);
}

template <typename V>
void fields(V& v, Origin& x) {
    v.field("country", x.country, kCountry);
    v.field("place", x.place, kLine);
}

template <typename V>
void fields(V& v, Destination& x) {
    v.field("country", x.country, kCountry);
    v.field("place", x.place, kLine);
    v.field("zone", x.zone, kZone);
    v.field("address", x.address, kText);
}

template <typename V>
void fields(V& v, Housing& x) {
    v.field("kind", x.kind);
    v.field("confirmed_on", x.confirmed_on);
}

template <typename V>
void fields(V& v, Support& x) {
    v.field("id", x.id, kLid);
    v.field("organisation", x.organisation, kLine);
    v.field("contact", x.contact, kLid);
    v.field("service", x.service);
    v.field("confirmed_on", x.confirmed_on);
}

template <typename V>
void fields(V& v, Mapping& x) {
    v.field("situation", x.situation, kText);
    v.field("housing", x.housing);
    v.rows("support", x.support, kFew);
}

template <typename V>
void fields(V& v, Risk& x) {
    v.field("id", x.id, kLid);
    v.field("area", x.area);
    v.field("likelihood", x.likelihood, Range{1, 5});
    v.field("impact", x.impact, Range{1, 5});
    v.field("mitigation", x.mitigation, kText);
    v.field("owner", x.owner, kLid);
    v.field("reviewed_on", x.reviewed_on);
    v.field("accepted_by", x.accepted_by, kLine);
    v.field("accepted_on", x.accepted_on);
}

}  // namespace valv::casework
