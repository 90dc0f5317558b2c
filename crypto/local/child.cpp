#include "crypto/local/child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <span>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "common/base/error.h"
#include "crypto/local/file_calls.h"

namespace valv::local {
namespace {

constexpr std::size_t kPieceBytes = 65'536;  // what a pipe of Linux holds

struct Ends {
    FileHandle ours;
    FileHandle theirs;
};

// A pair of sockets and no pipe: a child that reads no more then is an error of send(), not a
// signal that ends this program.
Ends input_ends() {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
        fail_io("socketpair", errno);
    }
    return {FileHandle(pair[0]), FileHandle(pair[1])};
}

Ends output_ends() {
    std::array<int, 2> pair{};
    if (::pipe2(pair.data(), O_CLOEXEC) != 0) {
        fail_io("pipe", errno);
    }
    return {FileHandle(pair[0]), FileHandle(pair[1])};
}

// A descriptor that becomes readable when the time is over.
FileHandle alarm_after(std::chrono::milliseconds limit) {
    FileHandle alarm(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(limit);
    const std::chrono::nanoseconds rest = limit - whole;
    const itimerspec once{.it_interval = {},
                          .it_value = {.tv_sec = whole.count(), .tv_nsec = rest.count()}};
    if (!alarm.is_open() || ::timerfd_settime(alarm.get(), 0, &once, nullptr) != 0) {
        fail_io("timer", errno);
    }
    return alarm;
}

// posix_spawn's own lists, freed together.
class Plan {
public:
    Plan(int input, int output) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
        sigset_t signals;
        ::sigemptyset(&signals);
        ::sigaddset(&signals, SIGPIPE);  // main ignores it
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
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

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

// The running program.
class Child {
public:
    Child(ChildRun run, const FileHandle& input, const FileHandle& output) {
        const Plan plan(input.get(), output.get());
        const std::vector<char*> words = pointers(run.command);
        const std::vector<char*> names = pointers(run.environment);
        const int error = ::posix_spawn(&id_, words.front(), plan.actions(), plan.attributes(),
                                        words.data(), names.data());
        if (error == ENOENT || error == EACCES || error == ENOTDIR) {
            throw Error(ErrorCode::kNotFound, "child: no such program");
        }
        if (error != 0) {
            fail_io("spawn", error);
        }
        // glibc 2.36 declares pidfd_open without C linkage.
        end_ = FileHandle(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (id_ > 0) {
            ::kill(id_, SIGKILL);
            (void)wait();
        }
    }
    // Becomes readable when it has ended.
    [[nodiscard]] const FileHandle& end() const noexcept { return end_; }
    int wait() {
        int status = 0;
        while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
        }
        id_ = -1;
        constexpr int kSignalled = 128;
        return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
    }

private:
    pid_t id_ = -1;  // -1 once it was waited for
    FileHandle end_;
};

// Both directions at once: either side may have to wait for the other.
class Talk {
public:
    Talk(FileHandle input, FileHandle output, const FileHandle& alarm, ByteView octets,
         std::size_t max_output_bytes)
        : input_(std::move(input)),
          output_(std::move(output)),
          alarm_(alarm),
          rest_(octets),
          max_output_bytes_(max_output_bytes) {}
    crypto::SecretBytes run() {
        while (output_.is_open()) {
            if (rest_.empty()) {
                input_ = FileHandle();  // its end of file
            }
            wait_for_either();
        }
        return taken_.take();
    }
    // Until `readable` is, or the time is over.
    static void wait_for(const FileHandle& readable, const FileHandle& alarm) {
        std::array<pollfd, 2> watched{pollfd{readable.get(), POLLIN, 0},
                                      pollfd{alarm.get(), POLLIN, 0}};
        poll_all(watched);
    }

private:
    static void poll_all(std::span<pollfd> watched) {
        while (::poll(watched.data(), watched.size(), -1) < 0) {
            if (errno != EINTR) {
                fail_io("poll", errno);
            }
        }
        if (watched.back().revents != 0) {
            throw Error(ErrorCode::kUnavailable, "child: the time is over");
        }
    }
    void wait_for_either() {
        std::array<pollfd, 3> watched{pollfd{output_.get(), POLLIN, 0},
                                      pollfd{input_.get(), POLLOUT, 0},  // -1 is passed over
                                      pollfd{alarm_.get(), POLLIN, 0}};
        poll_all(watched);
        if (watched[1].revents != 0) {
            send_some();
        }
        if (watched[0].revents != 0) {
            take_some();
        }
    }
    void send_some() {
        const ssize_t sent =
            ::send(input_.get(), rest_.data(), rest_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) {
            rest_ = rest_.subspan(static_cast<std::size_t>(sent));
        } else if (errno == EPIPE || errno == ECONNRESET) {
            rest_ = {};  // it wants no more; what it answers is the caller's to judge
        } else if (errno != EAGAIN && errno != EINTR) {
            fail_io("send", errno);
        }
    }
    void take_some() {
        const ssize_t got = ::read(output_.get(), piece_.reveal_for_writing().data(), kPieceBytes);
        if (got == 0) {
            output_ = FileHandle();
        } else if (got > 0) {
            taken_bytes_ += static_cast<std::size_t>(got);
            if (taken_bytes_ > max_output_bytes_) {
                throw Error(ErrorCode::kTooLarge, "child: too much output");
            }
            taken_.append(piece_.reveal().first(static_cast<std::size_t>(got)));
        } else if (errno != EINTR) {
            fail_io("read", errno);
        }
    }

    FileHandle input_;
    FileHandle output_;
    const FileHandle& alarm_;  // the caller's
    ByteView rest_;            // of the caller's input
    std::size_t max_output_bytes_;
    crypto::SecretBytes piece_{kPieceBytes};
    crypto::SecretBuilder taken_;
    std::size_t taken_bytes_ = 0;
};

}  // namespace

ChildResult run_child(const ChildRun& run, ByteView input) {
    VALV_CHECK(!run.command.empty() && run.command.front().starts_with('/') &&
               run.time_limit.count() > 0);
    const FileHandle alarm = alarm_after(run.time_limit);
    Ends in = input_ends();
    Ends out = output_ends();
    Child child(run, in.theirs, out.theirs);
    in.theirs = FileHandle();
    out.theirs = FileHandle();
    ChildResult result;
    result.output =
        Talk(std::move(in.ours), std::move(out.ours), alarm, input, run.max_output_bytes).run();
    Talk::wait_for(child.end(), alarm);
    result.exit_code = child.wait();
    return result;
}

}  // namespace valv::local
