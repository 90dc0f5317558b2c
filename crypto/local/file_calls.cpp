#include "crypto/local/file_calls.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "common/base/error.h"

namespace valv::local {

void fail_io(const char* operation, int error) {
    const ErrorCode code =
        error == ENOSPC || error == EDQUOT ? ErrorCode::kStorageFull : ErrorCode::kIo;
    throw Error(code, std::string(operation) + ": " + std::generic_category().message(error));
}

FileHandle open_file(const std::filesystem::path& path, int flags, mode_t mode) {
    return FileHandle(::open(path.c_str(), flags | O_CLOEXEC, mode));
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

void sync_folder(const std::filesystem::path& folder) {
    const FileHandle handle = open_file(folder, O_RDONLY | O_DIRECTORY);
    if (!handle.is_open() || ::fsync(handle.get()) != 0) {
        fail_io("fsync of a folder", errno);
    }
}

void write_all(const FileHandle& file, ByteView octets) {
    while (!octets.empty()) {
        const ssize_t written = ::write(file.get(), octets.data(), octets.size());
        if (written < 0 && errno != EINTR) {
            fail_io("write", errno);
        }
        octets = octets.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

void write_all_at(const FileHandle& file, std::uint64_t offset, ByteView octets) {
    while (!octets.empty()) {
        const ssize_t written =
            ::pwrite(file.get(), octets.data(), octets.size(), static_cast<off_t>(offset));
        if (written < 0 && errno != EINTR) {
            fail_io("write", errno);
        }
        const std::size_t taken = written < 0 ? 0 : static_cast<std::size_t>(written);
        offset += taken;
        octets = octets.subspan(taken);
    }
}

std::size_t read_all(int descriptor, std::span<std::uint8_t> out) {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const ssize_t got = ::read(descriptor, out.data() + filled, out.size() - filled);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            fail_io("read", errno);
        }
        filled += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    return filled;
}

struct stat status_of(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        fail_io("fstat", errno);
    }
    return status;
}

std::optional<FileId> file_id_of(const struct stat& status) {
    if (!S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return FileId{.device = status.st_dev, .inode = status.st_ino};
}

void sync_file(const FileHandle& file) {
    if (::fsync(file.get()) != 0) {
        fail_io("fsync", errno);
    }
}

std::filesystem::path beside(const std::filesystem::path& path, std::string_view ending) {
    return folder_of(path) / ("." + path.filename().string() + std::string(ending));
}

std::filesystem::path temporary_name(const std::filesystem::path& path) {
    return beside(path, "." + std::to_string(::getpid()) + ".tmp");
}

}  // namespace valv::local
