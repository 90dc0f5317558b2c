#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "common/base/bytes.h"
#include "crypto/core/secret_bytes.h"

namespace valv::local {

struct ChildRun {
    std::vector<std::string> command;      // the program's absolute path first
    std::vector<std::string> environment;  // NAME=value; all that it gets
    std::size_t max_output_bytes = 0;
    std::chrono::milliseconds time_limit{0};  // > 0
};

struct ChildResult {
    int exit_code = 0;  // 128 + the signal that ended it
    crypto::SecretBytes output;
};

// Runs another program with `input` as its standard input and takes its standard output. Neither
// touches a disk; what it says on standard error is dropped, because it may repeat the input. It
// inherits no other descriptor and is killed on every way out of here. Used from one thread. Throws
// kNotFound when there is no such program, kTooLarge for more output, kUnavailable when the time is
// over, and kIo.
[[nodiscard]] ChildResult run_child(const ChildRun& run, ByteView input);

}  // namespace valv::local
