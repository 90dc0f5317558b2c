#include "bench/age/command.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <spawn.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace valv::bench {
namespace {

using Steady = std::chrono::steady_clock;

double seconds(const timeval& time) {
    constexpr double kMicroseconds = 1e6;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / kMicroseconds;
}

pid_t start(const std::vector<std::string>& words, const std::string& output) {
    std::vector<std::string> copies = words;
    std::vector<char*> arguments;
    for (std::string& word : copies) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    constexpr mode_t kPrivate = 0600;
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                       O_WRONLY | O_CREAT | O_TRUNC, kPrivate);
    pid_t child = -1;
    const int error =
        ::posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), ::environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw std::runtime_error("bench: cannot start " + words.front());
    }
    return child;
}

}  // namespace

Cost run(const std::vector<std::string>& words, const std::string& output) {
    const auto begin = Steady::now();
    const pid_t child = start(words, output);
    int status = 0;
    rusage used{};
    if (::wait4(child, &status, 0, &used) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0) {
        throw std::runtime_error("bench: " + words.front() + " failed");
    }
    constexpr double kKibPerMib = 1024;
    return {.cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime),
            .wall_seconds = std::chrono::duration<double>(Steady::now() - begin).count(),
            .memory_mib = static_cast<double>(used.ru_maxrss) / kKibPerMib};
}

Cost median(std::vector<Cost> costs) {
    const auto middle_of = [&costs](double Cost::*figure) {
        std::ranges::sort(costs, {}, figure);
        return costs[costs.size() / 2].*figure;
    };
    return {.cpu_seconds = middle_of(&Cost::cpu_seconds),
            .wall_seconds = middle_of(&Cost::wall_seconds),
            .memory_mib = middle_of(&Cost::memory_mib)};
}

double openssl_speed() {
    const auto close = [](std::FILE* pipe) { ::pclose(pipe); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(
        ::popen("openssl speed -evp chacha20-poly1305 -bytes 65536 -seconds 2 2>/dev/null", "r"),
        close);
    double thousands = 0;
    char line[256];  // NOLINT(*-avoid-c-arrays): fgets
    while (pipe != nullptr && std::fgets(line, sizeof line, pipe.get()) != nullptr) {
        double read = 0;
        if (std::sscanf(line, "ChaCha20-Poly1305 %lfk", &read) == 1) {
            thousands = read;
        }
    }
    constexpr double kThousand = 1000;
    return thousands * kThousand;
}

}  // namespace valv::bench
