#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/lib/transport.h"
#include "common/protocol/messages.h"

// A server that cheats: it stands between the real client and the real server and changes what the
// server answers, or answers itself.
namespace valv::client::test {

struct Cheat {
    // An answer of its own: the call never reaches the server. Nothing: it does.
    std::function<std::optional<Response>(const Call&)> instead;
    // Changes the answer, or throws kNetwork: it never comes.
    std::function<void(const Call&, Response&)> after;
};

class CheatingNetwork final : public Network {
public:
    explicit CheatingNetwork(Network& honest) : honest_(honest) {}
    [[nodiscard]] std::unique_ptr<Transport> to_staff(const StaffAddress& address,
                                                      DeviceCredentials credentials) override;
    [[nodiscard]] std::unique_ptr<Transport> to_links(const std::string& origin) override;
    Cheat cheat;  // none: honest

private:
    Network& honest_;  // outlives this
};

// ---- how a cheat is made ----

using ChangeResponse = std::function<void(Response&)>;

// Changes answers to calls of this path.
[[nodiscard]] Cheat at(std::string path, ChangeResponse change);
// Both; the first one's own answer wins.
[[nodiscard]] Cheat both(Cheat one, Cheat other);
// The call is never answered: kNetwork.
[[nodiscard]] Cheat silent_at(std::string path);
[[nodiscard]] Cheat absent_at(std::string path);
// The body that another call got.
[[nodiscard]] Cheat body_at(std::string path, Bytes body);
[[nodiscard]] Cheat put_at(std::string path, const protocol::Put& put);
// An answer of its own, also where the server has nothing.
[[nodiscard]] Cheat answer_at(std::string path, const std::string& json);

[[nodiscard]] ChangeResponse in_put(std::function<void(protocol::Put&)> change);
[[nodiscard]] ChangeResponse in_file(std::function<void(protocol::MacFile&)> change);

// A JSON answer, decoded, changed, encoded.
template <typename Decode, typename Encode, typename Change>
[[nodiscard]] ChangeResponse in_json(Decode decode, Encode encode, Change change) {
    return [=](Response& response) {
        auto message = decode(response.text());
        change(message);
        response.body = to_bytes(as_bytes(encode(message)));
    };
}

}  // namespace valv::client::test
