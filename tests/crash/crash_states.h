#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/crash/timeline.h"

namespace valv::crash {

// What a file system may leave after a crash.
// kPosix: a name or a page reaches the disk alone and at any time until an fsync of its folder or
// file; names in any order. kExt4:  names reach the disk in their order, and any fsync takes all
// earlier names with it; pages as above.
enum class Model { kPosix, kExt4 };
inline void PrintTo(Model model, std::ostream* out) {
    *out << (model == Model::kPosix ? "Posix" : "Ext4");
}

// kSparse: the subsets are tried before each sync and ack; kThorough: after every call.
enum class Depth { kSparse, kThorough };

struct CrashState {
    Image image;
    std::vector<std::string>
        acks;  // everything that was promised when this state could still be found
};

// Calls `visit` with each state once, until it gives false: at each point none, all, every prefix,
// each unit alone, all but each one, and some random subsets of the units that no sync has covered.
// The count of states visited.
std::size_t for_each_crash_state(const Timeline& timeline, Model model, Depth depth,
                                 const std::function<bool(const CrashState&)>& visit);

}  // namespace valv::crash
