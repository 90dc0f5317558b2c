#include "server/service/once.h"

#include "common/base/error.h"
#include "common/protocol/limits.h"

namespace valv::service {

std::optional<std::string> find_earlier_reply(store::Tx& tx, const Once& once, Instant now) {
    if (!once.key) {
        return std::nullopt;
    }
    std::optional<store::RequestRow> row = tx.requests().find(*once.key, once.principal, now);
    if (!row) {
        return std::nullopt;
    }
    if (row->body_sha256 != once.body_sha256) {
        throw Error(ErrorCode::kKeyReused, "once: the key came with another body");
    }
    return std::move(row->reply);
}

void remember_reply(store::Tx& tx, const Once& once, const std::string& reply, Instant now) {
    if (once.key) {
        tx.requests().insert({.key = *once.key,
                              .principal = once.principal,
                              .body_sha256 = once.body_sha256,
                              .reply = reply,
                              .expires_at = now + limits::kRequestKeyLifetime});
    }
}

}  // namespace valv::service
