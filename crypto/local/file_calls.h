#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <sys/stat.h>
#include <sys/types.h>

#include "crypto/local/files.h"

// The system calls behind files.h and source.h; for their implementations only.
namespace valv::local {

constexpr mode_t kPrivateFile = 0600;

// kStorageFull or kIo; `error` is an errno.
[[noreturn]] void fail_io(const char* operation, int error);
[[nodiscard]] FileHandle open_file(const std::filesystem::path& path, int flags, mode_t mode = 0);
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);
void sync_folder(const std::filesystem::path& folder);
// Until `out` is full or the end comes.
[[nodiscard]] std::size_t read_all(int descriptor, std::span<std::uint8_t> out);
[[nodiscard]] struct stat status_of(int descriptor);
[[nodiscard]] std::optional<FileId> file_id_of(const struct stat& status);
void sync_file(const FileHandle& file);
// `.NAME` and an ending, in the folder of `path`.
[[nodiscard]] std::filesystem::path beside(const std::filesystem::path& path,
                                           std::string_view ending);
// A name in the folder of `path` that no other process uses.
[[nodiscard]] std::filesystem::path temporary_name(const std::filesystem::path& path);

}  // namespace valv::local
