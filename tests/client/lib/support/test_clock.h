#pragma once

#include "common/base/clock.h"

namespace valv::client::test {

// Stands still until it is moved.
class TestClock final : public Clock {
public:
    [[nodiscard]] Instant now() override { return now_; }
    [[nodiscard]] std::chrono::milliseconds monotonic() override { return monotonic_; }
    void sleep_for(std::chrono::milliseconds duration) override { monotonic_ += duration; }
    void advance(std::chrono::seconds duration) {
        now_ += duration;
        monotonic_ += duration;
    }

private:
    Instant now_ = parse_instant("2026-03-01T09:00:00Z");
    std::chrono::milliseconds monotonic_{0};
};

}  // namespace valv::client::test
