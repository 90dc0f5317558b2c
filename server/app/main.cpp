#include <cstdio>
#include <exception>
#include <iostream>
#include <unistd.h>

#include "common/base/error.h"
#include "crypto/core/system_random.h"
#include "server/app/check.h"
#include "server/app/cli.h"
#include "server/app/init.h"
#include "server/app/process.h"
#include "server/app/serve.h"

namespace valv::app {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kDamaged = 3;  // check found faults

Environment environment_of_process() {
    Environment environment;
    for (char** entry = ::environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) {
            environment.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return environment;
}

// Whole lines, straight to the descriptor. A log that cannot be written must not stop a revoke, so
// the result is not looked at.
void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void tell_ready(int descriptor, const Ports& ports) {
    if (descriptor >= 0) {
        write_all(descriptor, ready_line(ports));
        ::close(descriptor);
    }
}

int run_server(const CommandLine& line, const Config& config, Clock& clock, RandomSource& random) {
    const StopSignals signals;
    Logger logger(
        clock, [](std::string_view text) { write_all(STDERR_FILENO, text); },
        line.logs_requests ? LogLevel::kDebug : LogLevel::kInfo);
    serve(config, {.clock = clock,
                   .random = random,
                   .logger = logger,
                   .on_ready = [&](const Ports& ports) { tell_ready(line.ready_fd, ports); },
                   .wait_for_stop = [&] { signals.wait(); }});
    logger.write(LogLevel::kInfo, "stopped");
    return kDone;
}

int print(const std::string& text) {
    std::cout << text << std::flush;
    return std::cout.good() ? kDone : kFailed;
}

int run(const CommandLine& line) {
    SystemClock clock;
    crypto::SystemRandom random;
    const Config config = config_for(line, environment_of_process());
    switch (line.command) {
        case Command::kInit:
            return print(init(config, clock, random));
        case Command::kReissue:
            return print(reissue_staff_certificate(config, clock, random));
        case Command::kVaultToken:
            return print(make_vault_token(config, clock, random));
        case Command::kServe:
            return run_server(line, config, clock, random);
        case Command::kCheck: {
            const CheckResult result =
                check(config, line.reads_data ? store::ReadData::kYes : store::ReadData::kNo, clock,
                      random);
            return print(result.text) == kDone && result.is_good ? kDone : kDamaged;
        }
    }
    return kFailed;
}

int guarded_main(int argc, const char* const* argv) {
    harden_process();
    try {
        const auto parsed = parse_command_line(argc, argv);
        const auto* const line = std::get_if<CommandLine>(&parsed);
        return line == nullptr ? std::get<ExitNow>(parsed).code : run(*line);
    } catch (const std::exception&
                 error) {  // our own Error, or what the standard library says of a file
        std::cerr << "resvalvd: " << error.what() << '\n';
        return kFailed;
    }
}

}  // namespace
}  // namespace valv::app

int main(int argc, char** argv) {
    return valv::app::guarded_main(argc, argv);
}
