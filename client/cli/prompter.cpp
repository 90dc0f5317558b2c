#include "client/cli/prompter.h"

#include <optional>
#include <utility>

#include "client/cli/sentences.h"
#include "client/cli/text_width.h"

namespace valv::cli {

crypto::SecretBytes TerminalPrompter::ask(std::string_view question, local::Echo echo) {
    std::optional<crypto::SecretBytes> answer = terminal_.ask(shown(question), echo);
    if (!answer) {
        throw UsageError(Usage::kNobodyToAsk);
    }
    return std::move(*answer);
}

void TerminalPrompter::tell(std::string_view text) {
    terminal_.tell(shown(text) + "\n");
}

}  // namespace valv::cli
