#pragma once

#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/base/bytes.h"
#include "common/base/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"

namespace valv::test {

using Json = nlohmann::json;

// The vectors of tests/vectors/<name>.json, which check.mjs computes on @noble. ctest runs in the
// repository's root.
[[nodiscard]] inline Json vectors(const std::string& name) {
    std::ifstream in("tests/vectors/" + name + ".json");
    EXPECT_TRUE(in.good()) << "run in the repository's root";
    Json all = Json::parse(in);
    EXPECT_FALSE(all.empty());
    return all;
}

// Json does not compare with a string on its left where the compiler knows P2468 (g++ 13 and
// newer).
[[nodiscard]] inline std::string text_of(const Json& field) {
    return field.get<std::string>();
}
[[nodiscard]] inline Bytes octets(const Json& field) {
    return from_hex(field.get<std::string>());
}
[[nodiscard]] inline crypto::Hash hash(const Json& field) {
    return crypto::hash_from(octets(field));
}
[[nodiscard]] inline crypto::SecretBytes secret(const Json& field) {
    return crypto::SecretBytes::from(octets(field));
}
template <typename Id>
[[nodiscard]] Id id(const Json& field) {
    return Id::from_bytes(octets(field));
}
template <typename Id>
[[nodiscard]] std::vector<Id> ids(const Json& field) {
    std::vector<Id> all;
    for (const Json& one : field) {
        all.push_back(id<Id>(one));
    }
    return all;
}

// The text of secrets, for comparing in tests only.
[[nodiscard]] inline std::string shown(const crypto::SecretBytes& secret) {
    return std::string(as_text(secret.reveal()));
}

}  // namespace valv::test
