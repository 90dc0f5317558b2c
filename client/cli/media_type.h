#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"

namespace valv::cli {

constexpr std::size_t kMediaTypeBytes = 64;  // of the front of a file that media_type_of looks at

// By the first octets of the file, then by the ending of its name; `application/octet-stream` when
// neither says. The octets win: a name is only a hint.
[[nodiscard]] std::string media_type_of(ByteView front, std::string_view file_name);

}  // namespace valv::cli
