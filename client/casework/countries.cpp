#include "client/casework/countries.h"

#include <algorithm>
#include <array>
#include <vector>

#include "client/casework/embedded.h"
#include "client/casework/tsv.h"

namespace valv::casework {
namespace {

struct Country {
    std::string_view code;
    std::string_view english;
    std::string_view swedish;
    std::string_view sets;
};

const std::vector<Country>& countries() {
    // Parsed once from constant data; never changes afterwards.
    static const std::vector<Country> kCountries = [] {
        constexpr std::size_t kFields = 4;
        std::vector<Country> rows;
        for (const auto& row : parse_tsv(builtin_countries(), kFields)) {
            rows.push_back({row[0], row[1], row[2], row[3]});
        }
        return rows;
    }();
    return kCountries;
}

const Country* find_country(std::string_view code) {
    const auto found = std::ranges::find(countries(), code, &Country::code);
    return found == countries().end() ? nullptr : &*found;
}

bool is_in(std::string_view code, std::string_view set) {
    const auto* const found = find_country(code);
    return found != nullptr && found->sets.find(set) != std::string_view::npos;
}

// ISO 4217, currencies in use; reviewed 2026-01-01. Funds, metals and test codes are left out.
constexpr std::string_view kCurrencies =
    " AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP"
    " CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ "
    "GYD HKD HNL HTG HUF"
    " IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD"
    " MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN "
    "PYG QAR RON RSD RUB"
    " RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD "
    "TWD TZS UAH UGX USD"
    " UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ";

constexpr std::array<std::string_view, 13> kPaperLanguages = {
    "sv", "en", "ro", "bg", "sr", "sr-Cyrl", "sr-Latn", "es", "hu", "pl", "sk", "lt", "ne"};

}  // namespace

bool is_country(std::string_view code) {
    return find_country(code) != nullptr;
}

bool is_eup(std::string_view code) {
    return is_in(code, "eup");
}

bool is_schengen(std::string_view code) {
    return is_in(code, "schengen");
}

std::string_view country_name(std::string_view code, DeskLanguage language) {
    const auto* const found = find_country(code);
    if (found == nullptr) {
        return code;
    }
    return language == DeskLanguage::kSv ? found->swedish : found->english;
}

bool is_currency(std::string_view code) {
    constexpr std::size_t kLetters = 3;
    return code.size() == kLetters && code.find(' ') == std::string_view::npos &&
           kCurrencies.find(code) != std::string_view::npos;
}

bool is_language(std::string_view tag) {
    if (std::ranges::find(kPaperLanguages, tag) != kPaperLanguages.end()) {
        return true;
    }
    return (tag.size() == 2 || tag.size() == 3) &&
           std::ranges::all_of(tag, [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

}  // namespace valv::casework
