#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace valv::e2e {

struct Launch {
    std::vector<std::string> command;      // the program's path first
    std::vector<std::string> environment;  // NAME=value; all that the program gets
    std::filesystem::path output;          // takes standard output
    std::filesystem::path notes;           // takes standard error, at its end
    int ready = -1;                        // becomes descriptor 3 of the program when not negative
};

// A program that ends with this object at the latest, and with the test however that ends. It has
// no terminal and an empty standard input, so it cannot ask. One thread.
class Process {
public:
    // Throws std::runtime_error when it cannot be started.
    explicit Process(Launch launch);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();
    void signal(int number) const;
    // The exit code, or 128 + the signal that ended it.
    int wait();

private:
    pid_t id_ = -1;  // -1 once it was waited for
    int code_ = -1;
};

}  // namespace valv::e2e
