#include "server/http/handlers.h"

namespace valv::http {
namespace {

using protocol::RouteName;
using service::Services;

Reply hello(const Call& /*call*/, std::string_view body, Services& services) {
    return json_reply(encode(services.leases.hello(protocol::decode_hello(body))));
}
Reply open_link(const Call& call, std::string_view body, Services& services) {
    return json_reply(
        encode(services.leases.open(protocol::decode_open(body), call.head().client_address)));
}
Reply get_lease(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.leases.lease(call.bearer())));
}
Reply get_receipt(const Call& call, std::string_view /*body*/, Services& services) {
    return octets_reply(services.leases.receipt(call.bearer()));
}
Reply get_package(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.leases.package(call.bearer())));
}
Reply get_part(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.leases.part(call.bearer(), call.number(0))));
}
Reply get_header(const Call& call, std::string_view /*body*/, Services& services) {
    return octets_reply(services.leases.header(call.bearer(), call.number(0)));
}
Reply get_body(const Call& call, std::string_view /*body*/, Services& services) {
    return body_reply(call, services.leases.body(call.bearer(), call.number(0)));
}

}  // namespace

Handler public_handler(RouteName name) noexcept {
    struct Row {
        RouteName name;
        Handler handler;
    };
    constexpr Row kRows[] = {
        {RouteName::kLinkHello, hello},          {RouteName::kLinkOpen, open_link},
        {RouteName::kGetLease, get_lease},       {RouteName::kGetReceipt, get_receipt},
        {RouteName::kGetPackage, get_package},   {RouteName::kGetPart, get_part},
        {RouteName::kGetLinkHeader, get_header}, {RouteName::kGetLinkBody, get_body},
    };
    for (const Row& row : kRows) {
        if (row.name == name) {
            return row.handler;
        }
    }
    return nullptr;
}

}  // namespace valv::http
