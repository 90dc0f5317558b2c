#pragma once

#include <string_view>

#include "crypto/core/secret_bytes.h"

namespace valv::cli {

enum class Echo { kNo, kYes };

// Who answers questions. Tests answer from a script.
class Prompter {
public:
    virtual ~Prompter() = default;
    // Is there anybody?
    [[nodiscard]] virtual bool can_ask() = 0;
    // One line without its end. Empty for an empty line; at the end of input and when nobody can be
    // asked: a UsageError (sentences.h).
    [[nodiscard]] virtual crypto::SecretBytes ask(std::string_view question, Echo echo) = 0;
    // On the terminal, beside the questions; not part of the answer of a command.
    virtual void tell(std::string_view text) = 0;
};

// The controlling terminal, or standard input and error where these are a terminal. Restores the
// echo on every exit, signals included. Used from one thread.
class Terminal final : public Prompter {
public:
    Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() override;
    [[nodiscard]] bool can_ask() override { return input_ >= 0; }
    [[nodiscard]] crypto::SecretBytes ask(std::string_view question, Echo echo) override;
    void tell(std::string_view text) override;
    struct LineRead {
        crypto::SecretBytes line;
        bool is_at_end = false;
        int signal = 0;  // that came instead
    };

private:
    [[nodiscard]] LineRead ask_once(std::string_view question, Echo echo) const;
    void write(std::string_view text) const;
    int input_ = -1;
    int output_ = -1;
    bool is_own_ = false;  // /dev/tty, opened here
};

}  // namespace valv::cli
