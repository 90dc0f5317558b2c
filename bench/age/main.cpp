// valv_bench_age FOLDER [ROUNDS]: resvalv-age against Debian's age, both as whole programs, from a
// file in FOLDER (a tmpfs with 16 GiB free: the disk is not what is measured) to /dev/null, turn by
// turn; medians of the rounds, and ratios ours ÷ theirs. Prints Markdown for docs/figures.md.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>

#include "bench/age/command.h"
#include "bench/age/files.h"

namespace {

using namespace valv::bench;  // NOLINT(google-build-using-namespace): a program of one purpose

constexpr double kGib = 1024.0 * 1024 * 1024;
constexpr std::uint64_t kBytes = std::uint64_t{1} << 30U;

struct Paths {
    std::string plain;
    std::string sealed;
    std::string identity;
    std::string recipients;
};

enum class Direction { kEncrypt, kDecrypt };

std::vector<std::string> age(const Paths& paths, Direction direction) {
    return direction == Direction::kDecrypt
               ? std::vector<std::string>{"age", "-d", "-i", paths.identity, paths.sealed}
               : std::vector<std::string>{"age", "-R", paths.recipients, paths.plain};
}

std::vector<std::string> ours(const Paths& paths, Direction direction, int threads) {
    const std::string jobs = std::to_string(threads);
    return direction == Direction::kDecrypt
               ? std::vector<std::string>{VALV_RESVALV_AGE,
                                          "decrypt",
                                          "-i",
                                          paths.identity,
                                          "-j",
                                          jobs,
                                          "-o",
                                          "/dev/null",
                                          paths.sealed}
               : std::vector<std::string>{
                     VALV_RESVALV_AGE, "encrypt",  "-R", paths.recipients, "-j", jobs, "-o",
                     "/dev/null",      paths.plain};
}

struct Goal {
    double cpu;
    double wall_two_threads;
};

// One direction: age, ours on one thread, ours on two, in turn.
void compare(const Paths& paths, Direction direction, int rounds, const Goal& goal) {
    std::vector<Cost> theirs;
    std::vector<Cost> one;
    std::vector<Cost> two;
    for (int round = 0; round < rounds; ++round) {
        theirs.push_back(run(age(paths, direction)));
        one.push_back(run(ours(paths, direction, 1)));
        two.push_back(run(ours(paths, direction, 2)));
    }
    const Cost reference = median(theirs);
    const auto row = [&](const char* name, const Cost& cost) {
        std::printf("| %s | %s | %.3f | %.3f | %.2f | %.2f | %.1f |\n",
                    direction == Direction::kDecrypt ? "decrypt" : "encrypt", name,
                    cost.cpu_seconds, cost.wall_seconds, cost.cpu_seconds / reference.cpu_seconds,
                    cost.wall_seconds / reference.wall_seconds, cost.memory_mib);
    };
    row("age", reference);
    row("resvalv-age, 1 thread", median(one));
    row("resvalv-age, 2 threads", median(two));
    std::printf("| | to reach | | | %.2f (1 thread) | %.2f (2 threads) | 32 |\n", goal.cpu,
                goal.wall_two_threads);
}

// Both ways at a size that passes 32 bits: a sparse file, so nothing but the programs is big.
void check_five_gib(const std::filesystem::path& folder, const Paths& paths) {
    const std::string plain = folder / "sparse";
    const std::string sealed = folder / "sparse.age";
    const std::string opened = folder / "sparse.opened";
    std::filesystem::remove(plain);
    run({"truncate", "-s", "5G", plain});
    run({"age", "-R", paths.recipients, "-o", sealed, plain});
    const Cost ours_opens =
        run({VALV_RESVALV_AGE, "decrypt", "-i", paths.identity, "-o", opened, sealed});
    run({"cmp", plain, opened});
    std::filesystem::remove(opened);
    const Cost ours_seals =
        run({VALV_RESVALV_AGE, "encrypt", "-R", paths.recipients, "-o", sealed, plain});
    run({"age", "-d", "-i", paths.identity, "-o", opened, sealed});
    run({"cmp", plain, opened});
    for (const std::string& file : {plain, sealed, opened}) {
        std::filesystem::remove(file);
    }
    std::printf("\n5 GiB: theirs to ours and ours to theirs the same; memory %.1f and %.1f MiB\n",
                ours_opens.memory_mib, ours_seals.memory_mib);
}

void bench(const std::filesystem::path& folder, int rounds) {
    const Paths paths{.plain = folder / "plain",
                      .sealed = folder / "sealed.age",
                      .identity = folder / "identity",
                      .recipients = folder / "recipients"};
    run({"age-keygen"}, paths.identity);
    run({"age-keygen", "-y", paths.identity}, paths.recipients);
    make_file(paths.plain, kBytes);
    run({"age", "-R", paths.recipients, "-o", paths.sealed, paths.plain});
    const double limit = openssl_speed();
    std::printf("openssl speed: %.2f GiB/s, so no less than %.3f s of CPU a GiB\n\n", limit / kGib,
                kGib / limit);
    std::printf(
        "| 1 GiB | program | CPU s | wall s | CPU ratio | wall ratio | MiB |\n"
        "|---|---|---|---|---|---|---|\n");
    compare(paths, Direction::kEncrypt, rounds, {.cpu = 0.85, .wall_two_threads = 0.6});
    compare(paths, Direction::kDecrypt, rounds, {.cpu = 0.45, .wall_two_threads = 0.4});
    constexpr int kFiles = 10'000;
    constexpr std::size_t kFileBytes = 20'000;
    const std::filesystem::path many = folder / "many";
    std::filesystem::create_directory(many);
    const FileCosts costs = many_files(many, kFiles, kFileBytes);
    std::printf(
        "\n%d files of %zu octets, read, sealed and written: %.0f µs of CPU each; opened: "
        "%.0f µs (to reach: 150)\n",
        kFiles, kFileBytes, costs.seal_microseconds, costs.open_microseconds);
    check_five_gib(folder, paths);
}

}  // namespace

int main(int count, char** words) {
    if (count < 2) {
        std::fprintf(stderr, "usage: valv_bench_age FOLDER [ROUNDS]\n");
        return 2;
    }
    const std::filesystem::path folder = std::filesystem::path(words[1]) / "valv-bench-age";
    try {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        constexpr int kRounds = 9;
        bench(folder, count > 2 ? std::max(1, std::atoi(words[2])) : kRounds);
        std::filesystem::remove_all(folder);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        std::filesystem::remove_all(folder);
        return 1;
    }
}
