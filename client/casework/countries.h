#pragma once

#include <string_view>

#include "client/casework/enums.h"

// States, currencies and languages: the code tables that the record is checked against. Sets of
// states are data with a date (templates/places/countries.tsv), reviewed at each release.
namespace valv::casework {

[[nodiscard]] bool is_country(std::string_view code);
[[nodiscard]] bool is_eup(std::string_view code);       // EU + IS LI NO CH (docs/casework.md 4.2)
[[nodiscard]] bool is_schengen(std::string_view code);  // EUP without IE and CY
// The state's name in the language; the code itself when it is unknown.
[[nodiscard]] std::string_view country_name(std::string_view code, DeskLanguage language);

[[nodiscard]] bool is_currency(std::string_view code);  // ISO 4217, in use
// `sr-Cyrl`, `sr-Latn`, or two or three letters in lower case.
[[nodiscard]] bool is_language(std::string_view tag);

}  // namespace valv::casework
