#pragma once

#include <optional>
#include <string>

#include "common/base/ids.h"
#include "crypto/core/hash.h"
#include "server/store/store.h"

namespace valv::service {

// An idempotency key as it came with a call: the same key, caller, route and body gives the first
// reply again.
struct Once {
    std::optional<RequestKey> key;  // absent: the call runs
    std::string principal;          // who, and which route
    crypto::Hash body_sha256{};
};

// The reply that this call got before. Throws kKeyReused when its body was another.
[[nodiscard]] std::optional<std::string> find_earlier_reply(store::Tx& tx, const Once& once,
                                                            Instant now);
void remember_reply(store::Tx& tx, const Once& once, const std::string& reply, Instant now);

// Runs `fn(tx) -> std::string` unless the call was answered before; all in the caller's
// transaction.
template <typename Fn>
std::string run_once(store::Tx& tx, const Once& once, Instant now, Fn fn) {
    if (std::optional<std::string> earlier = find_earlier_reply(tx, once, now)) {
        return std::move(*earlier);
    }
    std::string reply = fn(tx);
    remember_reply(tx, once, reply, now);
    return reply;
}

}  // namespace valv::service
