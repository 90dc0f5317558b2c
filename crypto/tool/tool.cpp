#include "crypto/tool/tool.h"

#include <exception>
#include <new>
#include <variant>

#include "crypto/tool/command_line.h"
#include "crypto/tool/commands.h"
#include "crypto/tool/refusal.h"

namespace valv::tool {
namespace {

struct Runner {
    Surroundings& surroundings;
    void operator()(const KeygenOptions& options) const { keygen(options, surroundings); }
    void operator()(const EncryptOptions& options) const { encrypt(options, surroundings); }
    void operator()(const DecryptOptions& options) const { decrypt(options, surroundings); }
    void operator()(const InspectOptions& options) const { inspect(options, surroundings); }
    void operator()(const ShownText& shown) const { surroundings.out.write(as_bytes(shown.text)); }
};

struct Failure {
    int exit_code = kFailed;
    std::string sentence;
};

// Of the exception that is being handled.
Failure current_failure() {
    try {
        throw;
    } catch (const UsageError& error) {
        return {.exit_code = kWrongUsage, .sentence = std::string(error.what()) + " (see --help)"};
    } catch (const Refusal& refusal) {
        return {.sentence = refusal.what()};
    } catch (const Error& error) {
        return {.sentence = failure_sentence(error)};
    } catch (const std::bad_alloc&) {
        return {.sentence =
                    "there is not enough memory (a passphrase takes up to 1 GiB): close "
                    "other programs"};
    } catch (const std::exception&) {  // its text may hold what was typed
        return {.sentence =
                    "it failed for a reason it does not know: this is a fault of the "
                    "program, please report it"};
    }
}

}  // namespace

int run(const std::vector<std::string>& words, Surroundings& surroundings) noexcept {
    try {
        std::visit(Runner{surroundings}, parse_command_line(words));
        return kDone;
    } catch (...) {  // the program's one: everything becomes a line and an exit code
        const Failure failure = current_failure();
        try {
            surroundings.notes.write(as_bytes("resvalv-age: " + failure.sentence + "\n"));
        } catch (const Error&) {
            // Standard error is gone: the exit code is all that is left to say it with.
        }
        return failure.exit_code;
    }
}

}  // namespace valv::tool
