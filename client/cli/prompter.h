#pragma once

#include <string_view>

#include "crypto/core/secret_bytes.h"
#include "crypto/local/terminal.h"

namespace valv::cli {

// Who answers questions. Tests answer from a script.
class Prompter {
public:
    virtual ~Prompter() = default;
    // Is there anybody?
    [[nodiscard]] virtual bool can_ask() = 0;
    // One line without its end. Empty for an empty line; at the end of input and when nobody can be
    // asked: a UsageError (sentences.h).
    [[nodiscard]] virtual crypto::SecretBytes ask(std::string_view question, local::Echo echo) = 0;
    // On the terminal, beside the questions; not part of the answer of a command.
    virtual void tell(std::string_view text) = 0;
};

// Asks at the terminal, and shows nothing there that could steer it.
class TerminalPrompter final : public Prompter {
public:
    explicit TerminalPrompter(local::Terminal& terminal) : terminal_(terminal) {}
    [[nodiscard]] bool can_ask() override { return terminal_.can_ask(); }
    [[nodiscard]] crypto::SecretBytes ask(std::string_view question, local::Echo echo) override;
    void tell(std::string_view text) override;

private:
    local::Terminal& terminal_;  // main's
};

}  // namespace valv::cli
