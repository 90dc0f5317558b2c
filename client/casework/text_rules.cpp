#include "client/casework/text_rules.h"

#include <algorithm>
#include <string>

#include "client/casework/countries.h"
#include "client/casework/kinds.h"
#include "client/casework/zones.h"
#include "common/base/utf8.h"

namespace valv::casework {
namespace {

constexpr std::size_t kNameLength = 120;
constexpr std::size_t kLineLength = 200;
constexpr std::size_t kTextLength = 4000;
constexpr std::size_t kTerminalLength = 8;
constexpr std::size_t kPhraseLength = 60;
constexpr std::size_t kLidLength = 32;

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

template <typename Predicate>
bool all_and_length(std::string_view text, std::size_t least, std::size_t most, Predicate allowed) {
    return text.size() >= least && text.size() <= most && std::ranges::all_of(text, allowed);
}

bool is_lid(std::string_view text) {
    return !text.empty() && is_lower(text.front()) &&
           all_and_length(text, 1, kLidLength,
                          [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

// [A-Z]{2}-20[0-9]{2}-[0-9]{3,4}: neutral, so nothing of place or reason fits in.
bool is_reference(std::string_view text) {
    constexpr std::size_t kHead = 8;  // RV-2026-
    return (text.size() == kHead + 3 || text.size() == kHead + 4) && is_upper(text[0]) &&
           is_upper(text[1]) && text.substr(2, 3) == "-20" && is_digit(text[5]) &&
           is_digit(text[6]) && text[7] == '-' && std::ranges::all_of(text.substr(kHead), is_digit);
}

bool is_phone(std::string_view text) {
    constexpr std::size_t kFewest = 7;
    constexpr std::size_t kMost = 15;
    return text.starts_with('+') && all_and_length(text.substr(1), kFewest, kMost, is_digit);
}

// [0-9]{1,2}[A-K]
bool is_seat(std::string_view text) {
    return (text.size() == 2 || text.size() == 3) && text.back() >= 'A' && text.back() <= 'K' &&
           std::ranges::all_of(text.substr(0, text.size() - 1), is_digit);
}

// FAMILY/GIVEN: one stroke, something on its right (people with one name have nothing on the left).
bool is_ticket_name(std::string_view text) {
    const auto stroke = text.find('/');
    return stroke != std::string_view::npos &&
           text.find('/', stroke + 1) == std::string_view::npos && stroke + 1 < text.size() &&
           text.size() <= kNameLength;
}

bool is_upper_or_digit(char c) {
    return is_upper(c) || is_digit(c);
}

bool has_form(TextKind kind, std::string_view text) {
    switch (kind) {
        case TextKind::kLid:
            return is_lid(text);
        case TextKind::kReference:
            return is_reference(text);
        case TextKind::kIata:
            return all_and_length(text, 3, 3, is_upper);
        case TextKind::kLegNumber:
            return all_and_length(text, 2, 10,
                                  [](char c) { return is_upper_or_digit(c) || c == ' '; });
        case TextKind::kBookingReference:
            return all_and_length(text, 5, 8, is_upper_or_digit);
        case TextKind::kSeat:
            return is_seat(text);
        case TextKind::kTicketName:
            return is_ticket_name(text);
        case TextKind::kMeal:
            return all_and_length(text, 4, 4, is_upper);
        case TextKind::kDocumentNumber:
            return all_and_length(text, 1, 20,
                                  [](char c) { return is_upper_or_digit(c) || c == '<'; });
        case TextKind::kLinkCode:
            return all_and_length(text, 12, 12, is_digit);
        case TextKind::kOpaque:
            return all_and_length(text, 1, kLineLength, [](char c) { return c > ' ' && c <= '~'; });
        case TextKind::kCodePhrase:
            return code_point_count(text) >= 3;
        case TextKind::kName:
            return !text.empty();
        case TextKind::kLine:
        case TextKind::kText:
        case TextKind::kCountry:
        case TextKind::kCurrency:
        case TextKind::kLanguage:
        case TextKind::kZone:
        case TextKind::kPhone:
        case TextKind::kKind:
        case TextKind::kTerminal:
            return true;
    }
    return false;
}

std::size_t longest(TextKind kind) {
    switch (kind) {
        case TextKind::kName:
        case TextKind::kTicketName:
            return kNameLength;
        case TextKind::kText:
            return kTextLength;
        case TextKind::kTerminal:
            return kTerminalLength;
        case TextKind::kCodePhrase:
            return kPhraseLength;
        case TextKind::kLid:
        case TextKind::kLine:
        case TextKind::kReference:
        case TextKind::kCountry:
        case TextKind::kCurrency:
        case TextKind::kLanguage:
        case TextKind::kZone:
        case TextKind::kPhone:
        case TextKind::kKind:
        case TextKind::kIata:
        case TextKind::kLegNumber:
        case TextKind::kBookingReference:
        case TextKind::kSeat:
        case TextKind::kMeal:
        case TextKind::kDocumentNumber:
        case TextKind::kLinkCode:
        case TextKind::kOpaque:
            return kLineLength;
    }
    return kLineLength;
}

bool has_forbidden_character(TextKind kind, std::string_view text) {
    if (kind != TextKind::kText) {
        return !is_plain_line(text);
    }
    std::string without_breaks(text);
    std::erase(without_breaks, '\n');
    return !is_plain_line(without_breaks);
}

}  // namespace

std::optional<TextFault> check_text(TextKind kind, std::string_view text) {
    if (has_forbidden_character(kind, text)) {
        return TextFault{"forbidden_character",
                         "A control character or a change of writing direction is in the text."};
    }
    if (code_point_count(text) > longest(kind)) {
        return TextFault{"too_long", "The text is longer than its limit."};
    }
    if (kind == TextKind::kCountry && !is_country(text)) {
        return TextFault{"unknown_country",
                         "Not a state: write two capital letters as in ISO 3166-1 (GB, not UK)."};
    }
    if (kind == TextKind::kCurrency && !is_currency(text)) {
        return TextFault{"unknown_currency",
                         "Not a currency: write three capital letters as in ISO 4217."};
    }
    if (kind == TextKind::kLanguage && !is_language(text)) {
        return TextFault{"unknown_language", "Not a language: write two or three small letters."};
    }
    if (kind == TextKind::kZone && !is_known_zone(text)) {
        return TextFault{"unknown_zone", "Not a time zone: write a name such as Europe/Stockholm."};
    }
    if (kind == TextKind::kPhone && !is_phone(text)) {
        return TextFault{"bad_phone", "Write the number with + and the country code."};
    }
    if (kind == TextKind::kKind && find_kind(text) == nullptr) {
        return TextFault{"unknown_kind", "Not a kind of paper."};
    }
    if (!has_form(kind, text)) {
        return TextFault{"bad_format", "The text does not have the form that this field needs."};
    }
    return std::nullopt;
}

}  // namespace valv::casework
