#pragma once

#include <string>
#include <vector>

namespace valv::http::testing {

// Headers that must be refused, with the status (after the ids of Http11Probe and RFC 9112).
// Whatever follows one of them on the connection must not be run.
struct HeadVector {
    std::string name;
    std::string octets;
    int status;
};

[[nodiscard]] std::vector<HeadVector> refused_heads();

}  // namespace valv::http::testing
