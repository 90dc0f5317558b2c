#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "client/casework/enums.h"

// The kinds of papers (docs/casework.md section 2).
namespace valv::casework {

enum class Share {
    kDefault,  // D: in the package when the sharing consent covers the kind
    kNamed,    // n: only when the consent names this kind and this recipient
    kNever     // –: whatever the consent says
};

struct Kind {
    std::string_view slug;
    std::string_view english;
    std::string_view swedish;
    std::array<Share, 5> shares;  // in the order of Audience
    int sensitivity;  // 1 logistics, 2 identity, 3 health, exploitation, protection, home
    int retention_years;
};

[[nodiscard]] std::span<const Kind> all_kinds();
[[nodiscard]] const Kind* find_kind(std::string_view slug);
[[nodiscard]] Share share_of(const Kind& kind, Audience audience);

}  // namespace valv::casework
