#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "client/casework/enums.h"
#include "crypto/core/secret_bytes.h"

// The page of an erasure certificate (docs/formats.md section 12). It repeats what the JSON says;
// whoever made or got the JSON has verified it.
namespace valv::cli {

// HTML that needs nothing from outside. Throws kMalformed with the path of the field unless `json`
// is a whole `resvalv/erasure/1`.
[[nodiscard]] std::string certificate_page(std::string_view json, casework::DeskLanguage language);
// The same as PDF/A, dated as the erasure: one certificate is always the same octets. Throws as
// client::render_pdf too.
[[nodiscard]] crypto::SecretBytes render_certificate(std::string_view json,
                                                     casework::DeskLanguage language,
                                                     const std::filesystem::path& python);

}  // namespace valv::cli
