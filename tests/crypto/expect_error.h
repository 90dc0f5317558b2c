#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace valv::test {

// The code and name of the Error that `action` throws; `nothing` when it throws none.
template <typename Action>
std::string error_of(Action&& action) {
    try {
        std::forward<Action>(action)();
    } catch (const Error& error) {
        const std::string code(to_string(error.code()));
        return error.name().empty() ? code : code + " " + error.name();
    }
    return "nothing";
}

}  // namespace valv::test
