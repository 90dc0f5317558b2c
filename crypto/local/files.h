#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/local/source.h"

// Files of programs that hold secrets: kill -9 at any moment leaves the old file or the new one,
// never a half. All throw kIo.
namespace valv::local {

enum class Overwrite { kNo, kYes };

class FileHandle {
public:
    explicit FileHandle(int descriptor = -1) noexcept : descriptor_(descriptor) {}
    FileHandle(FileHandle&& other) noexcept;
    FileHandle& operator=(FileHandle&& other) noexcept;
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle();
    [[nodiscard]] int get() const noexcept { return descriptor_; }
    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }

private:
    int descriptor_;
};

// At its place, wherever else is written. For what has places: regular files, disks, /dev/null. May
// be called by several threads at once.
void write_all_at(const FileHandle& file, std::uint64_t offset, ByteView octets);
void write_all(const FileHandle& file, ByteView octets);
[[nodiscard]] bool has_places(const FileHandle& file) noexcept;

enum class FileKind {
    kRegular,
    kAny,  // pipes and devices too, which have no size and no places
};

// A file to read from the front. kNotFound when there is none, kInvalidArgument for a folder and
// for another kind of file.
class ReadableFile final : public Source {
public:
    explicit ReadableFile(const std::filesystem::path& path, FileKind kind = FileKind::kRegular);
    [[nodiscard]] std::uint64_t size() const;
    // A regular file may be read again after seek(), also when its end was seen.
    [[nodiscard]] std::size_t read(std::span<std::uint8_t> out) override;
    [[nodiscard]] std::optional<FileId> file_id() const override;
    void seek(std::uint64_t offset);
    // Fills `out` from `offset`, wherever read() stands. kIo also when the file ends before. May be
    // called by several threads at once.
    void read_at(std::uint64_t offset, std::span<std::uint8_t> out) const;

private:
    FileHandle file_;
};

// A pipe or a device behind a name, open for writing; nothing for a regular file, a folder, and
// where there is nothing. Waits for a pipe's reader.
[[nodiscard]] std::optional<FileHandle> find_device(const std::filesystem::path& path);

// Opened bytes on their way to the name that the user gave (docs/decisions.md "Opened bytes go to a
// file without a name"): an unnamed file in the folder of the target, named by commit(); where the
// file system has none, `.NAME.part`, 0600, unlinked unless committed.
class OutputFile {
public:
    // kConflict when the target is there and may not be replaced (commit looks again).
    OutputFile(std::filesystem::path target, Overwrite overwrite);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();
    void write(ByteView octets);
    // At a place, wherever write() stands. May be called by several threads at once.
    void write_at(std::uint64_t offset, ByteView octets);
    // fsync, name, fsync of the folder.
    void commit();

private:
    void open_part();
    void link_unnamed() const;
    void rename_part();
    std::filesystem::path target_;
    Overwrite overwrite_;
    FileHandle file_;
    std::filesystem::path part_;  // empty: unnamed
};

// A private file that grows: 0600, made when absent.
class AppendFile {
public:
    explicit AppendFile(const std::filesystem::path& path);
    void write(ByteView octets);
    void sync();

private:
    FileHandle file_;
};

// Writes the end of a private file anew, made when absent: `octets` stand at `offset`, and nothing
// after them. On the disk when it returns. False, and nothing is written, when the file is shorter
// than `offset`.
[[nodiscard]] bool write_end(const std::filesystem::path& path, std::uint64_t offset,
                             ByteView octets);

// An exclusive lock on a file that is made when absent, held while this lives. Waits for it.
class FileLock {
public:
    explicit FileLock(const std::filesystem::path& path);

private:
    FileHandle file_;
};

void make_private_folder(const std::filesystem::path& folder);  // 0700, parents too
[[nodiscard]] std::optional<Bytes> read_file_if(const std::filesystem::path& path,
                                                std::size_t max_bytes);
[[nodiscard]] crypto::SecretBytes read_secret_file(const std::filesystem::path& path,
                                                   std::size_t max_bytes);
// 0600, by a temporary name, fsync, rename, fsync of the folder.
void replace_file(const std::filesystem::path& path, ByteView octets);
// 0600, new: kConflict when it is there.
void create_file(const std::filesystem::path& path, ByteView octets);
void remove_file(const std::filesystem::path& path);  // absent is fine

}  // namespace valv::local
