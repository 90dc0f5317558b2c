#include "crypto/tool/key_reader.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "crypto/sealed/age/armor.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/tool/refusal.h"

namespace valv::tool {
namespace {

using crypto::SecretBytes;

constexpr std::size_t kMaxPassphraseFileBytes = 64U * 1024;
constexpr std::string_view kAgeFile = "age-encryption.org/";

SecretBytes read_whole(const Input& input, std::size_t max_bytes) {
    try {
        return local::read_secret(*input.source, max_bytes);
    } catch (const Error& error) {
        throw Refusal("the " + input.role + " cannot be read (" + error.what() + ")");
    }
}

// The first line without its end.
void cut_after_first_line(SecretBytes& text) {
    const std::string_view view = as_text(text.reveal());
    std::size_t size = std::min(view.find('\n'), view.size());
    if (size > 0 && view[size - 1] == '\r') {
        --size;
    }
    text.shrink(size);
}

bool is_age_file(ByteView octets) {
    const std::string_view text = as_text(octets);
    return text.starts_with(kAgeFile) ||
           (sealed::is_armored(octets) &&
            text.find("-----BEGIN AGE ENCRYPTED FILE-----") != std::string_view::npos);
}

Bytes without_armor(ByteView octets) {
    if (!sealed::is_armored(octets)) {
        return to_bytes(octets);
    }
    Bytes file;
    sealed::ArmorReader reader([&file](ByteView part) { append(file, part); });
    reader.push(octets);
    reader.finish();
    return file;
}

bool has_passphrase(ByteView file) {
    const sealed::AgeHeader header = sealed::parse_age_header(sealed::split_file(file).header);
    return std::ranges::any_of(header.stanzas, [](const sealed::AgeStanza& stanza) {
        return stanza.arguments.front() == "scrypt";
    });
}

SecretBytes open_identity_file(ByteView octets, const std::string& role, Passphrases& passphrases) {
    const Bytes file = without_armor(octets);
    if (!has_passphrase(file)) {
        throw Refusal("the " + role + " is encrypted, and not with a passphrase: decrypt it first");
    }
    const sealed::PassphraseIdentity identity(passphrases.get("Passphrase of the " + role + ": "));
    return sealed::open(file, {&identity});
}

}  // namespace

SecretBytes Passphrases::ask(std::string_view question) {
    std::optional<SecretBytes> answer = prompter_.ask(question);
    if (!answer) {
        throw Refusal(
            "there is no terminal to ask for the passphrase at: run it in one, or use "
            "--passphrase-file");
    }
    return std::move(*answer);
}

SecretBytes Passphrases::get(std::string_view question) {
    if (!file_) {
        return ask(question);
    }
    if (!line_) {
        line_ = read_whole(*file_, kMaxPassphraseFileBytes);
        cut_after_first_line(*line_);
    }
    return line_->clone();
}

SecretBytes Passphrases::get_new() {
    SecretBytes passphrase = get("New passphrase: ");
    if (passphrase.empty()) {
        throw Refusal("an empty passphrase protects nothing: choose a long one");
    }
    if (!file_ &&
        !crypto::constant_time_equal(passphrase.reveal(), ask("The same again: ").reveal())) {
        throw Refusal("the two passphrases differ: run it again");
    }
    return passphrase;
}

Recipients read_recipients(const Input& input) {
    const SecretBytes text = read_whole(input, sealed::kMaxKeyFileBytes);
    return concerning("the " + input.role,
                      [&] { return sealed::parse_recipients_file(as_text(text.reveal())); });
}

Identities read_identities(const Input& input, Passphrases& passphrases) {
    SecretBytes text = read_whole(input, sealed::kMaxKeyFileBytes);
    return concerning("the " + input.role, [&] {
        if (is_age_file(text.reveal())) {
            text = open_identity_file(text.reveal(), input.role, passphrases);
        }
        return sealed::parse_identity_file(text.reveal());
    });
}

Identities read_identities(std::span<const Input> inputs, Passphrases& passphrases) {
    Identities all;
    for (const Input& input : inputs) {
        Identities some = read_identities(input, passphrases);
        std::ranges::move(some, std::back_inserter(all));
    }
    return all;
}

}  // namespace valv::tool
