#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/ids.h"

// The object of a directory note, opened (docs/formats.md section 3): who the vault and its people
// are.
namespace valv::client {

struct StaffName {
    PersonId person;
    std::string name;
    friend bool operator==(const StaffName&, const StaffName&) = default;
};
struct Names {
    std::string vault;
    std::vector<StaffName> people;
    friend bool operator==(const Names&, const Names&) = default;
    // Empty when nobody has this id.
    [[nodiscard]] std::string name_of(const PersonId& person) const;
    void set_name(const PersonId& person, std::string name);
};

// Plaintext: JSON. The decoder throws kMalformed.
[[nodiscard]] std::string encode_names(const Names& names);
[[nodiscard]] Names decode_names(std::string_view json);

}  // namespace valv::client
