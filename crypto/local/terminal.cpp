#include "crypto/local/terminal.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "common/base/error.h"
#include "crypto/local/screen.h"

namespace valv::local {
namespace {

constexpr std::size_t kMaxLineBytes = 4096;

// Holds the signals that would leave the terminal silent, and reads them as a descriptor, so that
// the echo comes back before the program ends.
class HeldSignals {
public:
    HeldSignals() {
        sigset_t set;
        ::sigemptyset(&set);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) {
            ::sigaddset(&set, signal);
        }
        ::sigprocmask(SIG_BLOCK, &set, &before_);
        descriptor_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals() {
        ::close(descriptor_);
        ::sigprocmask(SIG_SETMASK, &before_, nullptr);
    }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    // The signal that came, or 0.
    [[nodiscard]] int take() const {
        signalfd_siginfo came{};
        const bool is_whole = ::read(descriptor_, &came, sizeof came) == sizeof came;
        return is_whole ? static_cast<int>(came.ssi_signo) : 0;
    }

private:
    sigset_t before_{};
    int descriptor_ = -1;
};

class QuietTerminal {
public:
    QuietTerminal(int descriptor, Echo echo) : descriptor_(descriptor) {
        termios wanted{};
        if (echo == Echo::kYes || ::tcgetattr(descriptor, &wanted) != 0) {
            return;
        }
        before_ = wanted;
        wanted.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        wanted.c_lflag |= ECHONL;
        ::tcsetattr(descriptor, TCSAFLUSH, &wanted);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;
    ~QuietTerminal() {
        if (before_) {
            ::tcsetattr(descriptor_, TCSADRAIN, &*before_);  // keeps what is typed ahead
        }
    }

private:
    int descriptor_;
    std::optional<termios> before_;
};

using LineRead = Terminal::LineRead;

// Waits for a line or a signal.
LineRead read_line(int descriptor, const HeldSignals& signals) {
    LineRead result{.line = crypto::SecretBytes(kMaxLineBytes)};
    std::size_t used = 0;
    while (true) {
        std::array<pollfd, 2> waits{pollfd{descriptor, POLLIN, 0},
                                    pollfd{signals.descriptor(), POLLIN, 0}};
        if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) {
            throw Error(ErrorCode::kIo, "terminal: poll");
        }
        if (waits[1].revents != 0) {
            result.signal = signals.take();
            return result;
        }
        const std::span<std::uint8_t> room = result.line.reveal_for_writing().subspan(used);
        const ssize_t got = ::read(descriptor, room.data(), room.size());
        if (got <= 0) {
            result.is_at_end = true;
            return result;
        }
        used += static_cast<std::size_t>(got);
        if (result.line.reveal()[used - 1] == '\n' || used == kMaxLineBytes) {
            break;
        }
    }
    while (used > 0 &&
           (result.line.reveal()[used - 1] == '\n' || result.line.reveal()[used - 1] == '\r')) {
        --used;
    }
    result.line.shrink(used);
    return result;
}

}  // namespace

Terminal::Terminal() {
    input_ = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    is_own_ = input_ >= 0;
    output_ = input_;
    if (!is_own_ && ::isatty(STDIN_FILENO) == 1) {
        input_ = STDIN_FILENO;
        output_ = STDERR_FILENO;
    }
}

Terminal::~Terminal() {
    if (is_own_) {
        ::close(input_);
    }
}

std::optional<crypto::SecretBytes> Terminal::ask(std::string_view question, Echo echo) {
    while (can_ask()) {
        LineRead read = ask_once(question, echo);
        if (read.signal != 0) {
            write("\n");
            // Held no longer: the program ends, or stops and asks again when it goes on.
            ::raise(read.signal);
            continue;
        }
        if (read.is_at_end) {
            return std::nullopt;
        }
        return std::move(read.line);
    }
    return std::nullopt;
}

// The echo goes off before the question shows: what is typed after it is read, and never shown.
Terminal::LineRead Terminal::ask_once(std::string_view question, Echo echo) const {
    const HeldSignals signals;
    const QuietTerminal quiet(input_, echo);
    write(question);
    return read_line(input_, signals);
}

void Terminal::tell(std::string_view text) const {
    if (can_ask()) {
        write(text);
    }
}

void Terminal::write(std::string_view text) const {
    DescriptorScreen(output_).write(as_bytes(text));
}

}  // namespace valv::local
