#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace valv::e2e {

// The rows of every table of a server's store, read beside the running server. The clock's
// high-water mark is left out: it moves by itself.
[[nodiscard]] std::map<std::string, std::string> dump_store(const std::filesystem::path& database);

}  // namespace valv::e2e
