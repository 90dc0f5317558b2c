// resvalv: the only place of the command line where clock, randomness and network are real.

#include <csignal>
#include <cstdlib>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "client/casework/places.h"
#include "client/cli/app.h"
#include "client/cli/prompter.h"
#include "client/lib/curl_transport.h"
#include "common/base/clock.h"
#include "common/protocol/version.h"
#include "crypto/core/system_random.h"
#include "crypto/local/process.h"
#include "crypto/local/screen.h"

namespace {

constexpr unsigned kWorkFactor = 18;  // docs/decisions.md "The cost of a passphrase is a parameter"

std::string variable(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

int main(int count, char** words) {
    valv::local::forbid_core_dumps();
    ::umask(S_IRWXG | S_IRWXO);
    std::signal(SIGPIPE, SIG_IGN);  // curl and the screens say it with an error
    valv::SystemClock clock;
    valv::crypto::SystemRandom random;
    valv::client::CurlNetwork network({.client_version = std::string(valv::protocol::kVersion)});
    const valv::casework::Places places = valv::casework::Places::builtin();
    valv::client::Environment environment{.clock = clock,
                                          .random = random,
                                          .network = network,
                                          .places = places,
                                          .work = {.log2_n = kWorkFactor}};
    valv::local::Terminal terminal;
    valv::cli::TerminalPrompter prompter(terminal);
    valv::local::DescriptorScreen out(STDOUT_FILENO);
    valv::local::DescriptorScreen notes(STDERR_FILENO);
    valv::cli::App app(environment, prompter, out, notes,
                       {.profile = variable("RESVALV_PROFILE"),
                        .data_home = variable("XDG_DATA_HOME"),
                        .state_home = variable("XDG_STATE_HOME"),
                        .home = variable("HOME"),
                        .no_color = !variable("NO_COLOR").empty()});
    return app.run({words + 1, words + count});
}
