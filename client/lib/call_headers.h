#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/lib/transport.h"

namespace valv::client {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

// The header fields of a call that any transport sends, beside what its HTTP engine adds by itself.
[[nodiscard]] HeaderFields header_fields(const Call& call, std::string_view client_version);

}  // namespace valv::client
