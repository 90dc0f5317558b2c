#pragma once

#include "tests/tamper/scenario.h"

// Bodies of chunks, which a case and a link have alike.
namespace valv::client::test {

// Of a body at `path`; `other` is a body of the same length.
[[nodiscard]] std::vector<Scenario> body_scenarios(const std::string& path, const Bytes& genuine,
                                                   const Bytes& other, Change change);

}  // namespace valv::client::test
