// resvalv-age: the only place of the file tool where clock, randomness and terminal are real.

#include <csignal>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "common/base/clock.h"
#include "crypto/core/system_random.h"
#include "crypto/local/process.h"
#include "crypto/tool/tool.h"

namespace {

constexpr unsigned kWorkFactor = 18;  // docs/decisions.md "The cost of a passphrase is a parameter"

}  // namespace

int main(int count, char** words) {
    valv::local::forbid_core_dumps();
    std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error like others: exit code 1
    valv::SystemClock clock;
    valv::crypto::SystemRandom random;
    valv::local::Terminal terminal;
    valv::tool::TerminalPrompter prompter(terminal);
    valv::local::DescriptorSource in(STDIN_FILENO);
    valv::local::DescriptorScreen out(STDOUT_FILENO);
    valv::local::DescriptorScreen notes(STDERR_FILENO);
    valv::tool::Surroundings surroundings{.clock = clock,
                                          .random = random,
                                          .prompter = prompter,
                                          .in = in,
                                          .out = out,
                                          .notes = notes,
                                          .work = {.log2_n = kWorkFactor},
                                          .cores = std::thread::hardware_concurrency()};
    return valv::tool::run({words + 1, words + count}, surroundings);
}
