#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/casework/record.h"

// Collects what is refused (docs/casework.md 3.5): every reason, up to a hundred.
namespace valv::casework {

constexpr std::size_t kMaxRefusals = 100;

class Refusing {
public:
    void refuse(std::string_view code, std::string path, std::string_view sentence);
    [[nodiscard]] bool is_full() const { return list_.size() >= kMaxRefusals; }
    // Nothing at this path, below it or above it has been refused so far.
    [[nodiscard]] bool is_sound(std::string_view path) const;
    [[nodiscard]] const std::vector<Refusal>& list() const { return list_; }
    [[nodiscard]] std::vector<Refusal> take() { return std::move(list_); }

private:
    std::vector<Refusal> list_;
};

// JSON Pointer (RFC 6901): the parent's pointer, one step down.
[[nodiscard]] std::string step(std::string_view parent, std::string_view key);
[[nodiscard]] std::string step(std::string_view parent, std::size_t index);

}  // namespace valv::casework
