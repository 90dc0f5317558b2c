#include <gtest/gtest.h>

#include "tests/server/service/bench.h"

namespace valv::service {
namespace {

TEST(ServerTimeTest, NeverGoesBackWhenTheClockDoes) {
    test::Bench bench;
    bench.clock.advance(std::chrono::hours(5));
    const Instant late = bench.time.now();
    bench.clock.advance(-std::chrono::hours(48));
    EXPECT_EQ(bench.time.now(), late);
}

TEST(ServerTimeTest, StandsOverARestart) {
    test::Bench bench;
    const Instant late = bench.clock.now() + std::chrono::hours(5);
    bench.store.transact(store::TxKind::kWrite, [&](store::Tx& tx) { tx.raise_time(late); });
    ServerTime after_restart(bench.clock, bench.store);
    EXPECT_EQ(after_restart.now(), late);
}

}  // namespace
}  // namespace valv::service
