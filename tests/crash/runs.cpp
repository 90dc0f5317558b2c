#include "tests/crash/runs.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/error.h"
#include "tests/crash/record.h"

namespace valv::crash {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

pid_t spawn(const std::vector<std::string>& command, const Environment& environment, int output) {
    std::vector<std::string> arguments = command;
    // Under ASan: the recorder comes first on purpose, and leaks cannot be sought under strace.
    std::vector<std::string> variables{"ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0"};
    for (const auto& [name, value] : environment) {
        variables.push_back(name + "=" + value);
    }
    auto argument_pointers = pointers(arguments);
    auto variable_pointers = pointers(variables);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    pid_t child = 0;
    const int result = ::posix_spawnp(&child, arguments.front().c_str(), &actions, nullptr,
                                      argument_pointers.data(), variable_pointers.data());
    ::posix_spawn_file_actions_destroy(&actions);
    VALV_CHECK(result == 0);
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    VALV_CHECK(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<std::string> whole_lines(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

}  // namespace

std::string workload_path() {
    return VALV_CRASH_WORKLOAD;
}

std::string recorder_path() {
    return VALV_CRASH_RECORDER;
}

int run_program(const std::vector<std::string>& command, const Environment& environment) {
    return wait_for(spawn(command, environment, STDOUT_FILENO));
}

std::vector<std::string> kill_workload(const std::vector<std::string>& arguments,
                                       std::size_t acks) {
    std::array<int, 2> ends{};
    VALV_CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    std::vector<std::string> command{workload_path()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const pid_t child = spawn(command, {}, ends[1]);
    ::close(ends[1]);
    std::string text;
    std::size_t lines = 0;
    char letter = 0;
    while (::read(ends[0], &letter, 1) ==
           1) {  // to the end: what was promised before the kill counts
        text.push_back(letter);
        lines += letter == '\n' ? 1U : 0U;
        if (letter == '\n' && lines == acks) {
            ::kill(child, SIGKILL);
        }
    }
    ::close(ends[0]);
    static_cast<void>(wait_for(child));
    return whole_lines(text);
}

RecordedRun record_workload(const std::filesystem::path& folder,
                            const std::vector<std::string>& arguments,
                            const std::string& drop_sync) {
    RecordedRun run{.root = arguments.at(1), .record = folder / "record"};
    std::vector<std::string> command{workload_path()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const int status = run_program(command, {{"LD_PRELOAD", recorder_path()},
                                             {kRootVariable, run.root.string()},
                                             {kLogVariable, run.record.string()},
                                             {kDropSyncVariable, drop_sync}});
    if (status != 0) {
        throw Error(ErrorCode::kInternal,
                    "crash: the workload ended with " + std::to_string(status));
    }
    return run;
}

}  // namespace valv::crash
