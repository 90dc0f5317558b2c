// Loaded into the programs under test (LD_PRELOAD): their clock is the machine's plus the seconds
// in the file that VALV_TEST_CLOCK names, so that a test moves all of them over an expiry without
// waiting. Only the time of day moves; what runs monotonically (deadlines, sleeping) does not.

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

const volatile std::int64_t* map_offset() {
    const char* const path = std::getenv("VALV_TEST_CLOCK");
    const int file = path == nullptr ? -1 : ::open(path, O_RDONLY | O_CLOEXEC);
    void* const page = file < 0
                           ? MAP_FAILED
                           : ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    if (page == MAP_FAILED) {
        ::_exit(127);  // a program under test with the wrong time would prove nothing
    }
    return static_cast<const volatile std::int64_t*>(page);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t id, struct timespec* out) noexcept {
    static const volatile std::int64_t* const offset = map_offset();
    const long failed = ::syscall(SYS_clock_gettime, id, out);
    if (failed == 0 && id == CLOCK_REALTIME) {
        out->tv_sec += *offset;
    }
    return static_cast<int>(failed);
}

time_t time(time_t* out) noexcept {
    struct timespec now {};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != nullptr) {
        *out = now.tv_sec;
    }
    return now.tv_sec;
}
}
