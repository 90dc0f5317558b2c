#include <algorithm>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "tests/crash/runs.h"
#include "tests/crash/timeline.h"
#include "tests/server/store/fixtures.h"

// The enumerator proves only what the recorder saw. strace sees every system call: no call may
// change a file of the data folder that the record does not have.
namespace valv::crash {
namespace {

using store::testing::TemporaryFolder;

// Calls that take files or descriptors and change neither contents nor names, and those that the
// recorder wraps.
const std::set<std::string>& known_calls() {
    static const std::set<std::string> calls = {
        "access", "close", "dup", "dup2", "execve", "faccessat", "faccessat2", "fadvise64", "fcntl",
        "fgetxattr", "flock", "fstat", "fstatfs", "getcwd", "getdents64", "ioctl", "lseek", "lstat",
        "mmap", "newfstatat", "pipe2", "poll", "pread64", "read", "readlink", "readlinkat", "stat",
        "statfs", "statx", "fchmod", "fchown", "geteuid",
        // wrapped
        "creat", "fallocate", "fdatasync", "fsync", "ftruncate", "link", "linkat", "mkdir",
        "mkdirat", "open", "openat", "pwrite64", "pwritev", "pwritev2", "rename", "renameat",
        "renameat2", "rmdir", "sync_file_range", "unlink", "unlinkat", "write", "writev"};
    return calls;
}

struct Traced {
    std::string call;
    std::string line;
};

// The traced calls that touch a path below `root`, without the failed ones and those on SQLite's
// shared memory.
std::vector<Traced> traced_calls(const std::filesystem::path& folder, const std::string& root) {
    std::vector<Traced> calls;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            const bool is_ours =
                line.find(root) != std::string::npos && line.find("-shm") == std::string::npos;
            if (is_ours && line.find(" = -1 ") == std::string::npos &&
                line.find('(') != std::string::npos) {
                calls.push_back({line.substr(0, line.find('(')), line});
            }
        }
    }
    return calls;
}

std::size_t count(const std::vector<Traced>& calls, const std::set<std::string>& names) {
    return static_cast<std::size_t>(std::ranges::count_if(
        calls, [&](const Traced& traced) { return names.contains(traced.call); }));
}

std::size_t count(const std::vector<Call>& calls, Op op) {
    return static_cast<std::size_t>(
        std::ranges::count(calls, op, [](const Call& call) { return call.header.op; }));
}

}  // namespace

class GuardTest : public ::testing::Test {
protected:
    // The workload under the recorder under strace. False: there is no strace, or it may not trace
    // here.
    bool trace() {
        const auto data = folder_.path() / "data";
        const auto traces = folder_.path() / "traces";
        std::filesystem::create_directory(data);
        std::filesystem::create_directory(traces);
        root_ = data.string();
        const auto record = folder_.path() / "record";
        const int status = run_program({"strace",
                                        "-ff",
                                        "-y",
                                        "-s",
                                        "0",
                                        "-e",
                                        "trace=%file,%desc",
                                        "-o",
                                        (traces / "trace").string(),
                                        "-E",
                                        "LD_PRELOAD=" + recorder_path(),
                                        "-E",
                                        std::string(kRootVariable) + "=" + root_,
                                        "-E",
                                        std::string(kLogVariable) + "=" + record.string(),
                                        workload_path(),
                                        "run",
                                        root_,
                                        "0",
                                        "2"});
        if (status != 0) {
            return false;
        }
        traced_ = traced_calls(traces, root_);
        recorded_ = read_record(record);
        return true;
    }
    TemporaryFolder folder_;
    std::string root_;
    std::vector<Traced> traced_;
    std::vector<Call> recorded_;
};

TEST_F(GuardTest, TheRecorderMissesNoCallThatChangesTheDataFolder) {
    if (!trace()) {
        GTEST_SKIP() << "strace does not run here";
    }
    for (const Traced& traced : traced_) {
        EXPECT_TRUE(known_calls().contains(traced.call)) << traced.line;
        const bool maps_for_writing = traced.call == "mmap" &&
                                      traced.line.find("MAP_SHARED") != std::string::npos &&
                                      traced.line.find("PROT_WRITE") != std::string::npos;
        EXPECT_FALSE(maps_for_writing) << traced.line;
    }
    EXPECT_GT(count(traced_, {"fsync", "fdatasync"}), 50U);
    EXPECT_EQ(count(recorded_, Op::kSync), count(traced_, {"fsync", "fdatasync"}));
    EXPECT_EQ(count(recorded_, Op::kWrite), count(traced_, {"write", "pwrite64"}));
    EXPECT_EQ(count(recorded_, Op::kRemove), count(traced_, {"unlink", "unlinkat", "rmdir"}));
    EXPECT_EQ(count(recorded_, Op::kMakeFolder), count(traced_, {"mkdir", "mkdirat"}));
}

}  // namespace valv::crash
