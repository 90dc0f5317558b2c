#include "server/http/poco_channel.h"

#include <algorithm>
#include <array>
#include <limits>

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>

namespace valv::http {
namespace {

constexpr std::size_t kReceiveBytes =
    4096;  // a header; bodies are read straight into the caller's buffer
constexpr std::size_t kMaxDrainBytes = 1024 * 1024;

// Poco answers a negative number for "TLS wants the other direction first", which a blocking socket
// does not say.
std::size_t checked(int count) {
    if (count < 0) {
        throw Poco::Net::NetException("socket: unfinished");
    }
    return static_cast<std::size_t>(count);
}

int int_size(std::size_t size) {
    return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

bool Channel::receive_more() {
    buffer_.erase(0, taken_);
    taken_ = 0;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + kReceiveBytes);
    const std::size_t count =
        checked(socket_.receiveBytes(buffer_.data() + had, int_size(kReceiveBytes)));
    buffer_.resize(had + count);
    return count > 0;
}

std::size_t Channel::read(std::span<std::uint8_t> out) {
    const std::string_view ready = waiting();
    if (ready.empty()) {
        return checked(socket_.receiveBytes(out.data(), int_size(out.size())));
    }
    const std::size_t count = std::min(ready.size(), out.size());
    std::copy_n(ready.begin(), count, out.begin());
    take(count);
    return count;
}

void Channel::send(ByteView octets) {
    while (!octets.empty()) {
        const std::size_t count =
            checked(socket_.sendBytes(octets.data(), int_size(octets.size())));
        if (count == 0) {
            throw Poco::Net::ConnectionResetException("socket: nothing sent");
        }
        octets = octets.subspan(count);
    }
}

void Channel::drain() noexcept {
    std::array<std::uint8_t, kReceiveBytes> octets{};
    try {
        if (!socket_.secure()) {
            socket_.shutdownSend();  // TLS: Poco's would shut down both directions
        }
        for (std::size_t total = 0; total < kMaxDrainBytes;) {
            const std::size_t count = read(octets);
            if (count == 0) {
                return;
            }
            total += count;
        }
    } catch (const Poco::Exception&) {
        // The peer is gone: there is nobody left to be polite to.
        return;
    }
}

}  // namespace valv::http
