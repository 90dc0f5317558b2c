#pragma once

#include <string_view>

#include "client/cli/sentences.h"
#include "common/base/error.h"
#include "common/protocol/wire_error.h"

// The words of sentences.h. Braces: {object}, {path}, {at}, {maximum}, {subject} are filled.
namespace valv::cli {

struct SentenceRow {
    std::string_view name;
    std::string_view sentence;
};

// Of a code at a place; falls back to the code alone. Always found.
[[nodiscard]] SentenceRow sentence_of(ErrorCode code, Situation situation) noexcept;
// Of a failed check, by its stable name; a general one for a name that is not known.
[[nodiscard]] std::string_view tamper_sentence(std::string_view name) noexcept;
[[nodiscard]] std::string_view end_sentence(protocol::EndReason reason) noexcept;
[[nodiscard]] SentenceRow stop_sentence(Stop stop) noexcept;
[[nodiscard]] std::string_view usage_sentence(Usage usage) noexcept;

}  // namespace valv::cli
