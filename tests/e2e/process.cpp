#include "tests/e2e/process.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace valv::e2e {
namespace {

constexpr int kReadyDescriptor = 3;
constexpr mode_t kOwnerOnly = 0600;

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

// posix_spawn's own lists, freed together.
class Plan {
public:
    explicit Plan(const Launch& launch) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSID);  // no terminal
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        constexpr int kNew = O_WRONLY | O_CREAT | O_TRUNC;
        constexpr int kAtEnd = O_WRONLY | O_CREAT | O_APPEND;
        ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, launch.output.c_str(), kNew,
                                           kOwnerOnly);
        ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, launch.notes.c_str(), kAtEnd,
                                           kOwnerOnly);
        if (launch.ready >= 0) {
            ::posix_spawn_file_actions_adddup2(&actions_, launch.ready, kReadyDescriptor);
        }
    }
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;
    ~Plan() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

Process::Process(Launch launch) {
    // The kernel ends the program when the test dies without its destructors.
    const std::vector<std::string> leash{"/usr/bin/setpriv", "--pdeathsig", "KILL", "--"};
    launch.command.insert(launch.command.begin(), leash.begin(), leash.end());
    const Plan plan(launch);
    const std::vector<char*> words = pointers(launch.command);
    const std::vector<char*> names = pointers(launch.environment);
    if (::posix_spawn(&id_, words.front(), plan.actions(), plan.attributes(), words.data(),
                      names.data()) != 0) {
        throw std::runtime_error("cannot start " + launch.command.at(leash.size()));
    }
}

Process::~Process() {
    signal(SIGKILL);
    wait();
}

void Process::signal(int number) const {
    if (id_ > 0) {
        ::kill(id_, number);
    }
}

int Process::wait() {
    int status = 0;
    if (id_ > 0 && ::waitpid(id_, &status, 0) == id_) {
        constexpr int kSignalled = 128;
        code_ = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
        id_ = -1;
    }
    return code_;
}

}  // namespace valv::e2e
