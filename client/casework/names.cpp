#include "client/casework/names.h"

#include <algorithm>
#include <array>
#include <vector>

namespace valv::casework {
namespace {

// One code point of well-formed UTF-8, taken off the front.
char32_t next_code_point(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    constexpr std::array<unsigned, 5> kMasks = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t value = first & kMasks.at(length);
    for (std::size_t index = 1; index < length && index < text.size(); ++index) {
        value = (value << 6U) | (static_cast<unsigned char>(text[index]) & 0x3FU);
    }
    text.remove_prefix(std::min(length, text.size()));
    return value;
}

void append_utf8(std::string& text, char32_t value) {
    const auto octet = [](char32_t bits) {
        return static_cast<char>(static_cast<unsigned char>(bits));
    };
    if (value < 0x80) {
        text += octet(value);
    } else if (value < 0x800) {
        text += octet(0xC0U | (value >> 6U));
        text += octet(0x80U | (value & 0x3FU));
    } else if (value < 0x10000) {
        text += octet(0xE0U | (value >> 12U));
        text += octet(0x80U | ((value >> 6U) & 0x3FU));
        text += octet(0x80U | (value & 0x3FU));
    } else {
        text += octet(0xF0U | (value >> 18U));
        text += octet(0x80U | ((value >> 12U) & 0x3FU));
        text += octet(0x80U | ((value >> 6U) & 0x3FU));
        text += octet(0x80U | (value & 0x3FU));
    }
}

char32_t lower(char32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
        (c >= 0x410 && c <= 0x42F)) {
        return c + 0x20;
    }
    if (c >= 0x400 && c <= 0x40F) {
        return c + 0x50;
    }
    const bool is_even_upper =
        (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x218 && c <= 0x21B);
    const bool is_odd_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if ((is_even_upper && c % 2 == 0) || (is_odd_upper && c % 2 == 1)) {
        return c + 1;
    }
    return c;
}

struct Letter {
    char32_t code;  // lower case
    std::string_view latin;
};

// ICAO Doc 9303 part 3 section 6 A; letters with marks that are not named lose them.
constexpr std::array<Letter, 82> kLatin = {{
    {U'à', "A"}, {U'á', "A"},  {U'â', "A"},  {U'ã', "A"},  {U'ä', "AE"}, {U'å', "AA"}, {U'æ', "AE"},
    {U'ç', "C"}, {U'è', "E"},  {U'é', "E"},  {U'ê', "E"},  {U'ë', "E"},  {U'ì', "I"},  {U'í', "I"},
    {U'î', "I"}, {U'ï', "I"},  {U'ð', "D"},  {U'ñ', "N"},  {U'ò', "O"},  {U'ó', "O"},  {U'ô', "O"},
    {U'õ', "O"}, {U'ö', "OE"}, {U'ø', "OE"}, {U'ù', "U"},  {U'ú', "U"},  {U'û', "U"},  {U'ü', "UE"},
    {U'ý', "Y"}, {U'þ', "TH"}, {U'ÿ', "Y"},  {U'ß', "SS"}, {U'ā', "A"},  {U'ă', "A"},  {U'ą', "A"},
    {U'ć', "C"}, {U'ĉ', "C"},  {U'ċ', "C"},  {U'č', "C"},  {U'ď', "D"},  {U'đ', "D"},  {U'ē', "E"},
    {U'ĕ', "E"}, {U'ė', "E"},  {U'ę', "E"},  {U'ě', "E"},  {U'ğ', "G"},  {U'ģ', "G"},  {U'ħ', "H"},
    {U'ī', "I"}, {U'į', "I"},  {U'ı', "I"},  {U'ķ', "K"},  {U'ĺ', "L"},  {U'ļ', "L"},  {U'ľ', "L"},
    {U'ł', "L"}, {U'ń', "N"},  {U'ņ', "N"},  {U'ň', "N"},  {U'ō', "O"},  {U'ő', "O"},  {U'œ', "OE"},
    {U'ŕ', "R"}, {U'ř', "R"},  {U'ś', "S"},  {U'ş', "S"},  {U'š', "S"},  {U'ș', "S"},  {U'ţ', "T"},
    {U'ț', "T"}, {U'ť', "T"},  {U'ū', "U"},  {U'ů', "U"},  {U'ű', "U"},  {U'ų', "U"},  {U'ź', "Z"},
    {U'ż', "Z"}, {U'ž', "Z"},  {U'ŷ', "Y"},  {U'ŵ', "W"},  {U'ĝ', "G"},
}};

constexpr std::array<Letter, 6> kPlain = {{
    {U'å', "A"},
    {U'ä', "A"},
    {U'ö', "O"},
    {U'ü', "U"},
    {U'ø', "O"},
    {U'æ', "A"},
}};

// Section 6 B, the rows that all languages share.
constexpr std::array<Letter, 46> kCyrillic = {{
    {U'а', "A"},  {U'б', "B"},  {U'в', "V"},    {U'г', "G"},  {U'д', "D"},  {U'е', "E"},
    {U'ё', "E"},  {U'ж', "ZH"}, {U'з', "Z"},    {U'и', "I"},  {U'й', "I"},  {U'к', "K"},
    {U'л', "L"},  {U'м', "M"},  {U'н', "N"},    {U'о', "O"},  {U'п', "P"},  {U'р', "R"},
    {U'с', "S"},  {U'т', "T"},  {U'у', "U"},    {U'ф', "F"},  {U'х', "KH"}, {U'ц', "TS"},
    {U'ч', "CH"}, {U'ш', "SH"}, {U'щ', "SHCH"}, {U'ъ', "IE"}, {U'ы', "Y"},  {U'ь', ""},
    {U'э', "E"},  {U'ю', "IU"}, {U'я', "IA"},   {U'ђ', "D"},  {U'ѓ', "G"},  {U'є', "IE"},
    {U'ѕ', "DZ"}, {U'і', "I"},  {U'ї', "I"},    {U'ј', "J"},  {U'љ', "LJ"}, {U'њ', "NJ"},
    {U'ћ', "C"},  {U'ќ', "KJ"}, {U'џ', "DZ"},   {U'ґ', "G"},
}};

struct NationalLetter {
    std::string_view country;
    char32_t code;
    std::string_view latin;
};

constexpr std::array<NationalLetter, 24> kNational = {{
    {"BG", U'х', "H"},  {"BG", U'щ', "SHT"}, {"BG", U'ъ', "A"}, {"BG", U'ю', "YU"},
    {"BG", U'я', "YA"}, {"BG", U'й', "Y"},   {"BG", U'ь', "Y"}, {"RS", U'х', "H"},
    {"RS", U'ж', "Z"},  {"RS", U'ц', "C"},   {"RS", U'ч', "C"}, {"RS", U'ш', "S"},
    {"MK", U'х', "H"},  {"MK", U'ж', "ZH"},  {"MK", U'ц', "C"}, {"MK", U'ѓ', "GJ"},
    {"ME", U'х', "H"},  {"ME", U'ж', "Z"},   {"ME", U'ц', "C"}, {"ME", U'ч', "C"},
    {"ME", U'ш', "S"},  {"UA", U'г', "H"},   {"UA", U'и', "Y"}, {"BY", U'г', "H"},
}};

std::string_view latin_of(char32_t letter, std::string_view country, Umlauts umlauts) {
    if (umlauts == Umlauts::kOneLetter) {
        if (const auto* const plain = std::ranges::find(kPlain, letter, &Letter::code);
            plain != kPlain.end()) {
            return plain->latin;
        }
    }
    const auto* const national = std::ranges::find_if(kNational, [&](const NationalLetter& row) {
        return row.country == country && row.code == letter;
    });
    if (national != kNational.end()) {
        return national->latin;
    }
    if (const auto* const found = std::ranges::find(kLatin, letter, &Letter::code);
        found != kLatin.end()) {
        return found->latin;
    }
    const auto* const found = std::ranges::find(kCyrillic, letter, &Letter::code);
    return found == kCyrillic.end() ? std::string_view{} : found->latin;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char letter : text) {
        if (letter != ' ') {
            words.back() += letter;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

constexpr std::array<std::string_view, 6> kTitles = {"MR", "MRS", "MS", "MSTR", "MISS", "CHD"};

std::vector<std::string> without_titles(std::vector<std::string> words) {
    while (words.size() > 1 && std::ranges::find(kTitles, words.back()) != kTitles.end()) {
        words.pop_back();
    }
    return words;
}

bool matches(std::string_view ticket, const PrintedNames& printed, std::string_view country,
             Umlauts umlauts) {
    const auto stroke = ticket.find('/');
    if (stroke == std::string_view::npos) {
        return false;
    }
    if (mrz(ticket.substr(0, stroke), country, umlauts) !=
        mrz(printed.family.value_or(""), country, umlauts)) {
        return false;
    }
    const auto on_ticket =
        without_titles(words_of(mrz(ticket.substr(stroke + 1), country, umlauts)));
    const auto in_document = words_of(mrz(printed.given, country, umlauts));
    return !on_ticket.empty() && on_ticket.size() <= in_document.size() &&
           std::equal(on_ticket.begin(), on_ticket.end(), in_document.begin());
}

}  // namespace

std::string mrz(std::string_view name, std::string_view issuing_country, Umlauts umlauts) {
    std::string text;
    while (!name.empty()) {
        const auto letter = lower(next_code_point(name));
        if (letter >= 'a' && letter <= 'z') {
            text += static_cast<char>(letter - 'a' + 'A');
        } else if (letter == ' ' || letter == '-' || letter == 0x2010) {
            if (!text.empty() && text.back() != ' ') {
                text += ' ';
            }
        } else {
            text += latin_of(letter, issuing_country, umlauts);
        }
    }
    if (!text.empty() && text.back() == ' ') {
        text.pop_back();
    }
    return text;
}

bool same_name(std::string_view ticket, const PrintedNames& printed,
               std::string_view issuing_country) {
    return matches(ticket, printed, issuing_country, Umlauts::kTwoLetters) ||
           matches(ticket, printed, issuing_country, Umlauts::kOneLetter);
}

std::string fold_case(std::string_view text) {
    std::string folded;
    while (!text.empty()) {
        append_utf8(folded, lower(next_code_point(text)));
    }
    return folded;
}

}  // namespace valv::casework
