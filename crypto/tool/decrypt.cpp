#include <algorithm>
#include <optional>

#include "crypto/sealed/age/error.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/header.h"
#include "crypto/sealed/age/parallel.h"
#include "crypto/sealed/age/stream.h"
#include "crypto/tool/age_source.h"
#include "crypto/tool/commands.h"
#include "crypto/tool/key_reader.h"
#include "crypto/tool/output.h"

namespace valv::tool {
namespace {

using sealed::AgeFailure;
using sealed::FileKey;

bool is_passphrase_stanza(const sealed::AgeStanza& stanza) {
    return stanza.arguments.front() == "scrypt";
}

// Asks when a header has passed the checks that need no passphrase.
class AskedPassphrase final : public sealed::AgeIdentity {
public:
    explicit AskedPassphrase(Passphrases& passphrases) : passphrases_(passphrases) {}
    [[nodiscard]] std::optional<FileKey> unwrap(
        std::span<const sealed::AgeStanza> stanzas) const override {
        return sealed::PassphraseIdentity(passphrases_.get("Passphrase: ")).unwrap(stanzas);
    }
    [[nodiscard]] bool is_passphrase() const noexcept override { return true; }

private:
    Passphrases& passphrases_;
};

// Finds the file key of a header with what the person has: identities or a passphrase.
class Unlocker {
public:
    Unlocker(std::vector<Input> identity_files, Passphrases passphrases)
        : identity_files_(std::move(identity_files)), passphrases_(std::move(passphrases)) {}

    // Throws AgeFailure::kHeader, kHmac, kNoMatch; Refusal for the files.
    [[nodiscard]] FileKey operator()(ByteView header) {
        const std::vector<sealed::AgeStanza> stanzas = sealed::parse_age_header(header).stanzas;
        const bool has_passphrase = std::ranges::any_of(stanzas, is_passphrase_stanza);
        if (identity_files_.empty()) {
            return open_with_passphrase(header, has_passphrase);
        }
        if (has_passphrase && stanzas.size() == 1) {
            sealed::fail(AgeFailure::kNoMatch, "it opens with a passphrase: leave out -i");
        }
        const Identities identities = read_identities(identity_files_, passphrases_);
        sealed::AgeIdentities views;
        for (const auto& identity : identities) {
            views.push_back(identity.get());
        }
        return sealed::file_key_of(header, views);
    }

private:
    FileKey open_with_passphrase(ByteView header, bool has_passphrase) {
        if (!has_passphrase) {
            sealed::fail(AgeFailure::kNoMatch, "it opens with an identity: name its file with -i");
        }
        const AskedPassphrase identity(passphrases_);
        return sealed::file_key_of(header, {&identity});
    }
    std::vector<Input> identity_files_;
    Passphrases passphrases_;
};

// Each chunk goes out when it is authenticated.
void open_stream(local::Source& in, Unlocker& unlocker, Output& output) {
    std::optional<sealed::BodyOpener> body;
    FileSplitter splitter(
        [&](ByteView header) {
            body.emplace(unlocker(header), [&](ByteView part) { output.write(part); });
        },
        [&](ByteView part) { body->push(part); });
    pump_age(in, [&](ByteView octets) { splitter.push(octets); });
    splitter.finish();
    body->finish();
}

void open_file(local::ReadableFile& in, Unlocker& unlocker, Output& output, unsigned threads) {
    const Bytes header = read_header(in);
    const FileKey file_key = unlocker(header);
    OutputWriter plaintext(output, 0);
    sealed::open_body_parallel(FileReader(in, header.size()), file_key, plaintext, threads);
}

}  // namespace

void decrypt(const DecryptOptions& options, Surroundings& surroundings) {
    Inputs inputs(surroundings.in);
    const Input input = inputs.open(options.input, "input file");
    std::vector<Input> identity_files = inputs.open_all(options.identity_files, "identity file");
    std::optional<Input> passphrase;
    if (options.passphrase_file) {
        passphrase = inputs.open(options.passphrase_file, "passphrase file");
    }
    Unlocker unlocker(std::move(identity_files), Passphrases(surroundings.prompter, passphrase));
    Output output(options.output, Content::kUnknown, inputs, surroundings.out);
    const bool has_places = input.file != nullptr && output.has_places();
    if (has_places && form_of(*input.file) == Form::kBinary) {
        open_file(*input.file, unlocker, output, threads_for(options.threads, surroundings));
    } else {
        open_stream(*input.source, unlocker, output);
    }
    output.commit();
}

}  // namespace valv::tool
