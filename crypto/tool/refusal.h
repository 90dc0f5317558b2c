#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "common/base/error.h"

namespace valv::tool {

// Why a command did not do its work, as a sentence for the person: exit code 1. A sentence names
// what is at fault by its role (`identity file 2`), never by what was typed: a secret may have been
// typed there.
class Refusal : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The command line says nothing that can be done: exit code 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// What stands on standard error after `resvalv-age: `. For the classes of an age file's failures
// `header failure: …`, `HMAC failure: …`, `no match: …`, `payload failure: …`, `armor failure: …`.
[[nodiscard]] std::string failure_sentence(const Error& error);

// `role` with what is wrong with it.
[[nodiscard]] std::string complaint_about(const std::string& role, const Error& error);

// Runs `action`; its errors become refusals about `role`. What the cryptographic library lacks
// stays an Error.
template <typename Action>
auto concerning(const std::string& role, Action&& action) {
    try {
        return std::forward<Action>(action)();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kUnsupported) {
            throw;
        }
        throw Refusal(complaint_about(role, error));
    }
}

}  // namespace valv::tool
