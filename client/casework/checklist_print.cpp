#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "client/casework/checklist.h"
#include "client/casework/checklist_texts.h"
#include "client/casework/countries.h"
#include "client/casework/zones.h"

namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::array<std::string_view, 12>, 2> kMonths = {{
    {"jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"},
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
}};

std::string_view owner_word(Owner owner) {
    constexpr std::array<std::string_view, 6> kOwners = {
        "coordinator", "social-services", "office", "embassy", "escort", "guardian"};
    return kOwners.at(static_cast<std::size_t>(owner));
}

std::string_view state_word(ItemState state) {
    constexpr std::array<std::string_view, 5> kStates = {"open", "lapsed", "done", "waived",
                                                         "not_applicable"};
    return kStates.at(static_cast<std::size_t>(state));
}

// `14 Apr 10:10`
std::string day_and_time(std::string_view text, DeskLanguage language) {
    const auto local = parse_local(text);
    if (!local) {
        return std::string(text);
    }
    const std::chrono::year_month_day day{date_of(*local)};
    const auto month = static_cast<unsigned>(day.month()) - 1;
    return std::to_string(static_cast<unsigned>(day.day())) + " " +
           std::string(kMonths.at(static_cast<std::size_t>(language)).at(month)) + " " +
           std::string(text.substr(text.find('T') + 1));
}

std::string timed(std::string_view value, DeskLanguage language) {
    const auto first = value.find('|');
    const auto second = value.find('|', first + 1);
    return std::string(value.substr(0, first)) +
           day_and_time(value.substr(first + 1, second - first - 1), language) +
           std::string(value.substr(second + 1));
}

std::string areas(std::string_view words, DeskLanguage language) {
    std::string text;
    while (!words.empty()) {
        const auto space = std::min(words.find(' '), words.size());
        text += (text.empty() ? "" : ", ") +
                std::string(translated("area", words.substr(0, space), language));
        words.remove_prefix(std::min(space + 1, words.size()));
    }
    return text;
}

std::string filled(const Fill& fill, DeskLanguage language) {
    switch (fill.kind) {
        case FillKind::kPlain:
            return fill.value;
        case FillKind::kCountry:
            return std::string(country_name(fill.value, language));
        case FillKind::kService:
            return std::string(translated("service", fill.value, language));
        case FillKind::kAreas:
            return areas(fill.value, language);
        case FillKind::kPreference:
            return std::string(translated("preference", fill.value, language));
        case FillKind::kTimed:
            return timed(fill.value, language);
    }
    return fill.value;
}

// Fills the braces from left to right; what stands in a value is never read as a brace.
std::string fill_braces(std::string_view text, const std::vector<Fill>& fills,
                        DeskLanguage language) {
    std::string result;
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) {
            break;
        }
        result += text.substr(0, open);
        const auto key = text.substr(open + 1, close - open - 1);
        const auto found = std::ranges::find(fills, key, &Fill::key);
        result += found == fills.end() ? "…" : filled(*found, language);
        text.remove_prefix(close + 1);
    }
    return result + std::string(text);
}

std::string due_text(const Item& item, Instant now, DeskLanguage language) {
    if (!item.due) {
        return {};
    }
    if (*item.due == now && !item.due_on) {
        return std::string(translated("word", "now", language));
    }
    return item.due_on ? to_text(*item.due_on) : valv::to_text(*item.due);
}

// `(coordinator, due 2026-04-01, blocks, overdue)`
std::string details(const Item& item, Instant now, DeskLanguage language) {
    const auto say = [language](std::string_view word) {
        return std::string(translated("word", word, language));
    };
    std::string text = std::string(translated("owner", owner_word(item.owner), language));
    if (const auto due = due_text(item, now, language); !due.empty()) {
        text += ", " + say("due") + " " + due;
    }
    if (item.blocking) {
        text += ", " + say("blocks");
    }
    if (is_overdue(item, now)) {
        text += ", " + say("overdue");
    }
    if (item.state != ItemState::kOpen) {
        text += ", " + std::string(translated("state", state_word(item.state), language));
    }
    return text;
}

std::vector<const Item*> shown(std::span<const Item> items, Show show) {
    std::vector<const Item*> chosen;
    for (const auto& item : items) {
        if (show == Show::kAll || is_open(item)) {
            chosen.push_back(&item);
        }
    }
    return chosen;
}

Json json_of(const ItemMark& mark) {
    Json json;
    json["state"] = word(mark.state);
    json["by"] = mark.by;
    json["at"] = valv::to_text(mark.at);
    if (mark.reason) {
        json["reason"] = *mark.reason;
    }
    return json;
}

Json json_of(const Item& item, DeskLanguage language, Instant now) {
    Json json;
    json["id"] = item.id;
    json["rule"] = item.rule;
    json["phase"] = word(item.phase);
    json["text_key"] = item.text_key;
    json["text"] = item_text(item, language);
    json["why"] = item_why(item, language);
    json["owner"] = owner_word(item.owner);
    if (item.due) {
        json["due"] = item.due_on ? to_text(*item.due_on) : valv::to_text(*item.due);
    }
    json["blocking"] = item.blocking;
    json["waivable"] = item.waivable;
    json["closed_by"] = item.closed_by_tick ? "tick" : "data";
    json["state"] = state_word(item.state);
    json["overdue"] = is_overdue(item, now);
    json["source"] = item.source;
    json["path"] = item.path;
    if (item.mark) {
        json["mark"] = json_of(*item.mark);
    }
    return json;
}

}  // namespace

std::string item_text(const Item& item, DeskLanguage language) {
    return fill_braces(rule_text(item.rule, language).text, item.fills, language);
}

std::string item_why(const Item& item, DeskLanguage language) {
    return fill_braces(rule_text(item.rule, language).why, item.fills, language);
}

std::string checklist_text(const Record& record, std::span<const Item> items, DeskLanguage language,
                           Instant now, Show show) {
    const auto chosen = shown(items, show);
    const auto open = std::ranges::count_if(items, is_open);
    std::string text = std::string(translated("word", "checklist", language)) + " " +
                       record.facts.reference + " (" + std::to_string(open) + " " +
                       std::string(translated("word", "left", language)) + ")\n";
    if (chosen.empty()) {
        return text + std::string(translated("word", "nothing", language)) + "\n";
    }
    for (const auto* const item : chosen) {
        text += std::string("\n[") + (is_open(*item) ? " " : "x") + "] " +
                item_text(*item, language) + "\n    " + item->id + " (" +
                details(*item, now, language) + ")\n    " + item_why(*item, language) + "\n";
    }
    return text;
}

std::string checklist_json(const Record& record, std::span<const Item> items, DeskLanguage language,
                           Instant now, Show show) {
    Json json;
    json["case"] = record.facts.reference;
    json["now"] = valv::to_text(now);
    json["language"] = word(language);
    json["items"] = Json::array();
    for (const auto* const item : shown(items, show)) {
        json["items"].push_back(json_of(*item, language, now));
    }
    return json.dump();
}

}  // namespace valv::casework
