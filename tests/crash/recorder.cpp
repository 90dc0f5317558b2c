#include "tests/crash/recorder.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fnmatch.h>
#include <mutex>
#include <string>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace valv::crash {
namespace {

struct Recorder {
    std::recursive_mutex mutex;  // held over the call and its record
    std::string root;
    std::string drop_sync;
    int log = -1;

    Recorder() {
        const char* const root_value = std::getenv(kRootVariable);
        const char* const log_value = std::getenv(kLogVariable);
        const char* const drop_value = std::getenv(kDropSyncVariable);
        root = root_value == nullptr ? "" : root_value;
        drop_sync = drop_value == nullptr ? "" : drop_value;
        if (!root.empty() && log_value != nullptr) {
            const long opened = ::syscall(SYS_openat, AT_FDCWD, log_value,
                                          O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
            log = static_cast<int>(opened);
        }
    }
};

// Made at the first call, which may come before main.
Recorder& recorder() {
    static Recorder instance;
    return instance;
}

void put(const void* data, std::size_t size) {
    if (::syscall(SYS_write, recorder().log, data, size) != static_cast<long>(size)) {
        std::abort();  // a record with a gap would prove nothing
    }
}

void record(Op op, std::string_view path, std::uint64_t inode = 0, std::uint64_t position = 0,
            std::string_view data = {}, std::string_view other_path = {}) {
    const Header header{.op = op,
                        .path_size = static_cast<std::uint32_t>(path.size()),
                        .other_path_size = static_cast<std::uint32_t>(other_path.size()),
                        .data_size = static_cast<std::uint32_t>(data.size()),
                        .inode = inode,
                        .position = position};
    std::string whole(reinterpret_cast<const char*>(&header), sizeof(header));
    whole.append(path).append(other_path).append(data);
    put(whole.data(), whole.size());
}

bool is_watched(std::string_view path) {
    const std::string& root = recorder().root;
    const bool is_below =
        path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
    return recorder().log >= 0 && is_below && !path.ends_with("-shm");
}

std::string path_of(int descriptor) {
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    std::array<char, 4096> path{};
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    std::string found(path.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
    constexpr std::string_view kDeleted = " (deleted)";
    return found.ends_with(kDeleted) ? found.substr(0, found.size() - kDeleted.size()) : found;
}

std::string absolute(int folder, const char* path) {
    if (path[0] == '/') {
        return path;
    }
    std::array<char, 4096> here{};
    const std::string base =
        folder == AT_FDCWD ? ::getcwd(here.data(), here.size()) : path_of(folder);
    return base + "/" + path;
}

std::uint64_t inode_of(int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

bool exists(const char* path) {
    struct stat status {};
    return ::lstat(path, &status) == 0;
}

void record_write(int descriptor, std::string_view data, off64_t position) {
    if (const std::string path = path_of(descriptor); is_watched(path)) {
        record(Op::kWrite, path, inode_of(descriptor), static_cast<std::uint64_t>(position), data);
    }
}

void record_truncate(int descriptor, off64_t size) {
    if (const std::string path = path_of(descriptor); is_watched(path)) {
        record(Op::kTruncate, path, inode_of(descriptor), static_cast<std::uint64_t>(size));
    }
}

void record_unknown(int descriptor, const char* call) {
    if (const std::string path = path_of(descriptor); is_watched(path)) {
        record(Op::kUnknown, path, 0, 0, call);
    }
}

}  // namespace

int open_recorded(int folder, const char* path, int flags, mode_t mode) {
    const std::lock_guard lock(recorder().mutex);
    const std::string name = absolute(folder, path);
    const bool is_new = (flags & O_CREAT) != 0 && !exists(name.c_str());
    const int descriptor = static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
    if (descriptor < 0 || !is_watched(name)) {
        return descriptor;
    }
    if ((flags & O_TMPFILE) == O_TMPFILE) {
        record(Op::kCreate, "", inode_of(descriptor));
    } else if (is_new) {
        record(Op::kCreate, name, inode_of(descriptor));
    } else if ((flags & O_TRUNC) != 0) {
        record(Op::kTruncate, name, inode_of(descriptor), 0);
    }
    return descriptor;
}

int sync_recorded(int descriptor, int (*real)(int)) {
    const std::lock_guard lock(recorder().mutex);
    const std::string path = path_of(descriptor);
    if (!is_watched(path)) {
        return real(descriptor);
    }
    const std::string& drop = recorder().drop_sync;
    const std::string below = path.substr(recorder().root.size());
    if (!drop.empty() && ::fnmatch(drop.c_str(), below.c_str(), FNM_PATHNAME) == 0) {
        return 0;  // the planted fault
    }
    const int result = real(descriptor);
    if (result == 0) {
        record(Op::kSync, path, inode_of(descriptor));
    }
    return result;
}

ssize_t write_recorded(int descriptor, const void* data, size_t size) {
    const std::lock_guard lock(recorder().mutex);
    const int flags = ::fcntl(descriptor, F_GETFL);
    const off64_t position =
        ::lseek64(descriptor, 0, (flags & O_APPEND) != 0 ? SEEK_END : SEEK_CUR);
    const ssize_t written = ::syscall(SYS_write, descriptor, data, size);
    if (written > 0) {
        record_write(descriptor,
                     {static_cast<const char*>(data), static_cast<std::size_t>(written)}, position);
    }
    return written;
}

ssize_t pwrite_recorded(int descriptor, const void* data, size_t size, off64_t position) {
    const std::lock_guard lock(recorder().mutex);
    const ssize_t written = ::syscall(SYS_pwrite64, descriptor, data, size, position);
    if (written > 0) {
        record_write(descriptor,
                     {static_cast<const char*>(data), static_cast<std::size_t>(written)}, position);
    }
    return written;
}

// As one write of the parts: each is recorded at its place.
ssize_t writev_recorded(int descriptor, const struct iovec* parts, int count, off64_t position) {
    const std::lock_guard lock(recorder().mutex);
    std::string whole;
    for (int part = 0; part < count; ++part) {
        whole.append(static_cast<const char*>(parts[part].iov_base), parts[part].iov_len);
    }
    return position < 0 ? write_recorded(descriptor, whole.data(), whole.size())
                        : pwrite_recorded(descriptor, whole.data(), whole.size(), position);
}

int truncate_recorded(int descriptor, off64_t size) {
    const std::lock_guard lock(recorder().mutex);
    const int result = static_cast<int>(::syscall(SYS_ftruncate, descriptor, size));
    if (result == 0) {
        record_truncate(descriptor, size);
    }
    return result;
}

// Only the size counts: what is allocated reads as zeros.
int allocate_recorded(int descriptor, int mode, off64_t offset, off64_t size) {
    const std::lock_guard lock(recorder().mutex);
    const int result = static_cast<int>(::syscall(SYS_fallocate, descriptor, mode, offset, size));
    if (result == 0 && mode != 0) {
        record_unknown(descriptor, "fallocate with a mode");
    }
    struct stat status {};
    if (result == 0 && ::fstat(descriptor, &status) == 0) {
        record_truncate(descriptor, status.st_size);
    }
    return result;
}

int remove_recorded(int folder, const char* path, int flags) {
    const std::lock_guard lock(recorder().mutex);
    const std::string name = absolute(folder, path);
    const int result = static_cast<int>(::syscall(SYS_unlinkat, folder, path, flags));
    if (result == 0 && is_watched(name)) {
        record(Op::kRemove, name);
    }
    return result;
}

int rename_recorded(int folder, const char* path, int new_folder, const char* new_path,
                    unsigned flags) {
    const std::lock_guard lock(recorder().mutex);
    const std::string name = absolute(folder, path);
    const std::string new_name = absolute(new_folder, new_path);
    const int result =
        static_cast<int>(::syscall(SYS_renameat2, folder, path, new_folder, new_path, flags));
    if (result == 0 && (is_watched(name) || is_watched(new_name))) {
        record(Op::kRename, name, 0, 0, {}, new_name);
    }
    return result;
}

int link_recorded(int folder, const char* path, int new_folder, const char* new_path, int flags) {
    const std::lock_guard lock(recorder().mutex);
    const std::string new_name = absolute(new_folder, new_path);
    const int result =
        static_cast<int>(::syscall(SYS_linkat, folder, path, new_folder, new_path, flags));
    struct stat status {};
    if (result == 0 && is_watched(new_name) && ::stat(new_name.c_str(), &status) == 0) {
        record(Op::kLink, "", status.st_ino, 0, {}, new_name);
    }
    return result;
}

int make_folder_recorded(int folder, const char* path, mode_t mode) {
    const std::lock_guard lock(recorder().mutex);
    const std::string name = absolute(folder, path);
    const int result = static_cast<int>(::syscall(SYS_mkdirat, folder, path, mode));
    if (result == 0 && is_watched(name)) {
        record(Op::kMakeFolder, name);
    }
    return result;
}

void record_ack(const char* text) {
    const std::lock_guard lock(recorder().mutex);
    if (recorder().log >= 0) {
        record(Op::kAck, "", 0, 0, text);
    }
}

void record_copy(int descriptor) {
    const std::lock_guard lock(recorder().mutex);
    record_unknown(descriptor, "copy_file_range");
}

}  // namespace valv::crash
