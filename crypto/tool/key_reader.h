#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/identity.h"
#include "crypto/sealed/age/key_text.h"
#include "crypto/tool/inputs.h"
#include "crypto/tool/prompter.h"

namespace valv::tool {

using Recipients = std::vector<std::unique_ptr<sealed::AgeRecipient>>;
using Identities = std::vector<std::unique_ptr<sealed::KeyIdentity>>;

// Where passphrases come from: the file that was named, else the terminal.
class Passphrases {
public:
    Passphrases(Prompter& prompter, std::optional<Input> file)
        : prompter_(prompter), file_(std::move(file)) {}
    // Of something that exists. Throws Refusal when nobody can be asked.
    [[nodiscard]] crypto::SecretBytes get(std::string_view question);
    // For a new file: asked twice at the terminal. Throws Refusal for an empty one.
    [[nodiscard]] crypto::SecretBytes get_new();

private:
    [[nodiscard]] crypto::SecretBytes ask(std::string_view question);
    Prompter& prompter_;
    std::optional<Input> file_;
    std::optional<crypto::SecretBytes> line_;  // of file_, once it was read
};

// All throw Refusal with the input's role and the number of a line, never its text.
[[nodiscard]] Recipients read_recipients(const Input& input);
// A file that is itself an age file is opened with its passphrase first.
[[nodiscard]] Identities read_identities(const Input& input, Passphrases& passphrases);
[[nodiscard]] Identities read_identities(std::span<const Input> inputs, Passphrases& passphrases);

}  // namespace valv::tool
