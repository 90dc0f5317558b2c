#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace valv {

// Points of time of the product have a resolution of one second (`YYYY-MM-DDTHH:MM:SSZ`).
using Instant = std::chrono::sys_seconds;

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() = 0;
    // Time that never goes back and does not jump; for waits and progress, not for storing.
    [[nodiscard]] virtual std::chrono::milliseconds monotonic() = 0;
    // Waits; a test's clock only moves its hands.
    virtual void sleep_for(std::chrono::milliseconds duration) = 0;
};

// The machine's clocks. Made only in the main.cpps. Thread-safe.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() override;
    [[nodiscard]] std::chrono::milliseconds monotonic() override;
    void sleep_for(std::chrono::milliseconds duration) override;
};

// `2026-03-31T10:25:00Z`, years 1970…9999. The parser throws kMalformed on anything else.
[[nodiscard]] std::string to_text(Instant instant);
[[nodiscard]] Instant parse_instant(std::string_view text);

}  // namespace valv
