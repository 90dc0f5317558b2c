#include "client/casework/checklist_texts.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "client/casework/embedded.h"
#include "client/casework/tsv.h"
#include "common/base/error.h"

namespace valv::casework {
namespace {

using Texts = std::map<std::string_view, RuleText>;

Texts parse_texts(std::string_view tsv) {
    constexpr std::size_t kFields = 4;
    Texts texts;
    for (const auto& row : parse_tsv(tsv, kFields)) {
        texts.emplace(row[0], RuleText{.text = row[1], .why = row[2], .source = row[3]});
    }
    return texts;
}

const Texts& texts_of(DeskLanguage language) {
    // Parsed once from constant data.
    static const Texts kEnglish = parse_texts(builtin_checklist_en());
    static const Texts kSwedish = parse_texts(builtin_checklist_sv());
    return language == DeskLanguage::kSv ? kSwedish : kEnglish;
}

struct Term {
    std::string_view group;
    std::string_view word;
    std::string_view english;
    std::string_view swedish;
};

constexpr Term kTerms[] = {
    {"service", "housing", "housing", "boende"},
    {"service", "health", "health care", "vård"},
    {"service", "psychosocial", "psychosocial support", "psykosocialt stöd"},
    {"service", "legal", "legal help", "juridisk hjälp"},
    {"service", "school", "school", "skola"},
    {"service", "work", "work", "arbete"},
    {"service", "finance", "money", "ekonomi"},
    {"service", "child-protection", "child protection", "barnskydd"},
    {"service", "protection", "protection", "skydd"},
    {"area", "network", "network", "nätverket"},
    {"area", "family", "family", "familjen"},
    {"area", "home", "home", "hemmet"},
    {"area", "journey", "journey", "resan"},
    {"area", "pickup", "strangers at arrival", "okända vid ankomsten"},
    {"area", "arrival", "arrival", "ankomsten"},
    {"area", "health", "health", "hälsa"},
    {"area", "debt", "debt", "skulder"},
    {"area", "exposure", "exposure", "exponering"},
    {"area", "authorities", "authorities", "myndigheter"},
    {"area", "child", "child", "barnet"},
    {"area", "return", "return", "återkomsten"},
    {"preference", "female", "female", "kvinnlig"},
    {"preference", "male", "male", "manlig"},
    {"owner", "coordinator", "coordinator", "koordinator"},
    {"owner", "social-services", "social services", "socialtjänsten"},
    {"owner", "office", "receiving office", "mottagande kontor"},
    {"owner", "embassy", "embassy", "ambassaden"},
    {"owner", "escort", "escort", "ledsagare"},
    {"owner", "guardian", "guardian", "vårdnadshavare"},
    {"state", "open", "open", "öppen"},
    {"state", "lapsed", "open again, the route changed", "öppen igen, resvägen har ändrats"},
    {"state", "done", "done", "klar"},
    {"state", "waived", "waived", "avstått"},
    {"state", "not_applicable", "not applicable", "gäller inte"},
    {"word", "checklist", "Checklist", "Checklista"},
    {"word", "left", "to do", "att göra"},
    {"word", "nothing", "Nothing is left to do.", "Inget återstår att göra."},
    {"word", "due", "due", "senast"},
    {"word", "now", "now", "nu"},
    {"word", "overdue", "overdue", "försenad"},
    {"word", "blocks", "blocks", "hindrar"},
    {"word", "why", "Why", "Varför"},
    {"word", "by", "by", "av"},
};

}  // namespace

const RuleText& rule_text(std::string_view rule, DeskLanguage language) {
    const auto& texts = texts_of(language);
    const auto found = texts.find(rule);
    VALV_CHECK(found != texts.end());
    return found->second;
}

std::string_view rule_source(std::string_view rule) {
    return rule_text(rule, DeskLanguage::kEn).source;
}

std::string_view translated(std::string_view group, std::string_view word, DeskLanguage language) {
    const auto* const found = std::ranges::find_if(
        kTerms, [&](const Term& term) { return term.group == group && term.word == word; });
    if (found == std::end(kTerms)) {
        return word;
    }
    return language == DeskLanguage::kSv ? found->swedish : found->english;
}

}  // namespace valv::casework
