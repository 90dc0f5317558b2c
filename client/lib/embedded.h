#pragma once

#include <string_view>

// The script that the client carries, as text; made at build time from render_pdf.py.
namespace valv::client {

[[nodiscard]] std::string_view builtin_render_pdf();

}  // namespace valv::client
