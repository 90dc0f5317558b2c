#pragma once

#include <string_view>

// The data files that the program carries, as text; made at build time from templates/
// (embed.cmake).
namespace valv::casework {

[[nodiscard]] std::string_view builtin_airports();
[[nodiscard]] std::string_view builtin_countries();
[[nodiscard]] std::string_view builtin_checklist_en();
[[nodiscard]] std::string_view builtin_checklist_sv();
[[nodiscard]] std::string_view builtin_print_style();
[[nodiscard]] std::string_view builtin_recovery_share_style();
[[nodiscard]] std::string_view builtin_recovery_share_en();
[[nodiscard]] std::string_view builtin_recovery_share_sv();
[[nodiscard]] std::string_view builtin_erasure_certificate_style();
[[nodiscard]] std::string_view builtin_erasure_certificate_en();
[[nodiscard]] std::string_view builtin_erasure_certificate_sv();

}  // namespace valv::casework
