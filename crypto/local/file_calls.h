#pragma once

#include <filesystem>
#include <string_view>
#include <sys/types.h>

#include "crypto/local/files.h"

// The system calls behind files.h; for files.cpp and output_file.cpp only.
namespace valv::local {

constexpr mode_t kPrivateFile = 0600;

// kStorageFull or kIo; `error` is an errno.
[[noreturn]] void fail_io(const char* operation, int error);
[[nodiscard]] FileHandle open_file(const std::filesystem::path& path, int flags, mode_t mode = 0);
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);
void sync_folder(const std::filesystem::path& folder);
void write_all(const FileHandle& file, ByteView octets);
void sync_file(const FileHandle& file);
// `.NAME` and an ending, in the folder of `path`.
[[nodiscard]] std::filesystem::path beside(const std::filesystem::path& path,
                                           std::string_view ending);
// A name in the folder of `path` that no other process uses.
[[nodiscard]] std::filesystem::path temporary_name(const std::filesystem::path& path);

}  // namespace valv::local
