#pragma once

#include <optional>
#include <string_view>

#include "crypto/core/secret_bytes.h"

namespace valv::local {

enum class Echo { kNo, kYes };

// The controlling terminal, or standard input and error where these are a terminal. Restores the
// echo on every exit, signals included. Used from one thread.
class Terminal {
public:
    Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal();
    // Is there anybody?
    [[nodiscard]] bool can_ask() const noexcept { return input_ >= 0; }
    // One line without its end, empty for an empty line. Nothing at the end of input, and when
    // nobody can be asked. The question is shown as it is.
    [[nodiscard]] std::optional<crypto::SecretBytes> ask(std::string_view question, Echo echo);
    // On the terminal, beside the questions. Nothing where there is none.
    void tell(std::string_view text) const;
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

}  // namespace valv::local
