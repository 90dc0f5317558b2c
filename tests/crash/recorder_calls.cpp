#include <cerrno>
#include <cstdarg>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/crash/recorder.h"

namespace {

using namespace valv::crash;  // NOLINT(google-build-using-namespace): this file is the C face of
                              // that namespace

template <typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool takes_mode(int flags) {
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

mode_t mode_of(int flags, va_list arguments) {
    return takes_mode(flags) ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

// The wrapped calls, under each name that glibc has for them.
extern "C" {

void valv_record_ack(const char* text);
void valv_record_ack(const char* text) {
    record_ack(text);
}

#define VALV_OPEN(name)                                    \
    int name(const char* path, int flags, ...) {           \
        va_list arguments;                                 \
        va_start(arguments, flags);                        \
        const mode_t mode = mode_of(flags, arguments);     \
        va_end(arguments);                                 \
        return open_recorded(AT_FDCWD, path, flags, mode); \
    }
VALV_OPEN(open)
VALV_OPEN(open64)

#define VALV_OPENAT(name)                                    \
    int name(int folder, const char* path, int flags, ...) { \
        va_list arguments;                                   \
        va_start(arguments, flags);                          \
        const mode_t mode = mode_of(flags, arguments);       \
        va_end(arguments);                                   \
        return open_recorded(folder, path, flags, mode);     \
    }
VALV_OPENAT(openat)
VALV_OPENAT(openat64)

int creat(const char* path, mode_t mode) {
    return open_recorded(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
int creat64(const char* path, mode_t mode) {
    return creat(path, mode);
}

ssize_t write(int descriptor, const void* data, size_t size) {
    return write_recorded(descriptor, data, size);
}
ssize_t pwrite(int descriptor, const void* data, size_t size, off_t position) {
    return pwrite_recorded(descriptor, data, size, position);
}
ssize_t pwrite64(int descriptor, const void* data, size_t size, off64_t position) {
    return pwrite_recorded(descriptor, data, size, position);
}
ssize_t writev(int descriptor, const struct iovec* parts, int count) {
    return writev_recorded(descriptor, parts, count, -1);
}
ssize_t pwritev(int descriptor, const struct iovec* parts, int count, off_t position) {
    return writev_recorded(descriptor, parts, count, position);
}
ssize_t pwritev64(int descriptor, const struct iovec* parts, int count, off64_t position) {
    return writev_recorded(descriptor, parts, count, position);
}
ssize_t pwritev2(int descriptor, const struct iovec* parts, int count, off_t position,
                 int /*flags*/) {
    return writev_recorded(descriptor, parts, count, position);
}
ssize_t pwritev64v2(int descriptor, const struct iovec* parts, int count, off64_t position,
                    int /*flags*/) {
    return writev_recorded(descriptor, parts, count, position);
}

int ftruncate(int descriptor, off_t size) noexcept {
    return truncate_recorded(descriptor, size);
}
int ftruncate64(int descriptor, off64_t size) noexcept {
    return truncate_recorded(descriptor, size);
}
int fallocate(int descriptor, int mode, off_t offset, off_t size) {
    return allocate_recorded(descriptor, mode, offset, size);
}
int fallocate64(int descriptor, int mode, off64_t offset, off64_t size) {
    return allocate_recorded(descriptor, mode, offset, size);
}
int posix_fallocate(int descriptor, off_t offset, off_t size) {
    return allocate_recorded(descriptor, 0, offset, size) == 0 ? 0 : errno;
}
int posix_fallocate64(int descriptor, off64_t offset, off64_t size) {
    return allocate_recorded(descriptor, 0, offset, size) == 0 ? 0 : errno;
}

int fsync(int descriptor) {
    static auto* const real = next<int(int)>("fsync");
    return sync_recorded(descriptor, real);
}
int fdatasync(int descriptor) {
    static auto* const real = next<int(int)>("fdatasync");
    return sync_recorded(descriptor, real);
}
// Makes nothing durable: it waits for data and leaves sizes and names out.
int sync_file_range(int /*descriptor*/, off64_t /*offset*/, off64_t /*size*/, unsigned /*flags*/) {
    return 0;
}

int unlink(const char* path) noexcept {
    return remove_recorded(AT_FDCWD, path, 0);
}
int unlinkat(int folder, const char* path, int flags) noexcept {
    return remove_recorded(folder, path, flags);
}
int rmdir(const char* path) noexcept {
    return remove_recorded(AT_FDCWD, path, AT_REMOVEDIR);
}
int remove(const char* path) noexcept {
    const int result = remove_recorded(AT_FDCWD, path, 0);
    return result == 0 || errno != EISDIR ? result : remove_recorded(AT_FDCWD, path, AT_REMOVEDIR);
}
int rename(const char* path, const char* new_path) noexcept {
    return rename_recorded(AT_FDCWD, path, AT_FDCWD, new_path, 0);
}
int renameat(int folder, const char* path, int new_folder, const char* new_path) noexcept {
    return rename_recorded(folder, path, new_folder, new_path, 0);
}
int renameat2(int folder, const char* path, int new_folder, const char* new_path,
              unsigned flags) noexcept {
    return rename_recorded(folder, path, new_folder, new_path, flags);
}
int link(const char* path, const char* new_path) noexcept {
    return link_recorded(AT_FDCWD, path, AT_FDCWD, new_path, 0);
}
int linkat(int folder, const char* path, int new_folder, const char* new_path, int flags) noexcept {
    return link_recorded(folder, path, new_folder, new_path, flags);
}
int mkdir(const char* path, mode_t mode) noexcept {
    return make_folder_recorded(AT_FDCWD, path, mode);
}
int mkdirat(int folder, const char* path, mode_t mode) noexcept {
    return make_folder_recorded(folder, path, mode);
}

ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, size_t size,
                        unsigned flags) {
    record_copy(to);
    return ::syscall(SYS_copy_file_range, from, from_at, to, to_at, size, flags);
}
}
