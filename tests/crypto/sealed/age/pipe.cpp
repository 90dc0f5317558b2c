// What tests/vectors/interop.mjs talks to: age files from standard input to standard output.
//   age_pipe seal RECIPIENT | open IDENTITY_FILE | seal-passphrase FILE LOG2N | open-passphrase
//   FILE | digits
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "crypto/core/system_random.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/sealed/digit_code.h"

namespace valv::sealed {
namespace {

std::string contents(std::istream& in) {
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

crypto::SecretBytes secret_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return crypto::SecretBytes::from(as_bytes(contents(in)));
}

std::size_t count_digits(const std::string& text) {
    // Digits stand alone between spaces.
    return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
}

Bytes run(const std::vector<std::string>& arguments, const std::string& input) {
    crypto::SystemRandom random;
    const std::string& command = arguments.at(0);
    if (command == "seal") {
        const X25519Recipient recipient = X25519Recipient::parse(arguments.at(1));
        return seal(as_bytes(input), {&recipient}, random);
    }
    if (command == "open") {
        const X25519Identity identity =
            X25519Identity::parse(secret_file(arguments.at(1)).reveal());
        return to_bytes(open(as_bytes(input), {&identity}).reveal());
    }
    if (command == "seal-passphrase") {
        const WorkFactor work{.log2_n = static_cast<unsigned>(std::stoul(arguments.at(2)))};
        const PassphraseRecipient recipient(secret_file(arguments.at(1)), work);
        return seal(as_bytes(input), {&recipient}, random);
    }
    if (command == "open-passphrase") {
        const PassphraseIdentity identity(secret_file(arguments.at(1)));
        return to_bytes(open(as_bytes(input), {&identity}).reveal());
    }
    const std::optional<DigitCode> code =
        DigitCode::from_text(as_bytes(input), count_digits(input));
    return code ? to_bytes(code->digits().reveal()) : Bytes{};
}

}  // namespace
}  // namespace valv::sealed

int main(int count, char** arguments) {
    try {
        const std::string input = valv::sealed::contents(std::cin);
        const valv::Bytes output = valv::sealed::run({arguments + 1, arguments + count}, input);
        std::cout.write(valv::as_text(output).data(), static_cast<std::streamsize>(output.size()));
        return std::cout.flush() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
