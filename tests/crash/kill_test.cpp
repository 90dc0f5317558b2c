#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/crash/runs.h"
#include "tests/crash/workload.h"
#include "tests/server/store/fixtures.h"

namespace valv::crash {

using store::testing::SeededRandom;
using store::testing::TemporaryFolder;

// kill −9 sees only faults of order, because the page cache outlives the process; fsync is
// crash_test.cpp's.
TEST(KillTest, AfterKill9EverythingThatWasPromisedIsThere) {
    constexpr std::size_t kPromises = 60;  // fewer than a run of six rounds makes
    const int kills =
        std::getenv("VALV_LONG") != nullptr ? 500 : 50;  // NOLINT(concurrency-mt-unsafe): no setenv
    SeededRandom random(9);
    for (int number = 0; number < kills; ++number) {
        const TemporaryFolder folder;
        const auto root = folder.path() / "data";
        const auto acks =
            kill_workload({"run", root.string(), "0", "6"}, 1 + random.next() % kPromises);
        const auto faults = faults_after_crash(root, acks);
        ASSERT_TRUE(faults.empty())
            << "kill " << number << " after " << acks.size() << ": " << faults.front();
    }
}

}  // namespace valv::crash
