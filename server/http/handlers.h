#pragma once

#include <memory>
#include <string_view>

#include "server/http/replies.h"

// The handlers: decode, one service call, encode. They throw Error; the dispatcher turns it into
// the reply.
namespace valv::http {

using Handler = Reply (*)(const Call& call, std::string_view body, service::Services& services);

// The handler of a staff (public) route. kAppendUpload has none: its body goes to begin_append
// piece by piece.
[[nodiscard]] Handler staff_handler(protocol::RouteName name) noexcept;
[[nodiscard]] Handler public_handler(protocol::RouteName name) noexcept;
[[nodiscard]] std::unique_ptr<service::PieceSink> begin_append(const Call& call,
                                                               service::Services& services);
[[nodiscard]] Reply append_reply(std::uint64_t offset);

}  // namespace valv::http
