#include <iostream>
#include <string>

#include "common/protocol/keys.h"
#include "common/protocol/limits.h"
#include "common/protocol/messages.h"
#include "common/protocol/routes.h"
#include "common/protocol/wire_error.h"

// Prints server/viewer's view of the wire. The page imports this file and nothing else names a
// route, key, error or limit there.
namespace {

using namespace valv::protocol;  // NOLINT(google-build-using-namespace): one file, one purpose

void print_string(std::string_view name, std::string_view value) {
    std::cout << "    " << name << ": \"" << value << "\",\n";
}

void print_routes() {
    std::cout << "export const routes = {\n";
    print_string("page", route(RouteName::kGetPage).pattern);
    print_string("hello", route(RouteName::kLinkHello).pattern);
    print_string("open", route(RouteName::kLinkOpen).pattern);
    print_string("lease", route(RouteName::kGetLease).pattern);
    print_string("lease_receipt", route(RouteName::kGetReceipt).pattern);
    print_string("lease_package", route(RouteName::kGetPackage).pattern);
    print_string("lease_part", route(RouteName::kGetPart).pattern);
    print_string("lease_header", route(RouteName::kGetLinkHeader).pattern);
    print_string("lease_body", route(RouteName::kGetLinkBody).pattern);
    std::cout << "} as const;\n\n";
}

void print_keys() {
    std::cout << "export const keys = {\n";
    for (const std::string_view key :
         {keys::kAt, keys::kChallenge, keys::kCode, keys::kError, keys::kFile, keys::kHolder,
          keys::kId, keys::kMac, keys::kMaximum, keys::kNow, keys::kOpens, keys::kProbe,
          keys::kReason, keys::kScreenKey, keys::kSignature, keys::kState, keys::kUntil,
          keys::kVersion}) {
        print_string(key, key);
    }
    std::cout << "} as const;\n\n";
}

void print_names() {
    std::cout << "export const errors = {\n";
    for (const WireErrorKind& kind : wire_error_kinds()) {
        print_string(kind.name, kind.name);
    }
    std::cout << "} as const;\n\nexport const reasons = {\n";
    for (const EndReason reason : end_reasons()) {
        print_string(to_string(reason), to_string(reason));
    }
    std::cout << "} as const;\n\nexport const states = {\n";
    for (const HelloState state : {HelloState::kLive, HelloState::kUsedUp, HelloState::kLocked}) {
        print_string(to_string(state), to_string(state));
    }
    std::cout << "} as const;\n\n";
}

}  // namespace

int main() {
    std::cout << "// Routes, wire keys, wire names and limits of the public listener "
                 "(docs/protocol.md section 4).\n"
              << "// Printed by valv_protocol_ts from common/protocol; not to be edited.\n\n";
    print_routes();
    print_keys();
    print_names();
    std::cout << "export const limits = {\n    challenge_seconds: "
              << valv::limits::kChallengeLifetime.count()
              << ",\n    code_digits: " << valv::limits::kCodeDigits
              << ",\n    lease_minutes: " << valv::limits::kMaxLease.count()
              << ",\n    link_header_bytes: " << valv::limits::kMaxHeaderBytes
              << ",\n} as const;\n";
    return 0;
}
