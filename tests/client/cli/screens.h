#pragma once

#include <deque>
#include <string>
#include <vector>

#include "client/cli/prompter.h"
#include "client/cli/sentences.h"
#include "crypto/local/screen.h"

namespace valv::cli::test {

class TextScreen final : public local::Screen {
public:
    explicit TextScreen(bool is_terminal = false) : is_terminal_(is_terminal) {}
    void write(ByteView octets) override { text += as_text(octets); }
    [[nodiscard]] bool is_terminal() const override { return is_terminal_; }
    std::string text;

private:
    bool is_terminal_;
};

// Answers in order; without answers there is nobody to ask.
class ScriptedPrompter final : public Prompter {
public:
    [[nodiscard]] bool can_ask() override { return !answers.empty(); }
    [[nodiscard]] crypto::SecretBytes ask(std::string_view question, local::Echo echo) override {
        if (answers.empty()) {
            throw UsageError(Usage::kNobodyToAsk);
        }
        asked.emplace_back(question);
        echoes.push_back(echo);
        const std::string answer = answers.front();
        answers.pop_front();
        return crypto::SecretBytes::from(as_bytes(answer));
    }
    void tell(std::string_view text) override { told += std::string(text) + "\n"; }
    std::deque<std::string> answers;
    std::vector<std::string> asked;
    std::vector<local::Echo> echoes;
    std::string told;
};

}  // namespace valv::cli::test
