#pragma once

#include <string>
#include <vector>

#include "crypto/tool/surroundings.h"

namespace valv::tool {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

// The program: runs the words after its name and gives its exit code. What goes wrong is one line
// on `notes`. Throws nothing.
[[nodiscard]] int run(const std::vector<std::string>& words, Surroundings& surroundings) noexcept;

}  // namespace valv::tool
