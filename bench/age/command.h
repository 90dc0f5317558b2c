#pragma once

#include <string>
#include <vector>

namespace valv::bench {

// What one run of a program cost.
struct Cost {
    double cpu_seconds = 0;  // user and system
    double wall_seconds = 0;
    double memory_mib = 0;  // resident at most
};

// Runs `words` (the program first, found in PATH) with standard output into `output`. Throws
// std::runtime_error unless it exits with 0.
Cost run(const std::vector<std::string>& words, const std::string& output = "/dev/null");

// The middle of several, each figure by itself.
[[nodiscard]] Cost median(std::vector<Cost> costs);

// Octets a second of ChaCha20-Poly1305 in blocks of an age chunk, by `openssl speed`: no program on
// this machine can be faster on one core.
[[nodiscard]] double openssl_speed();

}  // namespace valv::bench
