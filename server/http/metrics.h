#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace valv::http {

// Counts for the operator, as Prometheus text. Nothing in it names a vault, a case, a link or a
// person. Callable from any thread.
class Metrics {
public:
    void count_reply(int status) noexcept;
    [[nodiscard]] std::string text(bool is_writable) const;

private:
    static constexpr std::size_t kClasses = 6;  // index 2 = 2xx … 5 = 5xx
    std::array<std::atomic<std::uint64_t>, kClasses> replies_{};
};

}  // namespace valv::http
