#include <algorithm>
#include <iterator>

#include "crypto/sealed/age/armor.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/parallel.h"
#include "crypto/sealed/age/stream.h"
#include "crypto/tool/age_source.h"
#include "crypto/tool/commands.h"
#include "crypto/tool/key_reader.h"
#include "crypto/tool/output.h"
#include "crypto/tool/refusal.h"

namespace valv::tool {
namespace {

using sealed::FileKey;

struct KeyInputs {
    std::vector<Input> recipients;
    std::vector<Input> identities;
    std::optional<Input> passphrase;
};

KeyInputs open_keys(const EncryptOptions& options, Inputs& inputs) {
    KeyInputs keys{.recipients = inputs.open_all(options.recipient_files, "recipients file"),
                   .identities = inputs.open_all(options.identity_files, "identity file"),
                   .passphrase = std::nullopt};
    if (options.passphrase_file) {
        keys.passphrase = inputs.open(options.passphrase_file, "passphrase file");
    }
    return keys;
}

Recipients from_words(const std::vector<std::string>& words) {
    Recipients recipients;
    for (const std::string& word : words) {
        const std::string role = "recipient " + std::to_string(recipients.size() + 1) + " (-r)";
        recipients.push_back(concerning(role, [&] { return sealed::parse_recipient(word); }));
    }
    return recipients;
}

// Of -r, -R and -i.
Recipients read_all_recipients(const EncryptOptions& options, const KeyInputs& keys,
                               Prompter& prompter) {
    Recipients recipients = from_words(options.recipients);
    for (const Input& input : keys.recipients) {
        std::ranges::move(read_recipients(input), std::back_inserter(recipients));
    }
    Passphrases passphrases(prompter, std::nullopt);  // the other passphrase is the new file's
    for (const auto& identity : read_identities(keys.identities, passphrases)) {
        recipients.push_back(sealed::parse_recipient(identity->recipient_text()));
    }
    if (recipients.size() > sealed::kMaxAgeStanzas) {
        throw Refusal("a file has at most 1024 recipients: encrypt it more than once");
    }
    return recipients;
}

bool wants_passphrase(const EncryptOptions& options) {
    return options.asks_passphrase || options.passphrase_file;
}

void check_mixture(const EncryptOptions& options) {
    const bool has_keys = !options.recipients.empty() || !options.recipient_files.empty() ||
                          !options.identity_files.empty();
    if (wants_passphrase(options) && has_keys) {
        throw Refusal("a passphrase cannot stand beside recipients: use one or the other");
    }
}

sealed::AgeRecipients views_of(const Recipients& recipients) {
    sealed::AgeRecipients views;
    for (const auto& recipient : recipients) {
        views.push_back(recipient.get());
    }
    return views;
}

// What is sealed, for whom, and where it goes.
struct Sealing {
    const Input& input;
    const FileKey& file_key;
    const sealed::DetachedHeader& header;
    Output& output;
    RandomSource& random;
};

void seal_stream(const Sealing& sealing, const sealed::ByteSink& sink) {
    sink(sealing.header.octets());
    sealed::BodySealer sealer(sealing.file_key, sealing.random, sink);
    pump(*sealing.input.source, [&](ByteView piece) { sealer.push(piece); });
    sealer.finish();
}

void seal_armored(const Sealing& sealing) {
    sealed::ArmorWriter armor([&](ByteView text) { sealing.output.write(text); });
    seal_stream(sealing, [&](ByteView part) { armor.push(part); });
    armor.finish();
}

void seal_file(const Sealing& sealing, unsigned threads) {
    sealing.output.write(sealing.header.octets());
    OutputWriter body(sealing.output, sealing.header.octets().size());
    sealed::seal_body_parallel(FileReader(*sealing.input.file, 0), sealing.file_key, sealing.random,
                               body, threads);
}

// Files of the kernel say that they are empty and are not: those are read to their end.
bool has_known_size(const Input& input) {
    return input.file != nullptr && input.file->size() > 0;
}

void seal(const Sealing& sealing, const EncryptOptions& options, unsigned threads) {
    if (options.has_armor) {
        seal_armored(sealing);
    } else if (sealing.output.has_places() && has_known_size(sealing.input)) {
        seal_file(sealing, threads);
    } else {
        seal_stream(sealing, [&](ByteView part) { sealing.output.write(part); });
    }
}

}  // namespace

unsigned threads_for(unsigned asked, const Surroundings& surroundings) noexcept {
    return std::clamp(asked == 0 ? surroundings.cores : asked, 1U, kMaxThreads);
}

void encrypt(const EncryptOptions& options, Surroundings& surroundings) {
    check_mixture(options);
    Inputs inputs(surroundings.in);
    const Input input = inputs.open(options.input, "input file");
    const KeyInputs keys = open_keys(options, inputs);
    Output output(options.output, options.has_armor ? Content::kText : Content::kBinary, inputs,
                  surroundings.out);
    Recipients recipients = read_all_recipients(options, keys, surroundings.prompter);
    if (wants_passphrase(options)) {
        Passphrases passphrases(surroundings.prompter, keys.passphrase);
        recipients.push_back(std::make_unique<sealed::PassphraseRecipient>(passphrases.get_new(),
                                                                           surroundings.work));
    }
    const FileKey file_key = FileKey::random(surroundings.random);
    const auto header =
        sealed::DetachedHeader::wrap(file_key, views_of(recipients), surroundings.random);
    seal({.input = input,
          .file_key = file_key,
          .header = header,
          .output = output,
          .random = surroundings.random},
         options, threads_for(options.threads, surroundings));
    output.commit();
}

}  // namespace valv::tool
