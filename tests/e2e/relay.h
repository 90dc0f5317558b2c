#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <thread>

namespace valv::e2e {

enum class Way { kUp, kDown };  // to the server, to the client

// A port of this machine that leads to another one, counts the octets, and can hold them in the
// middle of a transfer. So a test kills a program at a known place, and a server that starts again
// on a free port is found where it was. Everything may be called from the test's thread while the
// relay's own thread moves octets.
class Relay {
public:
    Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    ~Relay();

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    // 0: nobody there, connections are closed at once.
    void lead_to(std::uint16_t target) { target_ = target; }
    void reset_counts();
    [[nodiscard]] std::uint64_t moved(Way way) const { return counter(way); }

    // Nothing moves any more once so many octets have gone that way from now on.
    void hold_after(Way way, std::uint64_t octets);
    // Blocks until it holds. False after a minute.
    [[nodiscard]] bool wait_until_held();
    void release();

private:
    struct Pair {
        int client = -1;
        int server = -1;
    };
    void run();
    void accept_one();
    void serve_ready(const std::list<Pair>::iterator& pair, bool from_client, bool from_server);
    [[nodiscard]] bool move(int from, int to, Way way);
    void pause_when_due(Way way);
    [[nodiscard]] const std::atomic<std::uint64_t>& counter(Way way) const {
        return way == Way::kUp ? up_ : down_;
    }

    int listener_ = -1;
    int wake_ = -1;  // an eventfd: the relay ends
    std::uint16_t port_ = 0;
    std::atomic<std::uint16_t> target_ = 0;
    std::atomic<std::uint64_t> up_ = 0;
    std::atomic<std::uint64_t> down_ = 0;
    std::atomic<std::uint64_t> hold_up_ = 0;  // 0: never
    std::atomic<std::uint64_t> hold_down_ = 0;
    std::mutex mutex_;  // guards is_held_
    std::condition_variable changed_;
    bool is_held_ = false;
    std::list<Pair> pairs_;  // the relay's thread only
    std::jthread thread_;    // named "relay"
};

}  // namespace valv::e2e
