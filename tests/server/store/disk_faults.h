#pragma once

#include <string_view>

// Faults of the disk inside this process: disk_faults.cpp stands in front of the C library's fsync,
// fdatasync, pwrite64 and write, for SQLite as well as for our own files.
namespace valv::store::testing {

enum class DiskCall { kSync, kWrite };

// While it lives, the calls of one kind fail with `error`, after `skip` good ones, on files whose
// path contains `part`;
// `$` in it stands for the end of the path.
class DiskFault {
public:
    DiskFault(DiskCall call, int error, std::string_view part, int skip = 0);
    DiskFault(const DiskFault&) = delete;
    DiskFault& operator=(const DiskFault&) = delete;
    ~DiskFault();
    [[nodiscard]] static int failed_calls();
};

}  // namespace valv::store::testing
