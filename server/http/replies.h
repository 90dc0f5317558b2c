#pragma once

#include <memory>
#include <string>

#include "common/protocol/wire_error.h"
#include "server/http/call.h"

// The few shapes of replies.
namespace valv::http {

[[nodiscard]] Reply json_reply(std::string json);
[[nodiscard]] Reply octets_reply(ByteView octets);
[[nodiscard]] Reply no_content();
// Closes the connection: the rest of a body must not be read as a request.
[[nodiscard]] Reply error_reply(const Error& error);
// A body, or the range of it that the request asks for (RFC 9110 section 14: one range, If-Range by
// ETag; 206, 416).
[[nodiscard]] Reply body_reply(const Call& call, std::unique_ptr<service::BodyReader> body);

}  // namespace valv::http
