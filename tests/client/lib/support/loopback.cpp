#include "tests/client/lib/support/loopback.h"

#include <utility>

#include "client/lib/call_headers.h"
#include "common/protocol/version.h"
#include "crypto/core/x509.h"

namespace valv::client::test {
namespace {

constexpr std::size_t kPieceBytes = 10'000;  // no multiple of anything

std::string lower(std::string text) {
    for (char& letter : text) {
        letter = (letter >= 'A' && letter <= 'Z') ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return text;
}

Bytes body_of(http::Reply& reply) {
    if (const auto* const text = std::get_if<std::string>(&reply.body)) {
        return to_bytes(as_bytes(*text));
    }
    auto& source = *std::get<std::unique_ptr<http::BodySource>>(reply.body);
    Bytes body;
    Bytes piece(kPieceBytes);
    while (const std::size_t got = source.read(piece)) {
        append(body, ByteView(piece).first(got));
    }
    return body;
}

class LoopbackTransport final : public Transport {
public:
    LoopbackTransport(http::Application& application, Wire& wire,
                      std::optional<crypto::Hash> tls_key)
        : application_(application), wire_(wire), tls_key_(tls_key) {}

    [[nodiscard]] Response call(const Call& call) override {
        ++wire_.calls;
        if (wire_.before) {
            wire_.before(call);
        }
        Response response = exchange(call);
        if (wire_.after) {
            wire_.after(call, response);
        }
        if (call.sink && response.succeeded()) {
            deliver(call, response);
        }
        return response;
    }

private:
    [[nodiscard]] http::RequestHead head_of(const Call& call, ByteView body) const {
        const protocol::Route& route = protocol::route(call.route);
        http::RequestHead head;
        head.listener = route.listener;
        head.method = std::string(to_string(route.method));
        head.target = call.path;
        head.tls_key_sha256 = tls_key_;
        head.client_address = "192.0.2.1";
        for (const auto& [name, value] : header_fields(call, protocol::kVersion)) {
            head.headers.emplace(lower(name), value);
        }
        if (route.body != protocol::BodyKind::kNone) {
            head.content_length = body.size();
            head.headers.emplace("content-length", std::to_string(body.size()));
        }
        return head;
    }

    [[nodiscard]] Response exchange(const Call& call) {
        const bool is_json = protocol::route(call.route).body == protocol::BodyKind::kJson;
        const ByteView body = is_json ? as_bytes(call.json) : call.octets;
        const auto exchange = application_.begin(head_of(call, body));
        if (!exchange->is_answered()) {
            (void)exchange->append(body);
        }
        http::Reply reply = exchange->finish();
        Response response{.status = reply.status, .headers = {}, .body = body_of(reply)};
        for (auto& [name, value] : reply.headers) {
            response.headers.emplace(lower(name), value);
        }
        return response;
    }

    void deliver(const Call& call, Response& response) {
        const ByteView body = response.body;
        const std::size_t end =
            wire_.cut_body_at ? std::min(*wire_.cut_body_at, body.size()) : body.size();
        for (std::size_t at = 0; at < end; at += kPieceBytes) {
            call.sink(body.subspan(at, std::min(kPieceBytes, end - at)));
        }
        if (wire_.cut_body_at) {
            wire_.cut_body_at.reset();
            throw Error(ErrorCode::kNetwork, "loopback: cut");
        }
        response.body.clear();
    }

    http::Application& application_;
    Wire& wire_;
    std::optional<crypto::Hash> tls_key_;
};

}  // namespace

std::unique_ptr<Transport> LoopbackNetwork::to_staff(const StaffAddress& /*address*/,
                                                     DeviceCredentials credentials) {
    return std::make_unique<LoopbackTransport>(
        application_, wire, crypto::spki_hash_of_certificate_pem(credentials.certificate_pem));
}

std::unique_ptr<Transport> LoopbackNetwork::to_links(const std::string& /*origin*/) {
    return std::make_unique<LoopbackTransport>(application_, wire, std::nullopt);
}

}  // namespace valv::client::test
