#include "tests/e2e/relay.h"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace valv::e2e {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBufferBytes = 64UL * 1024;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* generic(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);  // as sockets want it
}

bool send_all(int to, const char* octets, std::size_t count) {
    while (count > 0) {
        const ssize_t sent = ::send(to, octets, count, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        octets += sent;
        count -= static_cast<std::size_t>(sent);
    }
    return true;
}

}  // namespace

Relay::Relay()
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      wake_(::eventfd(0, EFD_CLOEXEC)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener_, generic(address), size) != 0 || ::listen(listener_, SOMAXCONN) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("relay: no port");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { run(); });
    ::pthread_setname_np(thread_.native_handle(), "relay");
}

Relay::~Relay() {
    release();
    ::eventfd_write(wake_, 1);
    thread_.join();
    for (const Pair& pair : pairs_) {
        ::close(pair.client);
        ::close(pair.server);
    }
    ::close(listener_);
    ::close(wake_);
}

void Relay::reset_counts() {
    up_ = 0;
    down_ = 0;
}

void Relay::hold_after(Way way, std::uint64_t octets) {
    (way == Way::kUp ? hold_up_ : hold_down_) = counter(way) + octets;
}

bool Relay::wait_until_held() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 60s, [this] { return is_held_; });
}

void Relay::release() {
    hold_up_ = 0;
    hold_down_ = 0;
    const std::scoped_lock lock(mutex_);
    is_held_ = false;
    changed_.notify_all();
}

void Relay::pause_when_due(Way way) {
    const std::uint64_t limit = way == Way::kUp ? hold_up_ : hold_down_;
    if (limit == 0 || counter(way) < limit) {
        return;
    }
    std::unique_lock lock(mutex_);
    is_held_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !is_held_; });
}

void Relay::accept_one() {
    Pair pair{.client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)};
    pair.server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(target_);
    if (target_ == 0 || ::connect(pair.server, generic(address), sizeof address) != 0) {
        ::close(pair.client);
        ::close(pair.server);
        return;
    }
    pairs_.push_back(pair);
}

bool Relay::move(int from, int to, Way way) {
    std::array<char, kBufferBytes> buffer{};
    const ssize_t got = ::recv(from, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        return false;
    }
    (way == Way::kUp ? up_ : down_) += static_cast<std::uint64_t>(got);
    pause_when_due(way);
    return send_all(to, buffer.data(), static_cast<std::size_t>(got));
}

void Relay::serve_ready(const std::list<Pair>::iterator& pair, bool from_client, bool from_server) {
    const bool goes_on = (!from_client || move(pair->client, pair->server, Way::kUp)) &&
                         (!from_server || move(pair->server, pair->client, Way::kDown));
    if (!goes_on) {
        ::close(pair->client);
        ::close(pair->server);
        pairs_.erase(pair);
    }
}

void Relay::run() {
    while (true) {
        std::vector<pollfd> waits{{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
        std::vector<std::list<Pair>::iterator> order;
        for (auto pair = pairs_.begin(); pair != pairs_.end(); ++pair) {
            waits.push_back({pair->client, POLLIN, 0});
            waits.push_back({pair->server, POLLIN, 0});
            order.push_back(pair);
        }
        if (::poll(waits.data(), waits.size(), -1) < 0 || waits[0].revents != 0) {
            return;
        }
        for (std::size_t index = 0; index < order.size(); ++index) {
            serve_ready(order[index], waits[2 + 2 * index].revents != 0,
                        waits[3 + 2 * index].revents != 0);
        }
        if (waits[1].revents != 0) {
            accept_one();
        }
    }
}

}  // namespace valv::e2e
