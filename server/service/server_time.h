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
    // Did the machine's clock go ahead of the time that passed since the start, by more than
    // limits::kClockJump? Then nothing that cannot be undone is done by the date.
    [[nodiscard]] bool has_jumped();

private:
    Clock& clock_;
    Instant started_at_;
    std::chrono::milliseconds started_monotonic_;
    std::atomic<Instant::rep> greatest_;
};

}  // namespace valv::service
