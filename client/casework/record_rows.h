#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/casework/enums.h"
#include "client/casework/times.h"
#include "common/base/ids.h"

// The objects and rows of the case record, field by field in the order of docs/casework.md 3.2.
// Included by record.h. `Lid` is an id inside the record (`p1`, `l2`), a country is ISO 3166-1
// alpha-2, a zone an IANA name, a phone E.164.
namespace valv::casework {

using Lid = std::string;

struct Money {
    std::int64_t amount = 0;  // minor units
    std::string currency;
    friend bool operator==(const Money&, const Money&) = default;
};

struct CaseFacts {
    CaseId id;
    std::string reference;
    Phase phase = Phase::kBefore;
    CaseStatus status = CaseStatus::kOpen;
    Date opened_on;
    std::optional<Date> closed_on;
    std::optional<std::int64_t> retention_years;
    std::optional<bool> legal_hold;
    std::optional<std::string> legal_hold_reason;
    std::optional<Date> legal_hold_review_on;
    DeskLanguage language = DeskLanguage::kSv;
    std::optional<bool> escort_required;
    std::optional<Money> budget;
    std::optional<std::string> unit;
    friend bool operator==(const CaseFacts&, const CaseFacts&) = default;
};

struct PersonName {
    std::optional<std::string> family;
    std::string given;
    std::optional<NameOrder> order;
    friend bool operator==(const PersonName&, const PersonName&) = default;
};

struct EstimatedAge {
    std::int64_t years = 0;
    Date on;
    friend bool operator==(const EstimatedAge&, const EstimatedAge&) = default;
};

struct SafeContact {
    std::optional<std::string> phone;
    std::optional<bool> safe_to_call;
    std::optional<bool> safe_to_text;
    std::optional<Hours> safe_hours;
    std::optional<std::string> zone;  // of safe_hours
    std::optional<bool> voicemail;
    std::optional<std::string> safe_word;
    std::optional<Date> checked_on;
    friend bool operator==(const SafeContact&, const SafeContact&) = default;
};

struct Medicine {
    Lid id;
    std::optional<std::string> name;
    std::optional<std::int64_t> days_supply;
    std::optional<bool> controlled;
    std::optional<bool> cold;
    friend bool operator==(const Medicine&, const Medicine&) = default;
};

struct Needs {
    std::optional<Mobility> mobility;
    std::optional<std::vector<std::string>> medical;
    std::optional<FitToFly> fit_to_fly;
    std::optional<Date> pregnant_due_on;
    std::optional<std::vector<Medicine>> medicines;
    std::optional<std::string> diet;
    std::optional<bool> interpreter;
    std::optional<EscortPreference> escort_preference;
    friend bool operator==(const Needs&, const Needs&) = default;
};

struct Person {
    Lid id;
    PersonRole role = PersonRole::kTraveller;
    std::optional<bool> travels;  // absent: true for travellers and dependants
    PersonName name;
    std::optional<std::vector<std::string>> other_names;
    std::optional<Date> birth_date;
    std::optional<EstimatedAge> estimated_age;
    Sex sex = Sex::kX;
    std::vector<std::string> citizenships;
    std::vector<std::string> languages;  // best first
    std::optional<bool> reads;
    std::optional<SafeContact> contact;
    std::optional<Needs> needs;
    std::optional<std::vector<Lid>> guardian_of;
    std::optional<Custody> custody;
    std::optional<bool> in_sweden;
    std::optional<Date> property_returned_on;
    friend bool operator==(const Person&, const Person&) = default;
};

struct ExploitationRow {
    Lid person;
    std::vector<Purpose> purposes;
    Purpose first = Purpose::kOther;
    std::optional<LabourKind> labour_kind;
    std::optional<IdentifiedBy> identified_by;
    friend bool operator==(const ExploitationRow&, const ExploitationRow&) = default;
};

struct Exploitation {
    std::vector<ExploitationRow> rows;
    friend bool operator==(const Exploitation&, const Exploitation&) = default;
};

struct Legal {
    std::optional<Date> reflection_info_given_on;
    std::optional<Date> permit_valid_to;
    std::optional<Proceedings> proceedings;
    std::optional<Date> prosecutor_checked_on;
    std::optional<Witness> witness;
    std::optional<std::string> witness_arrangement;
    std::optional<Lid> counsel;
    std::optional<bool> asylum_pending;
    std::optional<bool> entry_ban;
    std::optional<Date> best_interests_on;
    std::optional<Date> family_traced_on;
    friend bool operator==(const Legal&, const Legal&) = default;
};

struct Origin {
    std::string country;
    std::optional<std::string> place;
    friend bool operator==(const Origin&, const Origin&) = default;
};

struct Destination {
    std::string country;
    std::string place;
    std::string zone;
    std::optional<std::string> address;  // sensitivity 3
    friend bool operator==(const Destination&, const Destination&) = default;
};

struct Housing {
    std::optional<HousingKind> kind;
    std::optional<Date> confirmed_on;
    friend bool operator==(const Housing&, const Housing&) = default;
};

struct Support {
    Lid id;
    std::string organisation;
    std::optional<Lid> contact;
    Service service = Service::kHousing;
    std::optional<Date> confirmed_on;
    friend bool operator==(const Support&, const Support&) = default;
};

struct Mapping {
    std::optional<std::string> situation;
    std::optional<Housing> housing;
    std::vector<Support> support;
    friend bool operator==(const Mapping&, const Mapping&) = default;
};

struct Risk {
    Lid id;
    RiskArea area = RiskArea::kNetwork;
    std::int64_t likelihood = 1;
    std::int64_t impact = 1;
    std::optional<std::string> mitigation;
    std::optional<Lid> owner;
    Date reviewed_on;
    std::optional<std::string> accepted_by;
    std::optional<Date> accepted_on;
    friend bool operator==(const Risk&, const Risk&) = default;
};

struct Place {
    std::optional<std::string> iata;
    std::string name;
    std::string zone;
    std::string country;
    std::optional<std::string> terminal;
    friend bool operator==(const Place&, const Place&) = default;
};

struct Baggage {
    std::optional<std::int64_t> pieces;
    std::optional<std::int64_t> kg_each;
    friend bool operator==(const Baggage&, const Baggage&) = default;
};

struct Fare {
    std::optional<std::int64_t> amount;  // minor units
    std::optional<std::string> currency;
    std::optional<bool> flexible;
    std::optional<Local> cancel_by;  // zone of the leg's `from`
    friend bool operator==(const Fare&, const Fare&) = default;
};

struct Layover {
    std::optional<std::string> lodging;
    std::optional<Date> lodging_confirmed_on;
    std::optional<Lid> contact;
    friend bool operator==(const Layover&, const Layover&) = default;
};

struct Leg {
    Lid id;
    Mode mode = Mode::kAir;
    Place from;
    Place to;
    Local departs;  // zone of `from`
    std::optional<std::int64_t> departs_fold;
    Local arrives;  // zone of `to`
    std::optional<std::int64_t> arrives_fold;
    std::optional<std::string> carrier;
    std::optional<std::string> number;
    LegStatus status = LegStatus::kPlanned;
    std::optional<std::string> booking_reference;
    std::optional<DocumentId> ticket_document;
    std::optional<std::vector<Lid>> persons;  // absent: all who travel
    std::optional<std::vector<Lid>> escorts;
    std::optional<std::map<Lid, std::string>> seats;
    std::optional<std::map<Lid, std::string>> names_on_ticket;
    std::optional<Baggage> baggage;
    std::optional<std::vector<Assistance>> assistance;
    std::optional<Instant> assistance_requested_at;
    std::optional<std::string> meal;
    std::optional<Local> check_in_opens;
    std::optional<Local> check_in_by;
    std::optional<std::int64_t> min_connection;  // minutes, after this leg
    std::optional<Fare> fare;
    std::optional<std::string> operator_phone;
    std::optional<Layover> layover;  // after this leg
    friend bool operator==(const Leg&, const Leg&) = default;
};

struct ReturnLeg {
    Local departs;
    std::string zone;
    LegStatus status = LegStatus::kPlanned;
    friend bool operator==(const ReturnLeg&, const ReturnLeg&) = default;
};

struct Escort {
    Lid id;
    PersonName name;
    Sex sex = Sex::kX;
    std::vector<std::string> citizenships;
    std::string phone;
    EscortKind kind = EscortKind::kStaff;
    std::optional<Date> document_expires_on;
    std::optional<Date> visa_checked_on;
    std::optional<Date> briefed_on;
    std::optional<Instant> offline_pack_at;
    std::optional<ReturnLeg> return_leg;
    std::optional<bool> return_not_needed;
    friend bool operator==(const Escort&, const Escort&) = default;
};

struct TransitPlace {
    std::optional<std::string> iata;
    std::string name;
    friend bool operator==(const TransitPlace&, const TransitPlace&) = default;
};

struct TransitContact {
    Lid id;
    TransitPlace at;
    std::string name;
    std::string phone;
    std::optional<Date> confirmed_on;
    friend bool operator==(const TransitContact&, const TransitContact&) = default;
};

struct Handover {
    Lid id;
    std::string place;
    std::string zone;
    Local at;
    std::string from;
    std::string to;
    HandoverRole to_role = HandoverRole::kOffice;
    std::vector<Lid> persons;
    std::optional<std::string> code_phrase;
    std::optional<Instant> confirmed_at;
    friend bool operator==(const Handover&, const Handover&) = default;
};

struct Reception {
    Lid id;
    std::string office;
    Lid contact;
    std::optional<std::string> duty_phone;
    std::optional<Local> duty_from;  // destination.zone, as the others here
    std::optional<Local> duty_to;
    std::optional<bool> meets;
    std::optional<bool> address_shared;
    std::optional<Date> confirmed_on;
    std::optional<Local> expected_local;
    std::optional<Instant> arrived_confirmed_at;
    friend bool operator==(const Reception&, const Reception&) = default;
};

struct Onward {
    Lid id;
    Mode mode = Mode::kCar;
    std::string from;
    std::string to;
    std::string zone;
    Local departs;
    Local arrives;
    std::optional<std::string> accompanied_by;
    std::optional<Date> confirmed_on;
    std::optional<DocumentId> document;
    friend bool operator==(const Onward&, const Onward&) = default;
};

struct ConsentScope {
    Audience audience = Audience::kOffice;
    std::vector<std::string> kinds;
    std::optional<std::vector<Lid>> recipients;  // absent: every recipient of the audience
    friend bool operator==(const ConsentScope&, const ConsentScope&) = default;
};

struct Consent {
    Lid id;
    ConsentForm form = ConsentForm::kParticipation;
    std::string version;
    std::string language;
    Lid about;
    Lid given_by;
    std::optional<bool> interpreter;
    std::optional<std::vector<ConsentScope>> scope;
    std::string purpose;
    Instant given_at;
    std::optional<Date> expires_on;
    std::optional<Instant> withdrawn_at;
    std::optional<bool> explained_stop;
    std::optional<DocumentId> document;
    friend bool operator==(const Consent&, const Consent&) = default;
};

struct Grant {
    Lid id;
    GrantKind kind = GrantKind::kOther;
    std::int64_t amount = 0;
    std::string currency;
    std::optional<Date> due_on;
    std::optional<Date> paid_on;
    std::optional<DocumentId> receipt_document;
    friend bool operator==(const Grant&, const Grant&) = default;
};

struct FollowUp {
    Lid id;
    FollowUpKind kind = FollowUpKind::kExtra;
    Date due_on;
    std::optional<Date> done_on;
    std::optional<FollowUpOutcome> outcome;
    std::optional<std::vector<Indicator>> indicators;
    std::optional<std::string> action;
    friend bool operator==(const FollowUp&, const FollowUp&) = default;
};

struct Contact {
    Lid id;
    ContactRole role = ContactRole::kOther;
    std::string name;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> zone;
    std::optional<Hours> hours;
    std::optional<bool> safe;
    friend bool operator==(const Contact&, const Contact&) = default;
};

struct PrintedNames {
    std::optional<std::string> family;
    std::string given;
    friend bool operator==(const PrintedNames&, const PrintedNames&) = default;
};

struct Document {
    DocumentId id;
    std::string name;  // the sender's file name: never leaves the record
    std::string kind;  // a slug of kinds.h
    std::string media_type;
    std::int64_t size = 0;
    std::int64_t epoch = 0;
    std::string file_key_hash;
    std::string body_root;
    std::string added_by;
    Instant added_at;
    std::optional<Lid> about;
    std::optional<std::string> number;
    std::optional<std::string> issuing_country;
    std::optional<Date> issued_on;
    std::optional<Date> valid_from;
    std::optional<Date> expires_on;
    std::optional<PrintedNames> names_printed;
    std::optional<Date> birth_date_printed;
    std::optional<bool> single_use;
    std::optional<std::vector<std::string>> valid_route;
    std::optional<std::vector<std::string>> languages;
    std::optional<bool> notarised;
    std::optional<bool> is_final;
    std::optional<Instant> made_at;
    std::optional<TemplateState> template_state;
    std::optional<bool> is_void;
    std::optional<OriginalWith> original_with;
    friend bool operator==(const Document&, const Document&) = default;
};

struct LinkPart {
    std::string name;
    std::optional<Instant> opens_at;
    std::optional<Instant> ends_at;
    friend bool operator==(const LinkPart&, const LinkPart&) = default;
};

struct Link {
    LinkId id;
    std::string secret;  // base64url(S)
    std::optional<std::string> code;
    std::string identity;  // AGE-SECRET-KEY-1…
    std::string reply_identity;
    std::int64_t lease_minutes = 0;
    std::vector<LinkPart> parts;
    std::int64_t version = 1;
    std::vector<std::string> package_hashes;
    std::optional<std::vector<std::string>> freeze;
    std::optional<std::string> no_code_reason;
    Audience audience = Audience::kOffice;
    Lid recipient;
    std::vector<std::string> kinds;
    Instant created_at;
    std::optional<Instant> not_before;
    Instant not_after;
    std::int64_t max_opens = 1;
    std::int64_t opens = 0;
    std::optional<Instant> first_opened_at;
    std::optional<Instant> confirmed_at;
    std::optional<Instant> reply_expected_by;
    std::optional<Instant> locked_at;
    std::optional<Instant> frozen_at;
    std::optional<Instant> revoked_at;
    std::optional<std::int64_t> holders;
    friend bool operator==(const Link&, const Link&) = default;
};

// A row of checklist_state.
struct ItemMark {
    std::string item;
    MarkState state = MarkState::kDone;
    std::string by;
    Instant at;
    std::optional<std::string> reason;
    friend bool operator==(const ItemMark&, const ItemMark&) = default;
};

struct Note {
    Instant at;
    std::string by;
    std::string text;
    friend bool operator==(const Note&, const Note&) = default;
};

}  // namespace valv::casework
