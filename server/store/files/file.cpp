#include "server/store/files/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "common/base/error.h"

namespace valv::store {
namespace {

constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;

[[noreturn]] void fail(const char* call) {
    const int error = errno;
    const bool is_full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    throw Error(is_full ? ErrorCode::kStorageFull : ErrorCode::kIo,
                std::string("files: ") + call + ", errno " + std::to_string(error));
}

std::optional<File> open_existing(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        fail("open");
    }
    return File(descriptor);
}

}  // namespace

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);  // its error says nothing that sync() has not said
    }
}

void File::write_all(ByteView octets) {
    while (!octets.empty()) {
        const ssize_t written = ::write(descriptor_, octets.data(), octets.size());
        if (written < 0 && errno != EINTR) {
            fail("write");
        }
        octets = octets.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

std::size_t File::read_at(std::uint64_t offset, std::span<std::uint8_t> out) const {
    std::size_t count = 0;
    while (count < out.size()) {
        const auto rest = out.subspan(count);
        const ssize_t got =
            ::pread(descriptor_, rest.data(), rest.size(), static_cast<off_t>(offset + count));
        if (got < 0 && errno != EINTR) {
            fail("pread");
        }
        if (got == 0) {
            break;
        }
        count += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    return count;
}

std::uint64_t File::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) {
        fail("fstat");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

void File::sync() {
    if (::fsync(descriptor_) != 0) {
        fail("fsync");
    }
}

File create_file(const std::filesystem::path& path, Existing existing) {
    const int how = existing == Existing::kRefuse ? O_EXCL : O_TRUNC;
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, kFileMode);
    if (descriptor < 0) {
        if (errno == EEXIST) {
            throw Error(ErrorCode::kConflict, "files: the name is taken");
        }
        fail("open for writing");
    }
    return File(descriptor);
}

std::optional<File> open_file(const std::filesystem::path& path) {
    return open_existing(path, O_RDONLY);
}

std::optional<File> open_file_for_writing(const std::filesystem::path& path) {
    return open_existing(path, O_WRONLY);
}

void sync_folder(const std::filesystem::path& folder) {
    auto opened = open_existing(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
    if (!opened) {
        fail("open a folder");
    }
    opened->sync();
}

void make_folder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) {
        fail("mkdir");
    }
    sync_folder(folder.parent_path());
}

bool unlink_file(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0) {
        if (errno == ENOENT) {
            return false;
        }
        fail("unlink");
    }
    return true;
}

}  // namespace valv::store
