#pragma once

#include <cstdint>
#include <functional>

#include "common/base/log.h"
#include "server/app/config.h"

namespace valv::app {

// The ports that were really bound; 0 for a Unix socket or a listener that is off.
struct Ports {
    std::uint16_t staff = 0;
    std::uint16_t public_port = 0;
    std::uint16_t metrics = 0;
};

// `{"staff":8443,"public":8444,"metrics":8445}` and a line end: what --ready-fd gets.
[[nodiscard]] std::string ready_line(const Ports& ports);

struct ServeParts {
    Clock& clock;
    RandomSource& random;
    Logger& logger;
    std::function<void(const Ports&)> on_ready;  // when all listeners are bound
    std::function<void()> wait_for_stop;         // returns when the server has to end
};

// Opens the data folder, binds the listeners, serves and keeps house until wait_for_stop returns;
// then finishes what runs.
void serve(const Config& config, const ServeParts& parts);

}  // namespace valv::app
