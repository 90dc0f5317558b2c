#pragma once

#include <optional>
#include <string_view>

#include "crypto/core/secret_bytes.h"
#include "crypto/local/terminal.h"

namespace valv::tool {

// Who knows passphrases. Tests answer from a script.
class Prompter {
public:
    virtual ~Prompter() = default;
    // One line without its end, not shown while it is typed. Nothing when nobody can be asked.
    [[nodiscard]] virtual std::optional<crypto::SecretBytes> ask(std::string_view question) = 0;
};

class TerminalPrompter final : public Prompter {
public:
    explicit TerminalPrompter(local::Terminal& terminal) : terminal_(terminal) {}
    [[nodiscard]] std::optional<crypto::SecretBytes> ask(std::string_view question) override;

private:
    local::Terminal& terminal_;  // main's
};

}  // namespace valv::tool
