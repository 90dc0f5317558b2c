#pragma once

#include <string_view>

namespace valv::protocol {

// Of server and client; also in CMakeLists.txt, and a test holds the two together.
inline constexpr std::string_view kVersion = "0.1.0";
// The oldest client that a server of this version talks to.
inline constexpr std::string_view kMinClient = "0.1.0";

// Compares `major.minor.patch`; a text that is no version is older than every version.
[[nodiscard]] bool is_older_version(std::string_view version, std::string_view than) noexcept;

}  // namespace valv::protocol
