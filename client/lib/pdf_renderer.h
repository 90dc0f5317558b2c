#pragma once

#include <filesystem>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "crypto/core/secret_bytes.h"

namespace valv::client {

// A paper's HTML as PDF/A-3b (ISO 19005-3), by WeasyPrint in a process of its own: the paper goes
// there and comes back through pipes, never through a file, and WeasyPrint may write none, fetch
// nothing and see no network (render_pdf.py). The same HTML and time give the same octets on a
// machine with the same fonts. About a second and 70 MB a call. `python` is the interpreter's
// absolute path. Throws kUnsupported, `no_weasyprint`, where there is none, and kUnavailable,
// `paper_not_rendered`, when it fails or takes over 20 s.
[[nodiscard]] crypto::SecretBytes render_pdf(ByteView html, Instant made_at,
                                             const std::filesystem::path& python);

}  // namespace valv::client
