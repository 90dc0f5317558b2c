#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "client/cli/sentences.h"
#include "client/cli/session.h"
#include "common/base/utf8.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

constexpr std::size_t kMaxSecretLineBytes = 8192;
constexpr std::size_t kMinPassphraseCharacters = 15;
constexpr std::size_t kMaxPassphraseCharacters = 1024;
constexpr std::string_view kYesWords = "--yes-words";

crypto::SecretBytes read_all(int descriptor) {
    crypto::SecretBytes line(kMaxSecretLineBytes);
    std::size_t used = 0;
    while (true) {
        const std::span<std::uint8_t> room = line.reveal_for_writing().subspan(used);
        const ssize_t got = room.empty() ? 0 : ::read(descriptor, room.data(), room.size());
        if (got < 0 && errno != EINTR) {
            throw Error(ErrorCode::kIo, "secret file: read");
        }
        if (room.empty()) {
            throw Error(ErrorCode::kTooLarge, "secret file: longer than any right one");
        }
        if (got == 0) {
            break;
        }
        used += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    line.shrink(used);
    return line;
}

void cut_after_first_line(crypto::SecretBytes& text) {
    const std::string_view all = as_text(text.reveal());
    std::size_t end = std::min(all.find('\n'), all.size());
    while (end > 0 && all[end - 1] == '\r') {
        --end;
    }
    text.shrink(end);
}

void check_new_passphrase(const crypto::SecretBytes& passphrase) {
    const std::string_view text = as_text(passphrase.reveal());
    const std::size_t characters = is_utf8(text) ? code_point_count(text) : 0;
    if (characters < kMinPassphraseCharacters || characters > kMaxPassphraseCharacters) {
        throw UsageError(Usage::kShortPassphrase);
    }
}

// Lower case, one blank between.
std::string plain_words(std::string_view text) {
    std::string words;
    for (const char letter : text) {
        const auto octet = static_cast<unsigned char>(letter);
        if (std::isalpha(octet) != 0) {
            words += static_cast<char>(std::tolower(octet));
        } else if (!words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    while (words.ends_with(' ')) {
        words.pop_back();
    }
    return words;
}

}  // namespace

crypto::SecretBytes read_secret_line(const std::string& file) {
    return during(Situation::kSecretFile, [&] {
        const local::FileHandle handle(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
        if (!handle.is_open()) {
            throw Error(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                        "secret file: open");
        }
        crypto::SecretBytes line = read_all(handle.get());
        cut_after_first_line(line);
        return line;
    });
}

crypto::SecretBytes ask_passphrase(Context& context) {
    if (context.passphrase_file) {
        return read_secret_line(context.passphrase_file->string());
    }
    return context.prompter.ask("Passphrase: ", local::Echo::kNo);
}

crypto::SecretBytes ask_new_passphrase(Context& context) {
    if (context.passphrase_file) {
        crypto::SecretBytes passphrase = read_secret_line(context.passphrase_file->string());
        check_new_passphrase(passphrase);
        return passphrase;
    }
    crypto::SecretBytes first = context.prompter.ask(
        "New passphrase for this device (15 characters or more; nobody can reset it): ",
        local::Echo::kNo);
    check_new_passphrase(first);
    const crypto::SecretBytes second = context.prompter.ask("The same again: ", local::Echo::kNo);
    if (!crypto::constant_time_equal(first.reveal(), second.reveal())) {
        throw UsageError(Usage::kAnswersDiffer);
    }
    return first;
}

crypto::SecretBytes secret_from(Context& context, const Arguments& arguments,
                                std::string_view option, std::string_view question,
                                local::Echo echo) {
    if (const auto file = arguments.text_if(option)) {
        return read_secret_line(*file);
    }
    return context.prompter.ask(question, echo);
}

std::string text_from(Context& context, const Arguments& arguments, std::string_view option,
                      std::string_view question) {
    std::string text;
    if (const auto given = arguments.text_if(option)) {
        text = *given;
    } else if (context.prompter.can_ask()) {
        text = as_text(context.prompter.ask(question, local::Echo::kYes).reveal());
    } else {
        throw UsageError(Usage::kMissing, std::string(option));
    }
    if (text.empty()) {
        throw UsageError(Usage::kEmptyAnswer, std::string(option));
    }
    return text;
}

bool is_confirmed(Context& context, std::string_view question) {
    const crypto::SecretBytes answer =
        context.prompter.ask(std::string(question) + " [y/N] ", local::Echo::kYes);
    const std::string text = plain_words(as_text(answer.reveal()));
    constexpr std::array<std::string_view, 4> kYes{"y", "yes", "j", "ja"};
    return std::ranges::find(kYes, text) != kYes.end();
}

bool do_words_agree(Context& context, const Arguments& arguments, const std::string& words,
                    std::string_view question) {
    if (!arguments.has(kYesWords)) {
        return is_confirmed(context, question);
    }
    return std::ranges::any_of(arguments.list(kYesWords), [&](const std::string& given) {
        return plain_words(given) == plain_words(words);
    });
}

Stopped words_refused(const Arguments& arguments) {
    return Stopped(arguments.has(kYesWords) ? Stop::kWordsDiffer : Stop::kDeclined);
}

}  // namespace valv::cli
