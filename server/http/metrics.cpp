#include "server/http/metrics.h"

#include <algorithm>

namespace valv::http {

void Metrics::count_reply(int status) noexcept {
    constexpr int kClassWidth = 100;
    const int status_class = std::clamp(status / kClassWidth, 0, static_cast<int>(kClasses) - 1);
    replies_[static_cast<std::size_t>(status_class)].fetch_add(1, std::memory_order_relaxed);
}

std::string Metrics::text(bool is_writable) const {
    std::string text = "# TYPE resvalv_replies_total counter\n";
    for (std::size_t status_class = 2; status_class < kClasses; ++status_class) {
        text += "resvalv_replies_total{status=\"" + std::to_string(status_class) + "xx\"} " +
                std::to_string(replies_[status_class].load(std::memory_order_relaxed)) + "\n";
    }
    text += "# TYPE resvalv_store_writable gauge\nresvalv_store_writable ";
    return text + (is_writable ? "1\n" : "0\n");
}

}  // namespace valv::http
