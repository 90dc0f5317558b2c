#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "common/base/bytes.h"

namespace Poco::Net {
class StreamSocket;
}

namespace valv::http {

// The octets of one connection, TLS or not, behind Poco's socket. Belongs to the connection's
// thread. Failures of the network are Poco exceptions; they end the connection and nothing else.
class Channel {
public:
    explicit Channel(Poco::Net::StreamSocket& socket) : socket_(socket) {}

    // What was received and not taken yet.
    [[nodiscard]] std::string_view waiting() const noexcept {
        return std::string_view(buffer_).substr(taken_);
    }
    void take(std::size_t count) noexcept { taken_ += count; }
    // Waits for more; false at the end of the stream.
    [[nodiscard]] bool receive_more();
    // Up to out.size() octets, first those that wait; 0 at the end of the stream.
    [[nodiscard]] std::size_t read(std::span<std::uint8_t> out);
    void send(ByteView octets);
    // Reads and forgets what the peer still sends, up to a limit, so that a reset does not overtake
    // the reply.
    void drain() noexcept;

private:
    Poco::Net::StreamSocket& socket_;
    std::string buffer_;
    std::size_t taken_ = 0;
};

}  // namespace valv::http
