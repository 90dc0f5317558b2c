#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/protocol/routes.h"

namespace valv::http {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct SecurityPolicy {
    protocol::Listener listener = protocol::Listener::kStaff;
    // Public listener: the policy of the viewer page, with the hashes of its script and style.
    // Empty: nothing at all may load.
    std::string content_security_policy;
    // True when browsers reach this listener by https (the staff listener always; the public one
    // when public_url says so). A server that also speaks plain HTTP to people must not promise
    // https for two years.
    bool is_https = false;
};

// What every reply of a listener carries, errors included.
[[nodiscard]] HeaderList security_headers(const SecurityPolicy& policy);

}  // namespace valv::http
