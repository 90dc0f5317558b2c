#pragma once

#include "client/casework/record.h"
#include "client/casework/schema_support.h"

// The schema of the journey: see schema_people.h.
namespace valv::casework {

template <typename V>
void fields(V& v, Place& x) {
    v.field("iata", x.iata, TextKind::kIata);
    v.field("name", x.name, kLine);
    v.field("zone", x.zone, kZone);
    v.field("country", x.country, kCountry);
    v.field("terminal", x.terminal, TextKind::kTerminal);
}

template <typename V>
void fields(V& v, Baggage& x) {
    v.field("pieces", x.pieces, Range{0, 9});
    v.field("kg_each", x.kg_each, Range{0, 32});
}

template <typename V>
void fields(V& v, Fare& x) {
    v.field("amount", x.amount, kMoney);
    v.field("currency", x.currency, TextKind::kCurrency);
    v.field("flexible", x.flexible);
    v.field("cancel_by", x.cancel_by);
}

template <typename V>
void fields(V& v, Layover& x) {
    v.field("lodging", x.lodging, kLine);
    v.field("lodging_confirmed_on", x.lodging_confirmed_on);
    v.field("contact", x.contact, kLid);
}

template <typename V>
void fields(V& v, Leg& x) {
    v.field("id", x.id, kLid);
    v.field("mode", x.mode);
    v.field("from", x.from);
    v.field("to", x.to);
    v.field("departs", x.departs);
    v.field("departs_fold", x.departs_fold, kFold);
    v.field("arrives", x.arrives);
    v.field("arrives_fold", x.arrives_fold, kFold);
    v.field("carrier", x.carrier, kLine);
    v.field("number", x.number, TextKind::kLegNumber);
    v.field("status", x.status);
    v.field("booking_reference", x.booking_reference, TextKind::kBookingReference);
    v.field("ticket_document", x.ticket_document);
    v.field("persons", x.persons, kSet, kLid);
    v.field("escorts", x.escorts, kSet, kLid);
    v.field("seats", x.seats, TextKind::kSeat);
    v.field("names_on_ticket", x.names_on_ticket, TextKind::kTicketName);
    v.field("baggage", x.baggage);
    v.field("assistance", x.assistance, kSet);
    v.field("assistance_requested_at", x.assistance_requested_at);
    v.field("meal", x.meal, TextKind::kMeal);
    v.field("check_in_opens", x.check_in_opens);
    v.field("check_in_by", x.check_in_by);
    v.field("min_connection", x.min_connection, Range{0, 1440});
    v.field("fare", x.fare);
    v.field("operator_phone", x.operator_phone, kPhone);
    v.field("layover", x.layover);
}

template <typename V>
void fields(V& v, ReturnLeg& x) {
    v.field("departs", x.departs);
    v.field("zone", x.zone, kZone);
    v.field("status", x.status);
}

template <typename V>
void fields(V& v, Escort& x) {
    v.field("id", x.id, kLid);
    v.field("name", x.name);
    v.field("sex", x.sex);
    v.field("citizenships", x.citizenships, Many{0, 4, Repeats::kRefused}, kCountry);
    v.field("phone", x.phone, kPhone);
    v.field("kind", x.kind);
    v.field("document_expires_on", x.document_expires_on);
    v.field("visa_checked_on", x.visa_checked_on);
    v.field("briefed_on", x.briefed_on);
    v.field("offline_pack_at", x.offline_pack_at);
    v.field("return_leg", x.return_leg);
    v.field("return_not_needed", x.return_not_needed);
}

template <typename V>
void fields(V& v, TransitPlace& x) {
    v.field("iata", x.iata, TextKind::kIata);
    v.field("name", x.name, kLine);
}

template <typename V>
void fields(V& v, TransitContact& x) {
    v.field("id", x.id, kLid);
    v.field("at", x.at);
    v.field("name", x.name, kName);
    v.field("phone", x.phone, kPhone);
    v.field("confirmed_on", x.confirmed_on);
}

template <typename V>
void fields(V& v, Handover& x) {
    v.field("id", x.id, kLid);
    v.field("place", x.place, kLine);
    v.field("zone", x.zone, kZone);
    v.field("at", x.at);
    v.field("from", x.from, kLine);
    v.field("to", x.to, kLine);
    v.field("to_role", x.to_role);
    v.field("persons", x.persons, kSet, kLid);
    v.field("code_phrase", x.code_phrase, TextKind::kCodePhrase);
    v.field("confirmed_at", x.confirmed_at);
}

template <typename V>
void fields(V& v, Reception& x) {
    v.field("id", x.id, kLid);
    v.field("office", x.office, kLine);
    v.field("contact", x.contact, kLid);
    v.field("duty_phone", x.duty_phone, kPhone);
    v.field("duty_from", x.duty_from);
    v.field("duty_to", x.duty_to);
    v.field("meets", x.meets);
    v.field("address_shared", x.address_shared);
    v.field("confirmed_on", x.confirmed_on);
    v.field("expected_local", x.expected_local);
    v.field("arrived_confirmed_at", x.arrived_confirmed_at);
}

template <typename V>
void fields(V& v, Onward& x) {
    v.field("id", x.id, kLid);
    v.field("mode", x.mode);
    v.field("from", x.from, kLine);
    v.field("to", x.to, kLine);
    v.field("zone", x.zone, kZone);
    v.field("departs", x.departs);
    v.field("arrives", x.arrives);
    v.field("accompanied_by", x.accompanied_by, kLine);
    v.field("confirmed_on", x.confirmed_on);
    v.field("document", x.document);
}

}  // namespace valv::casework
