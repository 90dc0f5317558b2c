#pragma once

#include <cstdint>

// The record that recorder.cpp writes and timeline.cpp reads: a Header, then `path`, `other_path`
// and `data` without a separator. Native byte order: both ends run on one machine.
namespace valv::crash {

enum class Op : std::uint32_t {
    kCreate = 1,      // path, inode: a new file, with or without (O_TMPFILE: empty path) a name
    kWrite = 2,       // path, inode, position, data
    kTruncate = 3,    // path, inode, position = new size
    kSync = 4,        // path, inode: fsync or fdatasync of a file or a folder
    kMakeFolder = 5,  // path
    kRemove = 6,      // path: unlink or rmdir
    kRename = 7,      // path → other_path
    kLink = 8,        // inode gets the name other_path
    kAck = 9,         // data: what the program promised from here on
    kUnknown = 10,    // data: a call that changes files and that the replayer has no model of
};

struct Header {
    Op op = Op::kUnknown;
    std::uint32_t path_size = 0;
    std::uint32_t other_path_size = 0;
    std::uint32_t data_size = 0;
    std::uint64_t inode = 0;  // of the file system; a number is used again after its file went
    std::uint64_t position = 0;
};

// Environment of a recorded program.
constexpr const char* kRootVariable =
    "VALV_RECORD_ROOT";  // only what happens below this folder is recorded
constexpr const char* kLogVariable =
    "VALV_RECORD_LOG";  // where the record goes, not below the root
// Planted fault: fsync and fdatasync of the paths that match are left out. `*` stands for any
// characters without `/`.
constexpr const char* kDropSyncVariable = "VALV_RECORD_DROP_SYNC";

}  // namespace valv::crash
