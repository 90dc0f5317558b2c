#include "server/http/poco_watch.h"

#include <algorithm>
#include <sys/socket.h>

namespace valv::http {
namespace {

constexpr std::chrono::milliseconds kLook{100};
constexpr std::chrono::milliseconds kStopLook{10};
constexpr std::uint64_t kMillisecondsPerSecond = 1000;

}  // namespace

Watch::Watch(Clock& clock, const ServerTimes& times)
    : clock_(clock), times_(times), thread_([this](const std::stop_token& token) {
          while (!token.stop_requested()) {
              look_around();
              clock_.sleep_for(kLook);
          }
      }) {}

Watch::~Watch() = default;

Watch::Seat::Seat(Watch& watch, int descriptor) : watch_(watch), descriptor_(descriptor) {
    const std::lock_guard lock(watch_.mutex_);
    place_ = watch_.seats_.insert(watch_.seats_.end(), this);
}

Watch::Seat::~Seat() {
    const std::lock_guard lock(watch_.mutex_);
    watch_.seats_.erase(place_);
}

void Watch::Seat::enter(Phase phase, std::chrono::milliseconds allowance) {
    const auto now = watch_.clock_.monotonic();
    const std::lock_guard lock(watch_.mutex_);
    phase_ = phase;
    started_ = moved_at_ = now;
    allowance_ = allowance;
    bytes_ = 0;
    if (phase == Phase::kTimed && watch_.is_stopping_) {
        ::shutdown(descriptor_, SHUT_RDWR);
    }
}

void Watch::Seat::expect_head() {
    enter(Phase::kTimed, watch_.times_.head);
}
void Watch::Seat::rest() {
    enter(Phase::kTimed, watch_.times_.idle);
}
void Watch::Seat::start_transfer() {
    enter(Phase::kMoving, watch_.times_.progress);
}
void Watch::Seat::work() {
    enter(Phase::kWorking, {});
}
void Watch::Seat::drain() {
    enter(Phase::kTimed, watch_.times_.drain);
}

void Watch::Seat::moved(std::uint64_t bytes) {
    const auto now = watch_.clock_.monotonic();
    const std::lock_guard lock(watch_.mutex_);
    moved_at_ = now;
    bytes_ += bytes;
}

bool Watch::is_over(const Seat& seat, std::chrono::milliseconds now) const {
    switch (seat.phase_) {
        case Seat::Phase::kWorking:
            return false;
        case Seat::Phase::kTimed:
            return now >= seat.started_ + seat.allowance_;
        case Seat::Phase::kMoving: {
            const std::chrono::milliseconds earned(seat.bytes_ * kMillisecondsPerSecond /
                                                   times_.min_bytes_per_second);
            return now >= std::min(seat.started_ + earned, seat.moved_at_) + seat.allowance_;
        }
    }
    return false;
}

void Watch::look_around() {
    const auto now = clock_.monotonic();
    const std::lock_guard lock(mutex_);
    for (const Seat* seat : seats_) {
        if (is_over(*seat, now)) {
            // Only shut down: the thread that owns the descriptor closes it, after it left its
            // seat.
            ::shutdown(seat->descriptor_, SHUT_RDWR);
        }
    }
}

void Watch::cut_all() {
    const std::lock_guard lock(mutex_);
    for (const Seat* seat : seats_) {
        ::shutdown(seat->descriptor_, SHUT_RDWR);
    }
}

bool Watch::is_stopping() {
    const std::lock_guard lock(mutex_);
    return is_stopping_;
}

std::size_t Watch::seat_count() {
    const std::lock_guard lock(mutex_);
    return seats_.size();
}

void Watch::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        for (const Seat* seat : seats_) {
            if (seat->phase_ == Seat::Phase::kTimed) {
                ::shutdown(seat->descriptor_, SHUT_RDWR);
            }
        }
    }
    const auto end = clock_.monotonic() + times_.stop_grace;
    while (seat_count() > 0 && clock_.monotonic() < end) {
        clock_.sleep_for(kStopLook);
    }
    cut_all();
}

}  // namespace valv::http
