#include "client/lib/files.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "common/base/error.h"

namespace valv::client {
namespace {

constexpr mode_t kPrivateFile = 0600;
constexpr mode_t kPrivateFolder = 0700;

[[noreturn]] void fail(const char* operation, int error = errno) {
    const ErrorCode code =
        error == ENOSPC || error == EDQUOT ? ErrorCode::kStorageFull : ErrorCode::kIo;
    throw Error(code, std::string(operation) + ": " + std::generic_category().message(error));
}

FileHandle open_file(const std::filesystem::path& path, int flags, mode_t mode = 0) {
    return FileHandle(::open(path.c_str(), flags | O_CLOEXEC, mode));
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

void sync_folder(const std::filesystem::path& folder) {
    const FileHandle handle = open_file(folder, O_RDONLY | O_DIRECTORY);
    if (!handle.is_open() || ::fsync(handle.get()) != 0) {
        fail("fsync of a folder");
    }
}

void write_all(const FileHandle& file, ByteView octets) {
    while (!octets.empty()) {
        const ssize_t written = ::write(file.get(), octets.data(), octets.size());
        if (written < 0 && errno != EINTR) {
            fail("write");
        }
        octets = octets.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

void sync_file(const FileHandle& file) {
    if (::fsync(file.get()) != 0) {
        fail("fsync");
    }
}

std::filesystem::path beside(const std::filesystem::path& path, std::string_view ending) {
    return folder_of(path) / ("." + path.filename().string() + std::string(ending));
}

// A name in the folder of `path` that no other process uses.
std::filesystem::path temporary_name(const std::filesystem::path& path) {
    return beside(path, "." + std::to_string(::getpid()) + ".tmp");
}

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

ReadableFile::ReadableFile(const std::filesystem::path& path)
    : file_(open_file(path, O_RDONLY | O_NONBLOCK)) {
    if (!file_.is_open()) {
        if (errno == ENOENT || errno == ENOTDIR) {
            throw Error(ErrorCode::kNotFound, "open: there is no such file");
        }
        fail("open");
    }
    struct stat status {};
    if (::fstat(file_.get(), &status) != 0) {
        fail("fstat");
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error(ErrorCode::kInvalidArgument, "open: not a regular file");
    }
}

std::uint64_t ReadableFile::size() const {
    struct stat status {};
    if (::fstat(file_.get(), &status) != 0) {
        fail("fstat");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

std::size_t ReadableFile::read(std::span<std::uint8_t> out) {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const ssize_t got = ::read(file_.get(), out.data() + filled, out.size() - filled);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            fail("read");
        }
        filled += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    return filled;
}

void ReadableFile::seek(std::uint64_t offset) {
    if (::lseek(file_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) {
        fail("lseek");
    }
}

OutputFile::OutputFile(std::filesystem::path target, Overwrite overwrite)
    : target_(std::move(target)), overwrite_(overwrite) {
    if (overwrite == Overwrite::kNo && ::access(target_.c_str(), F_OK) == 0) {
        throw Error(ErrorCode::kConflict, "output: the file is there already");
    }
    file_ = open_file(folder_of(target_), O_TMPFILE | O_WRONLY, kPrivateFile);
    if (!file_.is_open()) {
        if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) {
            fail("output");
        }
        open_part();
    }
}

// What a killed run left behind is taken over: it is ours by its name, and no secret of another
// file is in it.
void OutputFile::open_part() {
    const std::filesystem::path part = beside(target_, ".part");
    ::unlink(part.c_str());
    file_ = open_file(part, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, kPrivateFile);
    if (!file_.is_open()) {
        fail("output");
    }
    part_ = part;
}

OutputFile::~OutputFile() {
    if (!part_.empty()) {
        ::unlink(part_.c_str());
    }
}

void OutputFile::write(ByteView octets) {
    write_all(file_, octets);
}

void OutputFile::link_unnamed() const {
    const std::string source = "/proc/self/fd/" + std::to_string(file_.get());
    const bool replaces = overwrite_ == Overwrite::kYes;
    const std::filesystem::path name = replaces ? temporary_name(target_) : target_;
    if (replaces) {
        ::unlink(name.c_str());
    }
    if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
        if (errno == EEXIST) {
            throw Error(ErrorCode::kConflict, "output: the file is there already");
        }
        fail("link");
    }
    if (replaces && ::rename(name.c_str(), target_.c_str()) != 0) {
        const int error = errno;
        ::unlink(name.c_str());
        fail("rename", error);
    }
}

void OutputFile::rename_part() {
    if (overwrite_ == Overwrite::kYes) {
        if (::rename(part_.c_str(), target_.c_str()) != 0) {
            fail("rename");
        }
        part_.clear();
        return;
    }
    if (::link(part_.c_str(), target_.c_str()) != 0) {  // unlike rename, this never replaces
        if (errno == EEXIST) {
            throw Error(ErrorCode::kConflict, "output: the file is there already");
        }
        fail("link");
    }
}

void OutputFile::commit() {
    sync_file(file_);
    if (part_.empty()) {
        link_unnamed();
    } else {
        rename_part();
    }
    sync_folder(folder_of(target_));
}

AppendFile::AppendFile(const std::filesystem::path& path)
    : file_(open_file(path, O_CREAT | O_APPEND | O_WRONLY, kPrivateFile)) {
    if (!file_.is_open()) {
        fail("open");
    }
}

void AppendFile::write(ByteView octets) {
    write_all(file_, octets);
}

void AppendFile::sync() {
    sync_file(file_);
}

FileLock::FileLock(const std::filesystem::path& path)
    : file_(open_file(path, O_CREAT | O_RDWR, kPrivateFile)) {
    if (!file_.is_open()) {
        fail("lock file");
    }
    while (::flock(file_.get(), LOCK_EX) != 0) {
        if (errno != EINTR) {
            fail("lock");
        }
    }
}

void make_private_folder(const std::filesystem::path& folder) {
    if (folder.has_parent_path() && folder.parent_path() != folder &&
        !std::filesystem::exists(folder)) {
        make_private_folder(folder.parent_path());
    }
    if (::mkdir(folder.c_str(), kPrivateFolder) != 0 && errno != EEXIST) {
        fail("mkdir");
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
            fail("open");
        }
        write_all(file, octets);
        sync_file(file);
    }
    if (::rename(name.c_str(), path.c_str()) != 0) {
        fail("rename");
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
        fail("unlink");
    }
}

}  // namespace valv::client
