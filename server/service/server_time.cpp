#include "server/service/server_time.h"

#include <algorithm>

#include "common/protocol/limits.h"

namespace valv::service {

ServerTime::ServerTime(Clock& clock, store::Store& store)
    : clock_(clock),
      started_at_(clock.now()),
      started_monotonic_(clock.monotonic()),
      greatest_(
          store.transact(store::TxKind::kRead, [](store::Tx& tx) { return tx.time_high_water(); })
              .time_since_epoch()
              .count()) {}

bool ServerTime::has_jumped() {
    const std::chrono::milliseconds passed = clock_.monotonic() - started_monotonic_;
    return clock_.now() - started_at_ > passed + limits::kClockJump;
}

Instant ServerTime::now() {
    const Instant::rep read = clock_.now().time_since_epoch().count();
    Instant::rep greatest = greatest_.load();
    while (greatest < read && !greatest_.compare_exchange_weak(greatest, read)) {
    }
    return Instant(std::chrono::seconds(std::max(greatest, read)));
}

}  // namespace valv::service
