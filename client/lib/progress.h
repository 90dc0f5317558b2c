#pragma once

#include <cstdint>
#include <functional>

namespace valv::client {

// Octets moved so far of all there are. Called between pieces, from the caller's own thread; may
// throw to stop (what was moved is kept, and the same command goes on from there). Empty: nobody
// watches.
struct ProgressStep {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};
using Progress = std::function<void(const ProgressStep&)>;

}  // namespace valv::client
