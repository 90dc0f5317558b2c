#pragma once

#include "client/casework/record.h"
#include "client/casework/schema_journey.h"
#include "client/casework/schema_people.h"
#include "client/casework/schema_support.h"

// The schema of consents, money, contacts, papers, links, marks and the record as a whole: see
// schema_people.h.
namespace valv::casework {

template <typename V>
void fields(V& v, ConsentScope& x) {
    v.field("audience", x.audience);
    v.field("kinds", x.kinds, kFullSet, TextKind::kKind);
    v.field("recipients", x.recipients, kSet, kLid);
}

template <typename V>
void fields(V& v, Consent& x) {
    v.field("id", x.id, kLid);
    v.field("form", x.form);
    v.field("version", x.version, kLine);
    v.field("language", x.language, TextKind::kLanguage);
    v.field("about", x.about, kLid);
    v.field("given_by", x.given_by, kLid);
    v.field("interpreter", x.interpreter);
    v.field("scope", x.scope, kFew);
    v.field("purpose", x.purpose, kLine);
    v.field("given_at", x.given_at);
    v.field("expires_on", x.expires_on);
    v.field("withdrawn_at", x.withdrawn_at);
    v.field("explained_stop", x.explained_stop);
    v.field("document", x.document);
}

template <typename V>
void fields(V& v, Grant& x) {
    v.field("id", x.id, kLid);
    v.field("kind", x.kind);
    v.field("amount", x.amount, kMoney);
    v.field("currency", x.currency, TextKind::kCurrency);
    v.field("due_on", x.due_on);
    v.field("paid_on", x.paid_on);
    v.field("receipt_document", x.receipt_document);
}

template <typename V>
void fields(V& v, FollowUp& x) {
    v.field("id", x.id, kLid);
    v.field("kind", x.kind);
    v.field("due_on", x.due_on);
    v.field("done_on", x.done_on);
    v.field("outcome", x.outcome);
    v.field("indicators", x.indicators, kSet);
    v.field("action", x.action, kText);
}

template <typename V>
void fields(V& v, Contact& x) {
    v.field("id", x.id, kLid);
    v.field("role", x.role);
    v.field("name", x.name, kName);
    v.field("phone", x.phone, kPhone);
    v.field("email", x.email, kLine);
    v.field("zone", x.zone, kZone);
    v.field("hours", x.hours);
    v.field("safe", x.safe);
}

template <typename V>
void fields(V& v, PrintedNames& x) {
    v.field("family", x.family, kName);
    v.field("given", x.given, kName);
}

template <typename V>
void fields(V& v, Document& x) {
    v.field("id", x.id);
    v.field("name", x.name, kLine);
    v.field("kind", x.kind, TextKind::kKind);
    v.field("media_type", x.media_type, kLine);
    v.field("size", x.size, kCount);
    v.field("epoch", x.epoch, kCount);
    v.field("file_key_hash", x.file_key_hash, TextKind::kOpaque);
    v.field("body_root", x.body_root, TextKind::kOpaque);
    v.field("added_by", x.added_by, kLine);
    v.field("added_at", x.added_at);
    v.field("about", x.about, kLid);
    v.field("number", x.number, TextKind::kDocumentNumber);
    v.field("issuing_country", x.issuing_country, kCountry);
    v.field("issued_on", x.issued_on);
    v.field("valid_from", x.valid_from);
    v.field("expires_on", x.expires_on);
    v.field("names_printed", x.names_printed);
    v.field("birth_date_printed", x.birth_date_printed);
    v.field("single_use", x.single_use);
    v.field("valid_route", x.valid_route, kSet, kCountry);
    v.field("languages", x.languages, kSet, TextKind::kLanguage);
    v.field("notarised", x.notarised);
    v.field("final", x.is_final);
    v.field("made_at", x.made_at);
    v.field("template_state", x.template_state);
    v.field("void", x.is_void);
    v.field("original_with", x.original_with);
}

template <typename V>
void fields(V& v, LinkPart& x) {
    v.field("name", x.name, kLine);
    v.field("opens_at", x.opens_at);
    v.field("ends_at", x.ends_at);
}

template <typename V>
void fields(V& v, Link& x) {
    v.field("id", x.id);
    v.field("secret", x.secret, TextKind::kOpaque);
    v.field("code", x.code, TextKind::kLinkCode);
    v.field("identity", x.identity, TextKind::kOpaque);
    v.field("reply_identity", x.reply_identity, TextKind::kOpaque);
    v.field("lease_minutes", x.lease_minutes, kCount);
    v.field("parts", x.parts, kFew);
    v.field("version", x.version, Range{1, kMostInteger});
    v.field("package_hashes", x.package_hashes, kFew, TextKind::kOpaque);
    v.field("freeze", x.freeze, kSet, kLine);
    v.field("no_code_reason", x.no_code_reason, kLine);
    v.field("audience", x.audience);
    v.field("recipient", x.recipient, kLid);
    v.field("kinds", x.kinds, kSet, TextKind::kKind);
    v.field("created_at", x.created_at);
    v.field("not_before", x.not_before);
    v.field("not_after", x.not_after);
    v.field("max_opens", x.max_opens, Range{1, 20});
    v.field("opens", x.opens, kCount);
    v.field("first_opened_at", x.first_opened_at);
    v.field("confirmed_at", x.confirmed_at);
    v.field("reply_expected_by", x.reply_expected_by);
    v.field("locked_at", x.locked_at);
    v.field("frozen_at", x.frozen_at);
    v.field("revoked_at", x.revoked_at);
    v.field("holders", x.holders, kCount);
}

template <typename V>
void fields(V& v, ItemMark& x) {
    v.field("item", x.item, kLine);
    v.field("state", x.state);
    v.field("by", x.by, kLine);
    v.field("at", x.at);
    v.field("reason", x.reason, kLine);
}

template <typename V>
void fields(V& v, Note& x) {
    v.field("at", x.at);
    v.field("by", x.by, kLine);
    v.field("text", x.text, kText);
}

template <typename V>
void fields(V& v, Record& x) {
    v.format("format", x.format);
    v.field("itinerary_changed_at", x.itinerary_changed_at);
    v.field("case", x.facts);
    v.field("persons", x.persons, Many{1, 20});
    v.field("exploitation", x.exploitation);
    v.field("legal", x.legal);
    v.field("origin", x.origin);
    v.field("destination", x.destination);
    v.field("mapping", x.mapping);
    v.rows("risks", x.risks, kFew);
    v.rows("legs", x.legs, Many{0, 30});
    v.rows("escorts", x.escorts, kFew);
    v.rows("transit_contacts", x.transit_contacts, kFew);
    v.rows("handovers", x.handovers, kFew);
    v.rows("receptions", x.receptions, kFew);
    v.rows("onward", x.onward, kFew);
    v.rows("consents", x.consents, kFew);
    v.rows("grants", x.grants, kFew);
    v.rows("follow_ups", x.follow_ups, kFew);
    v.rows("contacts", x.contacts, kFew);
    v.rows("documents", x.documents, Many{0, 500});
    v.rows("links", x.links, Many{0, 200});
    v.rows("checklist_state", x.checklist_state, kFew);
    v.rows("notes", x.notes, Many{0, 1000});
    v.ext("ext", x.ext);
}

}  // namespace valv::casework
