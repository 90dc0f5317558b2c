#include "tests/server/http/raw_client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <charconv>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace valv::http::testing {
namespace {

constexpr int kPatienceSeconds = 10;
constexpr std::string_view kBlankLine = "\r\n\r\n";

void be_patient(int descriptor) {
    const timeval limit{.tv_sec = kPatienceSeconds, .tv_usec = 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

template <typename Address>
const sockaddr* generic(const Address& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace

RawClient::RawClient(std::uint16_t port) {
    connect_tcp(port);
}

RawClient::RawClient(const std::string& unix_path)
    : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy_n(unix_path.data(), std::min(unix_path.size(), sizeof(address.sun_path) - 1),
                &address.sun_path[0]);
    be_patient(descriptor_);
    if (::connect(descriptor_, generic(address), sizeof(address)) != 0) {
        cut();
    }
}

RawClient::~RawClient() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void RawClient::connect_tcp(std::uint16_t port) {
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    be_patient(descriptor_);
    if (::connect(descriptor_, generic(address), sizeof(address)) != 0) {
        cut();
    }
}

long RawClient::read_some(char* out, std::size_t size) {
    return ::recv(descriptor_, out, size, 0);
}

long RawClient::write_some(const char* octets, std::size_t size) {
    return ::send(descriptor_, octets, size, MSG_NOSIGNAL);
}

void RawClient::send(std::string_view octets) {
    while (!octets.empty()) {
        const long count = write_some(octets.data(), octets.size());
        if (count <= 0) {
            return;
        }
        octets.remove_prefix(static_cast<std::size_t>(count));
    }
}

void RawClient::send_byte_by_byte(std::string_view octets) {
    for (const char octet : octets) {
        send({&octet, 1});
    }
}

std::string RawClient::read_to_end() {
    std::array<char, 64 * 1024> piece{};
    std::string all = std::exchange(waiting_, {});
    for (long count = read_some(piece.data(), piece.size()); count > 0;
         count = read_some(piece.data(), piece.size())) {
        all.append(piece.data(), static_cast<std::size_t>(count));
    }
    return all;
}

std::string RawClient::read_reply() {
    std::array<char, 64 * 1024> piece{};
    while (true) {
        const std::size_t end = waiting_.find(kBlankLine);
        if (end != std::string::npos) {
            const std::string length = header_of(waiting_, "content-length");
            std::size_t size = 0;
            std::from_chars(length.data(), length.data() + length.size(), size);
            const std::size_t total = end + kBlankLine.size() + size;
            if (waiting_.size() >= total) {
                std::string reply = waiting_.substr(0, total);
                waiting_.erase(0, total);
                return reply;
            }
        }
        const long count = read_some(piece.data(), piece.size());
        if (count <= 0) {
            return std::exchange(waiting_, {});
        }
        waiting_.append(piece.data(), static_cast<std::size_t>(count));
    }
}

bool RawClient::is_open() {
    char octet = 0;
    const long count = ::recv(descriptor_, &octet, 1, MSG_PEEK | MSG_DONTWAIT);
    return count > 0 || (count < 0 && errno == EAGAIN);
}

bool RawClient::wait_for_end(std::chrono::milliseconds duration) {
    pollfd entry{.fd = descriptor_, .events = POLLIN, .revents = 0};
    ::poll(&entry, 1, static_cast<int>(duration.count()));
    return !is_open();
}

void RawClient::cut() {
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    ::close(descriptor_);
    descriptor_ = -1;
}

struct TlsClient::Session {
    std::unique_ptr<SSL_CTX, decltype(&::SSL_CTX_free)> context{
        ::SSL_CTX_new(::TLS_client_method()), ::SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&::SSL_free)> ssl{nullptr, ::SSL_free};

    void use(const ClientIdentity& identity, int extra_certificates) {
        const auto key_octets = identity.key_pem.reveal();
        const std::unique_ptr<BIO, decltype(&::BIO_free_all)> key_bio(
            ::BIO_new_mem_buf(key_octets.data(), static_cast<int>(key_octets.size())),
            ::BIO_free_all);
        const std::unique_ptr<BIO, decltype(&::BIO_free_all)> bio(
            ::BIO_new_mem_buf(identity.certificate_pem.data(),
                              static_cast<int>(identity.certificate_pem.size())),
            ::BIO_free_all);
        const std::unique_ptr<EVP_PKEY, decltype(&::EVP_PKEY_free)> key(
            ::PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr), ::EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&::X509_free)> certificate(
            ::PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), ::X509_free);
        ::SSL_CTX_use_certificate(context.get(), certificate.get());
        ::SSL_CTX_use_PrivateKey(context.get(), key.get());
        for (int i = 0; i < extra_certificates; ++i) {
            ::SSL_CTX_add1_chain_cert(context.get(), certificate.get());
        }
    }
};

TlsClient::TlsClient(std::uint16_t port, const ClientIdentity* identity, TlsVersion version,
                     int extra_certificates)
    : RawClient(port), session_(std::make_unique<Session>()) {
    const int wire_version = version == TlsVersion::k12 ? TLS1_2_VERSION : TLS1_3_VERSION;
    ::SSL_CTX_set_min_proto_version(session_->context.get(), wire_version);
    ::SSL_CTX_set_max_proto_version(session_->context.get(), wire_version);
    if (identity != nullptr) {
        session_->use(*identity, extra_certificates);
    }
    session_->ssl.reset(::SSL_new(session_->context.get()));
    ::SSL_set_fd(session_->ssl.get(), descriptor());
    is_shaken_ = ::SSL_connect(session_->ssl.get()) == 1;
    ::ERR_clear_error();
}

TlsClient::~TlsClient() = default;

long TlsClient::read_some(char* out, std::size_t size) {
    const int count =
        is_shaken_ ? ::SSL_read(session_->ssl.get(), out, static_cast<int>(size)) : -1;
    ::ERR_clear_error();
    return count;
}

long TlsClient::write_some(const char* octets, std::size_t size) {
    constexpr std::size_t kMost = 16 * 1024;
    const int count = is_shaken_ ? ::SSL_write(session_->ssl.get(), octets,
                                               static_cast<int>(std::min(size, kMost)))
                                 : -1;
    ::ERR_clear_error();
    return count;
}

int status_of(std::string_view reply) {
    int status = 0;
    constexpr std::string_view kStart = "HTTP/1.1 ";
    if (reply.starts_with(kStart)) {
        std::from_chars(reply.data() + kStart.size(), reply.data() + reply.size(), status);
    }
    return status;
}

std::string header_of(std::string_view reply, std::string_view name) {
    std::string_view head = reply.substr(0, reply.find(kBlankLine));
    while (head.find("\r\n") != std::string_view::npos) {
        head.remove_prefix(head.find("\r\n") + 2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const std::string_view found = line.substr(0, line.find(':'));
        if (std::ranges::equal(found, name,
                               [](char a, char b) { return std::tolower(a) == std::tolower(b); })) {
            return std::string(line.substr(std::min(line.size(), found.size() + 2)));
        }
    }
    return {};
}

std::string body_of(std::string_view reply) {
    const std::size_t end = reply.find(kBlankLine);
    return end == std::string_view::npos ? std::string()
                                         : std::string(reply.substr(end + kBlankLine.size()));
}

}  // namespace valv::http::testing
