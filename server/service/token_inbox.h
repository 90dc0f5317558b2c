#pragma once

#include <vector>

#include "common/base/clock.h"
#include "crypto/core/hash.h"

namespace valv::service {

struct PendingToken {
    crypto::Hash sha256{};
    Instant expires_at;
};

// Vault tokens that the operator made beside the running server. Callable from any thread.
class TokenInbox {
public:
    virtual ~TokenInbox() = default;
    // What waits; asked before each claim, so that a token works at once.
    [[nodiscard]] virtual std::vector<PendingToken> list() = 0;
    // The token is in the store now.
    virtual void remove(const crypto::Hash& sha256) = 0;
};

}  // namespace valv::service
