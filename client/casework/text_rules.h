#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

// What a text field of the record may hold (docs/casework.md 3.1 and 3.2), and how it is refused
// (3.5).
namespace valv::casework {

enum class TextKind {
    kLid,
    kName,  // 1–120 code points, one line
    kLine,  // 0–200, one line
    kText,  // 0–4 000, with line feeds
    kReference,
    kCountry,
    kCurrency,
    kLanguage,
    kZone,
    kPhone,
    kKind,
    kIata,
    kTerminal,
    kLegNumber,
    kBookingReference,
    kSeat,
    kTicketName,
    kMeal,
    kCodePhrase,
    kDocumentNumber,
    kLinkCode,
    kOpaque  // keys and hashes: 1–200 printable ASCII characters
};

struct TextFault {
    std::string_view code;
    std::string_view sentence;
};

[[nodiscard]] std::optional<TextFault> check_text(TextKind kind, std::string_view text);

}  // namespace valv::casework
