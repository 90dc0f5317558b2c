#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <thread>

#include "common/base/clock.h"

namespace valv::http {

// How long a peer may take. All are totals, not pauses between octets: a peer that sends one octet
// a second is not kept for ever (Poco's own timeouts start anew with each octet).
struct ServerTimes {
    std::chrono::milliseconds head{10'000};  // TLS handshake and header together
    std::chrono::milliseconds idle{30'000};  // between two requests
    std::chrono::milliseconds progress{
        30'000};  // between two pieces of a body or reply, and to earn the rate below
    std::uint64_t min_bytes_per_second = 1024;  // averaged over the body or reply
    std::chrono::milliseconds drain{
        2'000};  // what is read of an unwanted body, so that the peer sees the answer
    std::chrono::milliseconds stop_grace{10'000};  // running requests at stop()
};

// The deadlines of all connections of one listener. A thread looks at them and shuts down the
// sockets of those that are over; the connection's own thread then sees an end of stream.
// Thread-safe.
class Watch {
public:
    Watch(Clock& clock, const ServerTimes& times);
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();

    // One connection's place, held by its thread while the socket is open.
    class Seat {
    public:
        Seat(Watch& watch, int descriptor);
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;
        ~Seat();

        void expect_head();     // first request: handshake and header
        void rest();            // between requests
        void start_transfer();  // a body or reply begins
        void moved(std::uint64_t bytes);
        void work();  // our own turn: no deadline
        void drain();

    private:
        enum class Phase { kTimed, kMoving, kWorking };
        void enter(Phase phase, std::chrono::milliseconds allowance);
        friend class Watch;
        Watch& watch_;
        int descriptor_;
        Phase phase_ = Phase::kWorking;  // this and the rest: guarded by watch_.mutex_
        std::chrono::milliseconds started_{0};
        std::chrono::milliseconds moved_at_{0};
        std::chrono::milliseconds allowance_{0};
        std::uint64_t bytes_ = 0;
        std::list<Seat*>::iterator place_;
    };

    [[nodiscard]] const ServerTimes& times() const noexcept { return times_; }
    [[nodiscard]] bool is_stopping();
    [[nodiscard]] std::size_t seat_count();
    // Shuts down connections that have no request in work (none was acknowledged), waits for the
    // others up to the grace, then shuts those down too.
    void stop();

private:
    [[nodiscard]] bool is_over(const Seat& seat, std::chrono::milliseconds now) const;
    void look_around();
    void cut_all();

    Clock& clock_;
    const ServerTimes times_;
    std::mutex mutex_;  // guards seats_, their fields and is_stopping_
    std::list<Seat*> seats_;
    bool is_stopping_ = false;
    std::jthread thread_;
};

}  // namespace valv::http
