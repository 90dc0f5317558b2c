#include "client/cli/progress_bar.h"

#include <algorithm>
#include <array>

#include "client/cli/text_width.h"

namespace valv::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kShownAfter = 1s;
constexpr std::chrono::milliseconds kBetween = 100ms;
constexpr std::uint64_t kBarCells = 30;
constexpr std::uint64_t kPercent = 100;
constexpr std::string_view kWipeLine = "\r\x1b[K";

std::string bar_text(const client::ProgressStep& step) {
    const std::uint64_t total = std::max<std::uint64_t>(step.total, 1);
    const std::uint64_t done = std::min(step.done, total);
    const auto cells = static_cast<std::size_t>(done * kBarCells / total);
    return "[" + std::string(cells, '#') + std::string(kBarCells - cells, '.') + "] " +
           std::to_string(done * kPercent / total) + " % of " + size_text(step.total);
}

}  // namespace

ProgressBar::ProgressBar(local::Screen& screen, Clock& clock, std::string_view label)
    : screen_(screen), clock_(clock), label_(shown(label)), begun_(clock.monotonic()) {}

ProgressBar::~ProgressBar() {
    if (is_shown_) {
        try {
            screen_.write(as_bytes(kWipeLine));
        } catch (const std::exception&) {  // A bar that stays on a broken terminal harms nobody.
            is_shown_ = false;
        }
    }
}

client::Progress ProgressBar::watch() {
    return [this](const client::ProgressStep& step) { show(step); };
}

void ProgressBar::show(const client::ProgressStep& step) {
    const std::chrono::milliseconds now = clock_.monotonic();
    if (!screen_.is_terminal() || now - begun_ < kShownAfter || now - last_shown_ < kBetween) {
        return;
    }
    last_shown_ = now;
    is_shown_ = true;
    screen_.write(as_bytes(std::string(kWipeLine) + label_ + " " + bar_text(step)));
}

std::string size_text(std::uint64_t octets) {
    constexpr std::array kUnits{"B", "kB", "MB", "GB", "TB"};
    constexpr std::uint64_t kStep = 1000;
    std::size_t unit = 0;
    std::uint64_t tenths = octets * 10;
    while (tenths >= kStep * 10 && unit + 1 < kUnits.size()) {
        tenths /= kStep;
        ++unit;
    }
    const std::string fraction =
        unit == 0 || tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10);
    return std::to_string(tenths / 10) + fraction + " " + kUnits.at(unit);
}

}  // namespace valv::cli
