#pragma once

#include <csignal>

// What resvalvd asks of the kernel for its whole process. Made in main, before any thread.
namespace valv::app {

// No core dumps and no debugger of the same user: memory holds keys. Raises the limit of open files
// to what is allowed. Best effort.
void harden_process() noexcept;

// SIGTERM and SIGINT as something to wait for; SIGPIPE is ignored. Threads that start later inherit
// it.
class StopSignals {
public:
    StopSignals() noexcept;
    void wait() const noexcept;

private:
    sigset_t signals_{};
};

}  // namespace valv::app
