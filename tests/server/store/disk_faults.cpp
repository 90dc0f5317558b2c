#include "tests/server/store/disk_faults.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <dlfcn.h>
#include <mutex>
#include <string>
#include <unistd.h>

namespace valv::store::testing {
namespace {

struct Plan {
    std::mutex mutex;  // guards all below
    bool is_on = false;
    DiskCall call = DiskCall::kSync;
    int error = 0;
    std::string part;
    int skip = 0;
    int failed = 0;
};

// Reached from the C functions below, which have no object to ask.
Plan& plan() {
    static Plan instance;
    return instance;
}

std::string path_of(int descriptor) {
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    std::array<char, 4096> path{};
    const ssize_t count = ::readlink(link.c_str(), path.data(), path.size());
    return count < 0 ? std::string() : std::string(path.data(), static_cast<std::size_t>(count));
}

// True: the call fails, errno is set.
bool is_to_fail(DiskCall call, int descriptor) {
    Plan& faults = plan();
    const std::lock_guard lock(faults.mutex);
    if (!faults.is_on || faults.call != call ||
        (path_of(descriptor) + '$').find(faults.part) == std::string::npos) {
        return false;
    }
    if (faults.skip > 0) {
        --faults.skip;
        return false;
    }
    ++faults.failed;
    errno = faults.error;
    return true;
}

template <typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

DiskFault::DiskFault(DiskCall call, int error, std::string_view part, int skip) {
    Plan& faults = plan();
    const std::lock_guard lock(faults.mutex);
    faults.is_on = true;
    faults.call = call;
    faults.error = error;
    faults.part = part;
    faults.skip = skip;
    faults.failed = 0;
}

DiskFault::~DiskFault() {
    const std::lock_guard lock(plan().mutex);
    plan().is_on = false;
}

int DiskFault::failed_calls() {
    const std::lock_guard lock(plan().mutex);
    return plan().failed;
}

}  // namespace valv::store::testing

extern "C" {

using valv::store::testing::DiskCall;

int fsync(int descriptor) {
    static auto* const real = valv::store::testing::next<int(int)>("fsync");
    return valv::store::testing::is_to_fail(DiskCall::kSync, descriptor) ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
    static auto* const real = valv::store::testing::next<int(int)>("fdatasync");
    return valv::store::testing::is_to_fail(DiskCall::kSync, descriptor) ? -1 : real(descriptor);
}

ssize_t write(int descriptor, const void* octets, size_t count) {
    static auto* const real =
        valv::store::testing::next<ssize_t(int, const void*, size_t)>("write");
    return valv::store::testing::is_to_fail(DiskCall::kWrite, descriptor)
               ? -1
               : real(descriptor, octets, count);
}

ssize_t pwrite64(int descriptor, const void* octets, size_t count, off64_t offset) {
    static auto* const real =
        valv::store::testing::next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    return valv::store::testing::is_to_fail(DiskCall::kWrite, descriptor)
               ? -1
               : real(descriptor, octets, count, offset);
}
}
