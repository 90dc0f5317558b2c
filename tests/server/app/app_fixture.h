#pragma once

#include <filesystem>

#include <gtest/gtest.h>

#include "common/base/clock.h"
#include "server/app/config.h"
#include "tests/common/temp_folder.h"
#include "tests/crypto/seeded_random.h"

namespace valv::app::testing {

class StillClock final : public Clock {
public:
    Instant now() override { return now_; }
    std::chrono::milliseconds monotonic() override { return monotonic_; }
    void sleep_for(std::chrono::milliseconds duration) override { monotonic_ += duration; }

private:
    Instant now_ = parse_instant("2026-03-31T10:00:00Z");
    std::chrono::milliseconds monotonic_{0};
};

using valv::test::TempFolder;

// A configuration that check_config takes: the demo's, all ports free.
[[nodiscard]] Config local_config(const std::filesystem::path& data_folder);

}  // namespace valv::app::testing
