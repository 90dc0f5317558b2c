#include "crypto/local/files.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "common/base/error.h"
#include "crypto/local/file_calls.h"

namespace valv::local {
namespace {

constexpr mode_t kPrivateFolder = 0700;

}  // namespace

FileHandle::FileHandle(FileHandle&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

FileHandle::~FileHandle() {
    if (is_open()) {
        ::close(descriptor_);
    }
}

// A pipe is waited for; what must be regular is not, when it turns out to be one.
ReadableFile::ReadableFile(const std::filesystem::path& path, FileKind kind)
    : file_(open_file(path, kind == FileKind::kAny ? O_RDONLY : O_RDONLY | O_NONBLOCK)) {
    if (!file_.is_open()) {
        if (errno == ENOENT || errno == ENOTDIR) {
            throw Error(ErrorCode::kNotFound, "open: there is no such file");
        }
        fail_io("open", errno);
    }
    const struct stat status = status_of(file_.get());
    if (S_ISDIR(status.st_mode) || (kind == FileKind::kRegular && !S_ISREG(status.st_mode))) {
        throw Error(ErrorCode::kInvalidArgument, "open: not a regular file");
    }
}

std::uint64_t ReadableFile::size() const {
    return static_cast<std::uint64_t>(status_of(file_.get()).st_size);
}

std::optional<FileId> ReadableFile::file_id() const {
    return file_id_of(status_of(file_.get()));
}

std::size_t ReadableFile::read(std::span<std::uint8_t> out) {
    return read_all(file_.get(), out);
}

void ReadableFile::read_at(std::uint64_t offset, std::span<std::uint8_t> out) const {
    while (!out.empty()) {
        const ssize_t got =
            ::pread(file_.get(), out.data(), out.size(), static_cast<off_t>(offset));
        if (got == 0) {
            throw Error(ErrorCode::kIo, "read: the file has become shorter");
        }
        if (got < 0 && errno != EINTR) {
            fail_io("read", errno);
        }
        const std::size_t taken = got < 0 ? 0 : static_cast<std::size_t>(got);
        offset += taken;
        out = out.subspan(taken);
    }
}

void ReadableFile::seek(std::uint64_t offset) {
    if (::lseek(file_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) {
        fail_io("lseek", errno);
    }
}

bool has_places(const FileHandle& file) noexcept {
    return ::lseek(file.get(), 0, SEEK_CUR) >= 0;
}

std::optional<FileHandle> find_device(const std::filesystem::path& path) {
    struct stat status {};
    const bool is_there = ::stat(path.c_str(), &status) == 0;
    if (!is_there || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) {
        return std::nullopt;
    }
    FileHandle device = open_file(path, O_WRONLY | O_NOCTTY);
    if (!device.is_open()) {
        fail_io("output", errno);
    }
    return device;
}

AppendFile::AppendFile(const std::filesystem::path& path)
    : file_(open_file(path, O_CREAT | O_APPEND | O_WRONLY, kPrivateFile)) {
    if (!file_.is_open()) {
        fail_io("open", errno);
    }
}

void AppendFile::write(ByteView octets) {
    write_all(file_, octets);
}

void AppendFile::sync() {
    sync_file(file_);
}

bool write_end(const std::filesystem::path& path, std::uint64_t offset, ByteView octets) {
    const FileHandle file = open_file(path, O_CREAT | O_WRONLY, kPrivateFile);
    if (!file.is_open()) {
        fail_io("open", errno);
    }
    if (static_cast<std::uint64_t>(status_of(file.get()).st_size) < offset) {
        return false;
    }
    if (::ftruncate(file.get(), static_cast<off_t>(offset)) != 0) {
        fail_io("ftruncate", errno);
    }
    write_all_at(file, offset, octets);
    sync_file(file);
    if (offset == 0) {
        sync_folder(folder_of(path));
    }
    return true;
}

FileLock::FileLock(const std::filesystem::path& path)
    : file_(open_file(path, O_CREAT | O_RDWR, kPrivateFile)) {
    if (!file_.is_open()) {
        fail_io("lock file", errno);
    }
    while (::flock(file_.get(), LOCK_EX) != 0) {
        if (errno != EINTR) {
            fail_io("lock", errno);
        }
    }
}

void make_private_folder(const std::filesystem::path& folder) {
    if (folder.has_parent_path() && folder.parent_path() != folder &&
        !std::filesystem::exists(folder)) {
        make_private_folder(folder.parent_path());
    }
    if (::mkdir(folder.c_str(), kPrivateFolder) != 0 && errno != EEXIST) {
        fail_io("mkdir", errno);
    }
}

std::optional<Bytes> read_file_if(const std::filesystem::path& path, std::size_t max_bytes) {
    const FileHandle probe = open_file(path, O_RDONLY);
    if (!probe.is_open() && (errno == ENOENT || errno == ENOTDIR)) {
        return std::nullopt;
    }
    ReadableFile file(path);
    const std::uint64_t size = file.size();
    if (size > max_bytes) {
        throw Error(ErrorCode::kTooLarge, "read: the file is longer than any right one");
    }
    Bytes octets(static_cast<std::size_t>(size));
    octets.resize(file.read(octets));
    return octets;
}

crypto::SecretBytes read_secret_file(const std::filesystem::path& path, std::size_t max_bytes) {
    ReadableFile file(path);
    if (file.size() > max_bytes) {
        throw Error(ErrorCode::kTooLarge, "read: the file is longer than any right one");
    }
    crypto::SecretBytes octets(static_cast<std::size_t>(file.size()));
    octets.shrink(file.read(octets.reveal_for_writing()));
    return octets;
}

void replace_file(const std::filesystem::path& path, ByteView octets) {
    const std::filesystem::path name = temporary_name(path);
    ::unlink(name.c_str());
    {
        const FileHandle file = open_file(name, O_CREAT | O_EXCL | O_WRONLY, kPrivateFile);
        if (!file.is_open()) {
            fail_io("open", errno);
        }
        write_all(file, octets);
        sync_file(file);
    }
    if (::rename(name.c_str(), path.c_str()) != 0) {
        fail_io("rename", errno);
    }
    sync_folder(folder_of(path));
}

void create_file(const std::filesystem::path& path, ByteView octets) {
    OutputFile file(path, Overwrite::kNo);
    file.write(octets);
    file.commit();
}

void remove_file(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        fail_io("unlink", errno);
    }
}

}  // namespace valv::local
