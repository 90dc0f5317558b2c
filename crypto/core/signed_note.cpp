#include "crypto/core/signed_note.h"

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/base/utf8.h"
#include "crypto/core/hash.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {
namespace {

constexpr std::string_view kSignaturePrefix = "\xe2\x80\x94 ";  // U+2014, space
constexpr std::array<std::uint8_t, 1> kEd25519Type{1};

bool is_note_text(std::string_view text) {
    return is_utf8(text) && std::ranges::none_of(text, [](char character) {
               const auto octet = static_cast<unsigned char>(character);
               return (octet < 0x20 && character != '\n') || octet == 0x7f;
           });
}

bool is_key_name(std::string_view name) {
    return !name.empty() && name.find_first_of(" +\n") == std::string_view::npos;
}

NoteSignature parse_signature_line(std::string_view line) {
    if (!line.starts_with(kSignaturePrefix)) {
        throw Error(ErrorCode::kMalformed, "note: a signature line begins otherwise");
    }
    const std::vector<std::string_view> words =
        split_words(line.substr(kSignaturePrefix.size()), 2);
    const Bytes blob = from_base64(words[1]);
    NoteSignature signature;
    if (!is_key_name(words[0]) || blob.size() <= signature.key_id.size()) {
        throw Error(ErrorCode::kMalformed, "note: signature line");
    }
    signature.name = words[0];
    const auto split = blob.begin() + static_cast<std::ptrdiff_t>(signature.key_id.size());
    std::copy(blob.begin(), split, signature.key_id.begin());
    signature.signature.assign(split, blob.end());
    return signature;
}

[[noreturn]] void invalid_signature(const char* why) {
    throw Error(ErrorCode::kTampered, std::string("note: ").append(why), {},
                "note_signature_invalid");
}

SignedNote parse_untrusted(ByteView note) {
    try {
        return parse_note(note);
    } catch (const Error&
                 error) {  // What a server hands out as a note and is none was changed on its way.
        invalid_signature(error.what());
    }
}

}  // namespace

NoteKeyId note_key_id(std::string_view name, const VerifyKey& key) {
    const Hash hash = sha256({as_bytes(name), as_bytes("\n"), kEd25519Type, key});
    NoteKeyId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

std::string note_verifier_text(std::string_view name, const VerifyKey& key) {
    return std::string(name)
        .append("+")
        .append(to_hex(note_key_id(name, key)))
        .append("+")
        .append(to_base64(concat({kEd25519Type, key})));
}

NoteVerifier parse_note_verifier(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) {
        throw Error(ErrorCode::kMalformed, "note: not a verifier key");
    }
    const Bytes key = from_base64(text.substr(second + 1));
    if (key.empty() || key.front() != kEd25519Type[0]) {
        throw Error(ErrorCode::kMalformed, "note: not an Ed25519 verifier key");
    }
    NoteVerifier verifier{.name = std::string(text.substr(0, first)),
                          .key = verify_key_from(ByteView(key).subspan(1))};
    if (!is_key_name(verifier.name) || note_verifier_text(verifier.name, verifier.key) != text) {
        throw Error(ErrorCode::kMalformed, "note: the key id is of another name or key");
    }
    return verifier;
}

Bytes sign_note(std::string_view text, std::string_view name, const SigningKey& key) {
    VALV_CHECK(is_key_name(name) && text.ends_with('\n') && is_note_text(text));
    const Signature signature = key.sign(as_bytes(text));
    const std::string blob = to_base64(concat({note_key_id(name, key.public_key()), signature}));
    std::string note(text);
    note.append("\n").append(kSignaturePrefix).append(name).append(" ").append(blob).append("\n");
    return to_bytes(as_bytes(note));
}

SignedNote parse_note(ByteView note) {
    const std::string_view all = as_text(note);
    if (all.size() > kMaxNoteBytes || !is_note_text(all)) {
        throw Error(ErrorCode::kMalformed, "note: too large, not UTF-8 or with control characters");
    }
    const std::size_t gap = all.rfind("\n\n");
    if (gap == std::string_view::npos) {
        throw Error(ErrorCode::kMalformed, "note: no empty line");
    }
    SignedNote parsed{.text = std::string(all.substr(0, gap + 1)), .signatures = {}};
    TextLines lines(all.substr(gap + 2), "note");
    do {
        if (parsed.signatures.size() == kMaxNoteSignatures) {
            lines.complain("too many signatures");
        }
        parsed.signatures.push_back(parse_signature_line(lines.line()));
    } while (!lines.is_at_end());
    return parsed;
}

std::string verify_note(ByteView note, std::string_view name, const VerifyKey& key) {
    SignedNote parsed = parse_untrusted(note);
    if (parsed.signatures.size() != 1) {
        invalid_signature("not exactly one signature");
    }
    const NoteSignature& signature = parsed.signatures.front();
    if (signature.name != name || signature.key_id != note_key_id(name, key)) {
        invalid_signature("signed under another key");
    }
    if (!verify(key, as_bytes(parsed.text), signature.signature)) {
        invalid_signature("the signature does not hold");
    }
    return std::move(parsed.text);
}

std::string verify_cosigned_note(ByteView note, std::string_view name, const VerifyKey& key) {
    SignedNote parsed = parse_untrusted(note);
    const NoteKeyId key_id = note_key_id(name, key);
    std::size_t ours = 0;
    for (const NoteSignature& signature : parsed.signatures) {
        if (signature.name != name || signature.key_id != key_id) {
            continue;
        }
        if (!verify(key, as_bytes(parsed.text), signature.signature)) {
            invalid_signature("the signature does not hold");
        }
        ++ours;
    }
    if (ours != 1) {
        invalid_signature("the signature is missing or there twice");
    }
    return std::move(parsed.text);
}

}  // namespace valv::crypto
