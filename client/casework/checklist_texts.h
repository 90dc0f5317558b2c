#pragma once

#include <string_view>

#include "client/casework/enums.h"

// The sentences of the rules (templates/checklist/<language>.tsv) and the words that fill them.
namespace valv::casework {

struct RuleText {
    std::string_view text;
    std::string_view why;
    std::string_view source;  // what the rule rests on
};

// The rule must be in the table: a test holds texts and rules together.
[[nodiscard]] const RuleText& rule_text(std::string_view rule, DeskLanguage language);
[[nodiscard]] std::string_view rule_source(std::string_view rule);

// `service:health`, `area:home`, `preference:female`, `state:waived` … in the language; the word
// itself when unknown.
[[nodiscard]] std::string_view translated(std::string_view group, std::string_view word,
                                          DeskLanguage language);

}  // namespace valv::casework
