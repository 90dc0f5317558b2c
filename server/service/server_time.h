#pragma once

#include <atomic>

#include "common/base/clock.h"
#include "server/store/store.h"

namespace valv::service {

// Time that never goes back: what has expired stays expired when the machine's clock is set back,
// also over a restart (the greatest time seen stands in the store). Callable from any thread.
class ServerTime {
public:
    ServerTime(Clock& clock, store::Store& store);
    [[nodiscard]] Instant now();

private:
    Clock& clock_;
    std::atomic<Instant::rep> greatest_;
};

}  // namespace valv::service
