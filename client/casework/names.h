#pragma once

#include <string>
#include <string_view>

#include "client/casework/record.h"

// Names as passports and tickets print them (docs/casework.md 4.2 `same_name`).
namespace valv::casework {

enum class Umlauts {
    kTwoLetters,  // Å AA, Ä AE, Ö OE, Ü UE, as ICAO Doc 9303 part 3 section 6 recommends
    kOneLetter    // Å A, Ä A, Ö O, Ü U, as many carriers print them
};

// Upper case A–Z and single spaces. Cyrillic goes by the table of the issuing state's language.
[[nodiscard]] std::string mrz(std::string_view name, std::string_view issuing_country,
                              Umlauts umlauts = Umlauts::kTwoLetters);

// `FAMILY/GIVEN` of a ticket against the names printed in a document.
[[nodiscard]] bool same_name(std::string_view ticket, const PrintedNames& printed,
                             std::string_view issuing_country);

// Lower case of Latin, Greek-free and Cyrillic text: enough to compare names of places.
[[nodiscard]] std::string fold_case(std::string_view text);

}  // namespace valv::casework
