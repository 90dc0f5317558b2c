#include "client/cli/output.h"

namespace valv::cli {
namespace {

// ECMA-48 SGR.
std::string_view code_of(Tone tone) {
    switch (tone) {
        case Tone::kPlain:
            return "";
        case Tone::kBold:
            return "\x1b[1m";
        case Tone::kGood:
            return "\x1b[32m";
        case Tone::kWarning:
            return "\x1b[33m";
        case Tone::kBad:
            return "\x1b[1;31m";
    }
    return "";
}
constexpr std::string_view kReset = "\x1b[0m";

}  // namespace

Output::Output(local::Screen& out, local::Screen& notes, Format format, Colour colour)
    : out_(out), notes_(notes), format_(format), colour_(colour) {}

std::string Output::toned(std::string_view text, Tone tone, const local::Screen& screen) const {
    const bool is_coloured =
        tone != Tone::kPlain && colour_ == Colour::kYes && screen.is_terminal();
    std::string result = shown(text);
    if (is_coloured) {
        result = std::string(code_of(tone)) + result + std::string(kReset);
    }
    return result + '\n';
}

void Output::line(std::string_view text, Tone tone) {
    if (!is_json()) {
        out_.write(as_bytes(toned(text, tone, out_)));
    }
}

void Output::text(std::string_view text) {
    if (!is_json()) {
        out_.write(as_bytes(shown(text)));
    }
}

void Output::table(const Table& table) {
    text(table.text());
}

void Output::secret_line(std::string_view label, const crypto::SecretBytes& secret) {
    if (!is_json()) {
        out_.write(as_bytes(shown(label)));
        out_.write(secret.reveal());
        out_.write(as_bytes("\n"));
    }
}

void Output::answer(std::string_view text) {
    out_.write(as_bytes(shown(text)));
    if (!text.ends_with('\n')) {
        out_.write(as_bytes("\n"));
    }
}

void Output::json(protocol::JsonWriter object) {
    json_text(object.take());
}

void Output::json_text(std::string_view json) {
    if (is_json()) {
        answer(json);
    }
}

void Output::json_with_secrets(protocol::JsonWriter object,
                               std::initializer_list<ShownSecret> secrets) {
    if (!is_json()) {
        return;
    }
    std::string text = object.take();
    text.pop_back();  // the closing brace
    std::string_view comma = text.size() > 1 ? "," : "";
    out_.write(as_bytes(text));
    for (const ShownSecret& secret : secrets) {
        out_.write(as_bytes(std::string(comma) + '"' + std::string(secret.key) + "\":\""));
        out_.write(secret.value.reveal());
        out_.write(as_bytes("\""));
        comma = ",";
    }
    out_.write(as_bytes("}\n"));
}

void Output::note(std::string_view text, Tone tone) {
    notes_.write(as_bytes(toned(text, tone, notes_)));
}

}  // namespace valv::cli
