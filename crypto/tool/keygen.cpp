#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/tool/commands.h"
#include "crypto/tool/key_reader.h"
#include "crypto/tool/refusal.h"

namespace valv::tool {
namespace {

using crypto::SecretBytes;

struct NewKey {
    std::string recipient;
    SecretBytes identity;
};

NewKey new_key(const KeygenOptions& options, RandomSource& random) {
    if (options.is_hybrid) {
        const auto key = sealed::HybridIdentity::random(random);
        return {.recipient = key.recipient_text(), .identity = key.text()};
    }
    const auto key = sealed::X25519Identity::random(random);
    return {.recipient = key.recipient_text(), .identity = key.text()};
}

// A file that is there already may be a key: it stays.
void write_new(const std::optional<std::string>& name, ByteView octets,
               Surroundings& surroundings) {
    if (!name || *name == "-") {
        return surroundings.out.write(octets);
    }
    try {
        local::create_file(*name, octets);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kConflict) {
            throw Refusal("the output is there already and stays as it is: choose another name");
        }
        throw Refusal(std::string("the output cannot be made (") + error.what() +
                      "): look at its folder");
    }
}

void write_recipients(const KeygenOptions& options, Surroundings& surroundings) {
    Inputs inputs(surroundings.in);
    Passphrases passphrases(surroundings.prompter, std::nullopt);
    std::string text;
    for (const auto& identity :
         read_identities(inputs.open(options.input, "identity file"), passphrases)) {
        text.append(identity->recipient_text()).push_back('\n');
    }
    write_new(options.output, as_bytes(text), surroundings);
}

}  // namespace

void keygen(const KeygenOptions& options, Surroundings& surroundings) {
    if (options.converts) {
        return write_recipients(options, surroundings);
    }
    const NewKey key = new_key(options, surroundings.random);
    crypto::SecretBuilder text;
    text.append("# created: " + to_text(surroundings.clock.now()) + "\n");
    text.append("# public key: " + key.recipient + "\n");
    text.append(key.identity.reveal());
    text.append("\n");
    write_new(options.output, text.take().reveal(), surroundings);
    const bool is_named = options.output && *options.output != "-";
    if (is_named || !surroundings.out.is_terminal()) {
        surroundings.notes.write(as_bytes("Public key: " + key.recipient + "\n"));
    }
}

}  // namespace valv::tool
