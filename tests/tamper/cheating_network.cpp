#include "tests/tamper/cheating_network.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/protocol/wire_error.h"

namespace valv::client::test {
namespace {

constexpr int kOk = 200;
constexpr std::size_t kPieceBytes = 10'000;  // no multiple of anything

class CheatingTransport final : public Transport {
public:
    CheatingTransport(std::unique_ptr<Transport> honest, const Cheat& cheat)
        : honest_(std::move(honest)), cheat_(cheat) {}

    [[nodiscard]] Response call(const Call& call) override {
        Response response = answer_to(call);
        if (cheat_.after) {
            cheat_.after(call, response);
        }
        if (call.sink && response.succeeded()) {
            deliver(call, response);
        }
        return response;
    }

private:
    // The whole body stands in it, so that it can be changed before a sink gets it.
    Response answer_to(const Call& call) {
        if (cheat_.instead) {
            if (std::optional<Response> own = cheat_.instead(call)) {
                return std::move(*own);
            }
        }
        Call whole = call;
        whole.sink = {};
        return honest_->call(whole);
    }

    static void deliver(const Call& call, Response& response) {
        const ByteView body = response.body;
        for (std::size_t at = 0; at < body.size(); at += kPieceBytes) {
            call.sink(body.subspan(at, std::min(kPieceBytes, body.size() - at)));
        }
        response.body.clear();
    }

    std::unique_ptr<Transport> honest_;
    const Cheat& cheat_;  // the network's
};

Response ok(Bytes body) {
    return {.status = kOk, .headers = {}, .body = std::move(body)};
}

Response not_found() {
    const Error absent(ErrorCode::kNotFound, "cheating network");
    return {.status = protocol::wire_error(ErrorCode::kNotFound).status,
            .headers = {},
            .body = to_bytes(as_bytes(protocol::encode(protocol::to_wire(absent))))};
}

}  // namespace

std::unique_ptr<Transport> CheatingNetwork::to_staff(const StaffAddress& address,
                                                     DeviceCredentials credentials) {
    return std::make_unique<CheatingTransport>(honest_.to_staff(address, std::move(credentials)),
                                               cheat);
}

std::unique_ptr<Transport> CheatingNetwork::to_links(const std::string& origin) {
    return std::make_unique<CheatingTransport>(honest_.to_links(origin), cheat);
}

Cheat at(std::string path, ChangeResponse change) {
    return {.instead = {},
            .after = [path = std::move(path), change = std::move(change)](const Call& call,
                                                                          Response& response) {
                if (call.path == path) {
                    change(response);
                }
            }};
}

Cheat both(Cheat one, Cheat other) {
    const auto instead = [one = one.instead,
                          other = other.instead](const Call& call) -> std::optional<Response> {
        std::optional<Response> own = one ? one(call) : std::nullopt;
        return own || !other ? std::move(own) : other(call);
    };
    const auto after = [one = one.after, other = other.after](const Call& call,
                                                              Response& response) {
        if (one) {
            one(call, response);
        }
        if (other) {
            other(call, response);
        }
    };
    return {.instead = instead, .after = after};
}

Cheat silent_at(std::string path) {
    return at(std::move(path), [](Response& /*response*/) {
        throw Error(ErrorCode::kNetwork, "cheating network: no answer");
    });
}

Cheat absent_at(std::string path) {
    return at(std::move(path), [](Response& response) { response = not_found(); });
}

Cheat body_at(std::string path, Bytes body) {
    return {.instead = [path = std::move(path),
                        body = std::move(body)](const Call& call) -> std::optional<Response> {
                return call.path == path ? std::optional(ok(body)) : std::nullopt;
            },
            .after = {}};
}

Cheat put_at(std::string path, const protocol::Put& put) {
    return answer_at(std::move(path), protocol::encode(put));
}

Cheat answer_at(std::string path, const std::string& json) {
    return body_at(std::move(path), to_bytes(as_bytes(json)));
}

ChangeResponse in_put(std::function<void(protocol::Put&)> change) {
    return in_json([](std::string_view json) { return protocol::decode_put(json); },
                   [](const protocol::Put& put) { return protocol::encode(put); },
                   std::move(change));
}

ChangeResponse in_file(std::function<void(protocol::MacFile&)> change) {
    return in_json([](std::string_view json) { return protocol::decode_mac_file(json); },
                   [](const protocol::MacFile& file) { return protocol::encode(file); },
                   std::move(change));
}

}  // namespace valv::client::test
