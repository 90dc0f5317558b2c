#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "server/http/exchange.h"

namespace valv::http::testing {

// A small application for the engine's tests:
//   GET|HEAD /text        a short text        GET /source/N    N octets pulled (octet i = i mod
//   251), Range: bytes=A- honoured POST /count           the number of octets that came       POST
//   /early, /late    403 before the body, or after its first piece GET /who              the
//   client's address                 GET /broken           a body that ends before its announced
//   size
// A chunked request gets 411, everything else 404.
class TestApplication final : public Application {
public:
    [[nodiscard]] std::unique_ptr<Exchange> begin(RequestHead head) noexcept override;

    // What begin() saw, in order.
    [[nodiscard]] std::vector<RequestHead> heads() const;
    [[nodiscard]] std::vector<std::string> targets() const;
    [[nodiscard]] std::size_t finished_count() const noexcept { return finished_; }
    // Exchanges that died without finish().
    [[nodiscard]] std::size_t dropped_count() const noexcept { return dropped_; }
    // Waits until that many exchanges have died without finish(); false after ten seconds.
    [[nodiscard]] bool wait_for_dropped(std::size_t count);

private:
    friend class TestExchange;
    void count_end(bool has_finished);
    mutable std::mutex mutex_;  // guards heads_; waits on changed_
    std::condition_variable changed_;
    std::vector<RequestHead> heads_;
    std::atomic<std::size_t> finished_{0};
    std::atomic<std::size_t> dropped_{0};
};

[[nodiscard]] std::uint8_t source_octet(std::uint64_t index) noexcept;

}  // namespace valv::http::testing
