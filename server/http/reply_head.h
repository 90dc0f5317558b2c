#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/clock.h"
#include "server/http/exchange.h"
#include "server/http/security_headers.h"

namespace valv::http {

struct ReplyFrame {
    std::uint64_t body_bytes = 0;  // as announced; HEAD announces what GET would send
    bool closes = false;
    Instant now;
};

// Status line and header of a reply with its blank line: `always` (security headers and version) on
// each one, `Cache-Control: no-store` unless the reply has its own. A reply's header with a line
// end in it is our bug and aborts.
[[nodiscard]] std::string write_reply_head(const Reply& reply, const HeaderList& always,
                                           const ReplyFrame& frame);

// 204 and 304 announce no body and have none.
[[nodiscard]] bool may_have_body(int status) noexcept;

// The engine's own refusal, before any application saw the request: the wire's `malformed` under
// the status given.
[[nodiscard]] Reply refusal_reply(int status);

}  // namespace valv::http
