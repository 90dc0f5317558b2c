#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "client/cli/text_width.h"
#include "common/protocol/json.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/local/screen.h"

namespace valv::cli {

enum class Format { kText, kJson };
enum class Colour { kNo, kYes };
enum class Tone { kPlain, kBold, kGood, kWarning, kBad };

// A secret on its way to the screen, under its JSON key. Its octets need no escaping (URL, digits).
struct ShownSecret {
    std::string_view key;
    const crypto::SecretBytes& value;
};

// What a command says: text for people, or one line of JSON for scripts, never both. Everything
// passes shown(). Used from one thread.
class Output {
public:
    Output(local::Screen& out, local::Screen& notes, Format format, Colour colour);
    [[nodiscard]] bool is_json() const noexcept { return format_ == Format::kJson; }

    // People only; nothing in JSON.
    void line(std::string_view text = {}, Tone tone = Tone::kPlain);
    void table(const Table& table);
    void text(std::string_view text);  // as it is, its own line feeds
    void secret_line(std::string_view label, const crypto::SecretBytes& secret);
    // Scripts only; nothing in text. Once a command.
    void json(protocol::JsonWriter object);
    void json_text(std::string_view json);
    // Either: the caller chose the form.
    void answer(std::string_view text);
    void json_with_secrets(protocol::JsonWriter object, std::initializer_list<ShownSecret> secrets);

    // On standard error: what is not the answer (hints, errors for people).
    void note(std::string_view text, Tone tone = Tone::kPlain);

private:
    [[nodiscard]] std::string toned(std::string_view text, Tone tone,
                                    const local::Screen& screen) const;
    local::Screen& out_;
    local::Screen& notes_;
    Format format_;
    Colour colour_;
};

}  // namespace valv::cli
