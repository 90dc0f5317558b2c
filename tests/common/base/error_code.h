#pragma once

#include <optional>
#include <utility>

#include "common/base/error.h"

namespace valv::test {

// The code of the Error that `action` throws, or nothing.
template <typename Action>
std::optional<ErrorCode> code_of(Action&& action) {
    try {
        std::forward<Action>(action)();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

}  // namespace valv::test
