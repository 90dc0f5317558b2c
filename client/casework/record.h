#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/casework/enums.h"
#include "client/casework/record_rows.h"
#include "client/casework/times.h"
#include "common/base/ids.h"

// The case record (docs/casework.md section 3): one journey with its people, legs, consents and
// paper rows, as plain values. A Record that decode_record handed out holds to every rule of 3.5;
// code that changes one afterwards keeps it so. std::optional stands where the field is optional in
// 3.2 and its absence means something; arrays of the top level are empty when absent. Pure data, no
// threads, no I/O. `Link` holds secrets: never log or print a Record.
namespace valv::casework {

class Places;

struct Record {
    std::string format = "resvalv/case/1";
    std::optional<Instant> itinerary_changed_at;
    CaseFacts facts;  // the object `case`
    std::vector<Person> persons;
    std::optional<Exploitation> exploitation;
    std::optional<Legal> legal;
    Origin origin;
    Destination destination;
    std::optional<Mapping> mapping;
    std::vector<Risk> risks;
    std::vector<Leg> legs;  // in order of travel
    std::vector<Escort> escorts;
    std::vector<TransitContact> transit_contacts;
    std::vector<Handover> handovers;
    std::vector<Reception> receptions;
    std::vector<Onward> onward;
    std::vector<Consent> consents;
    std::vector<Grant> grants;
    std::vector<FollowUp> follow_ups;
    std::vector<Contact> contacts;
    std::vector<Document> documents;
    std::vector<Link> links;
    std::vector<ItemMark> checklist_state;
    std::vector<Note> notes;
    std::optional<std::string> ext;  // a JSON object as compact text; kept, never shown
    friend bool operator==(const Record&, const Record&) = default;
};

// One reason why input is not taken (docs/casework.md 3.5): stable code, JSON Pointer to the field,
// one sentence for a person.
struct Refusal {
    std::string code;
    std::string path;
    std::string sentence;
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct DecodedRecord {
    std::optional<Record> record;   // set when nothing was refused, and for a newer format
    std::vector<Refusal> refusals;  // at most 100, in the order of the input
    // The format is newer than this program: the record is what could be read of it; show it, never
    // write it back. `refusals` then holds the one unknown_format.
    bool read_only_newer_format = false;
};

// Strict: UTF-8, one object, no duplicate or unknown keys, no trailing octets, depth ≤ 16, all
// of 3.5. Never throws on input. `now` decides what lies in the future.
[[nodiscard]] DecodedRecord decode_record(std::string_view json, const Places& places, Instant now);

// Keys in the order of 3.2, no blanks; absent stays absent. decode(encode(r)) == r, and
// encode(decode(encode(r))) has the same octets.
[[nodiscard]] std::string encode_record(const Record& record);

// The rules of 3.5 for a record that was changed in memory: the same refusals as decoding its
// encoding.
[[nodiscard]] std::vector<Refusal> check_record(const Record& record, const Places& places,
                                                Instant now);

}  // namespace valv::casework
