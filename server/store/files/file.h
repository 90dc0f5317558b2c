#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "common/base/bytes.h"

// Files with the durability that the stores promise. Every function throws kIo, or kStorageFull
// when space is short; the text names the call and the errno, never the path of a secret.
namespace valv::store {

// An open file descriptor. Move-only.
class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File();
    [[nodiscard]] int descriptor() const { return descriptor_; }

    void write_all(ByteView octets);
    // Up to out.size() octets from `offset`; fewer only at the end.
    [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out) const;
    [[nodiscard]] std::uint64_t size() const;
    // Once: after an error the kernel may have dropped the pages, and a second fsync would lie.
    void sync();

private:
    int descriptor_ = -1;
};

enum class Existing { kRefuse, kTruncate };

// A new file with mode 0600. With kRefuse an existing one throws kConflict.
[[nodiscard]] File create_file(const std::filesystem::path& path, Existing existing);
// Nothing when it is absent.
[[nodiscard]] std::optional<File> open_file(const std::filesystem::path& path);
[[nodiscard]] std::optional<File> open_file_for_writing(const std::filesystem::path& path);
// fsync of a folder: makes the names in it durable.
void sync_folder(const std::filesystem::path& folder);
// Makes a folder (0700) and its name durable. Fine when it is there.
void make_folder(const std::filesystem::path& folder);
// False when it was absent.
bool unlink_file(const std::filesystem::path& path);

}  // namespace valv::store
