#include "client/lib/transport.h"

#include <algorithm>
#include <utility>

#include "client/lib/errors.h"
#include "common/protocol/wire_error.h"

namespace valv::client {
namespace {

constexpr int kServerFault = 500;

ErrorCode code_of(const protocol::WireError& wire) {
    const auto kinds = protocol::wire_error_kinds();
    const auto found = std::ranges::find(kinds, wire.name, &protocol::WireErrorKind::name);
    // A name that we do not know comes from a newer server: its own fixed sentence still says what
    // it means.
    return found == kinds.end() ? ErrorCode::kUnavailable : found->code;
}

std::optional<protocol::EndReason> reason_of(const protocol::WireError& wire) {
    for (const protocol::EndReason reason : protocol::end_reasons()) {
        if (wire.reason == to_string(reason)) {
            return reason;
        }
    }
    return std::nullopt;
}

[[noreturn]] void throw_wire_error(const protocol::WireError& wire) {
    const ErrorCode code = code_of(wire);
    const std::string text = "server: " + wire.message;
    if (wire.reason || wire.at || wire.head || wire.maximum) {
        throw protocol::Refusal(
            code, text,
            {.reason = reason_of(wire), .at = wire.at, .head = wire.head, .maximum = wire.maximum});
    }
    throw Error(code, text, wire.path.value_or(std::string()));
}

}  // namespace

Call call_to(protocol::RouteName route, std::initializer_list<std::string_view> values) {
    Call call;
    call.route = route;
    call.path = protocol::path_of(route, values);
    return call;
}

Response expect(Response response) {
    if (response.succeeded()) {
        return response;
    }
    protocol::WireError wire;
    try {
        wire = protocol::decode_wire_error(response.text());
    } catch (const Error&) {
        // A proxy's page, or a HEAD, which has no body.
        const std::string text = "server answered " + std::to_string(response.status);
        if (response.status == 404) {
            throw Error(ErrorCode::kNotFound, text);
        }
        throw Error(response.status >= kServerFault ? ErrorCode::kUnavailable : ErrorCode::kNetwork,
                    text);
    }
    throw_wire_error(wire);
}

Response ask(Transport& transport, const Call& call) {
    try {
        return expect(transport.call(call));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::kNetwork || !call.key) {
            throw;
        }
    }
    return expect(transport.call(call));  // the same key: the server acts once
}

}  // namespace valv::client
