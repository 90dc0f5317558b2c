#pragma once

#include <filesystem>

namespace valv::bench {

// CPU microseconds for each of `count` files of `size` octets in one process: read, seal to one
// recipient under a fresh file key, write under a new name; and back.
struct FileCosts {
    double seal_microseconds = 0;
    double open_microseconds = 0;
};
[[nodiscard]] FileCosts many_files(const std::filesystem::path& folder, int count,
                                   std::size_t size);

// A new file of octets that no compressor can shorten.
void make_file(const std::filesystem::path& file, std::uint64_t size);

}  // namespace valv::bench
