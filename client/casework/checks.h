#pragma once

#include "client/casework/record.h"
#include "client/casework/refusals.h"

// The rules of docs/casework.md 3.5 that look at more than one field. They run on a record of which
// fields may already be refused, and say nothing about what rests on such a field: one mistake, one
// refusal.
namespace valv::casework {

struct Checking {
    const Record& record;
    const Places& places;
    Instant now;
    const Refusing& earlier;  // what the schema refused
    Refusing& refusing;
    const Record* existing = nullptr;  // the case of the vault that the record is imported over

    [[nodiscard]] bool is_sound(std::string_view path) const { return earlier.is_sound(path); }
    void refuse(std::string_view code, std::string path, std::string_view sentence) const {
        refusing.refuse(code, std::move(path), sentence);
    }
};

void check_meaning(const Record& record, const Places& places, Instant now, Refusing& refusing,
                   const Record* existing);

// decode_record, where the papers of an existing case count as there. Null: none.
[[nodiscard]] DecodedRecord decode_over(std::string_view text, const Places& places, Instant now,
                                        const Record* existing);

void check_ids(const Checking& check);          // row 11
void check_references(const Checking& check);   // row 12
void check_persons(const Checking& check);      // rows 9, 10, 39
void check_places(const Checking& check);       // rows 14, 15, 36
void check_local_times(const Checking& check);  // rows 19, 20
void check_travel(const Checking& check);       // rows 17, 18
void check_consents(const Checking& check);     // rows 22 to 25
void check_documents(const Checking& check);    // rows 30, 31
void check_case(const Checking& check);         // rows 33, 34
void check_links(const Checking& check);        // rows 35, 40
void check_marks(const Checking& check);        // row 37

}  // namespace valv::casework
