#include "crypto/tool/prompter.h"

namespace valv::tool {

std::optional<crypto::SecretBytes> TerminalPrompter::ask(std::string_view question) {
    return terminal_.ask(question, local::Echo::kNo);
}

}  // namespace valv::tool
