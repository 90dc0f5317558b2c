#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "client/lib/progress.h"
#include "common/base/clock.h"
#include "crypto/local/screen.h"

namespace valv::cli {

// A bar on a terminal for what takes over a second; silent elsewhere. Wiped when it dies. The
// function that `watch` returns refers to the bar.
class ProgressBar {
public:
    ProgressBar(local::Screen& screen, Clock& clock, std::string_view label);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();
    [[nodiscard]] client::Progress watch();

private:
    void show(const client::ProgressStep& step);
    local::Screen& screen_;
    Clock& clock_;
    std::string label_;
    std::chrono::milliseconds begun_;
    std::chrono::milliseconds last_shown_{0};
    bool is_shown_ = false;
};

// `12.3 MB`; decimal units, as file managers show them.
[[nodiscard]] std::string size_text(std::uint64_t octets);

}  // namespace valv::cli
