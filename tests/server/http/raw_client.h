#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/secret_bytes.h"

namespace valv::http::testing {

struct ClientIdentity {
    crypto::SecretBytes key_pem;
    std::string certificate_pem;
};

// A peer that writes any octets it likes, over plain TCP or TLS. Reading ends at the end of the
// stream, at the octets asked for, or after ten seconds (then the test fails by what it got).
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    explicit RawClient(const std::string& unix_path);
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    virtual ~RawClient();

    // Stops silently when the peer no longer listens.
    void send(std::string_view octets);
    void send_byte_by_byte(std::string_view octets);
    [[nodiscard]] std::string read_to_end();
    // Up to the end of one reply with Content-Length.
    [[nodiscard]] std::string read_reply();
    // False when the peer closes or resets instead.
    [[nodiscard]] bool is_open();
    // Waits so long for the peer to close (true), reset (true) or say something (false).
    [[nodiscard]] bool wait_for_end(std::chrono::milliseconds duration);
    // Closes with a reset: what a lost line looks like.
    void cut();

protected:
    RawClient() = default;
    [[nodiscard]] virtual long read_some(char* out, std::size_t size);
    [[nodiscard]] virtual long write_some(const char* octets, std::size_t size);
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

private:
    void connect_tcp(std::uint16_t port);
    int descriptor_ = -1;
    std::string waiting_;
};

enum class TlsVersion { k12, k13 };

class TlsClient final : public RawClient {
public:
    // `identity` may be null: no client certificate.
    // `extra_certificates`: how often the certificate is sent again as its own chain.
    TlsClient(std::uint16_t port, const ClientIdentity* identity,
              TlsVersion version = TlsVersion::k13, int extra_certificates = 0);
    ~TlsClient() override;
    // Of the client's own side; a TLS 1.3 server refuses a certificate only afterwards.
    [[nodiscard]] bool is_shaken() const noexcept { return is_shaken_; }

private:
    [[nodiscard]] long read_some(char* out, std::size_t size) override;
    [[nodiscard]] long write_some(const char* octets, std::size_t size) override;
    struct Session;
    std::unique_ptr<Session> session_;
    bool is_shaken_ = false;
};

[[nodiscard]] int status_of(std::string_view reply);
// The value of a header of the (first) reply, or empty.
[[nodiscard]] std::string header_of(std::string_view reply, std::string_view name);
[[nodiscard]] std::string body_of(std::string_view reply);

}  // namespace valv::http::testing
