#include "crypto/sealed/keyring.h"

#include <algorithm>
#include <string>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/text_lines.h"
#include "crypto/sealed/secret_text.h"

namespace valv::sealed {
namespace {

using crypto::SecretBuilder;
using crypto::SecretBytes;
using crypto::TextLines;

constexpr std::string_view kFirstLine = "# resvalv keyring 1";
constexpr std::string_view kAbsent = "-";
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-1";

// Epochs 1…n without gaps, and number 1 exactly when there is no keyring before.
bool is_whole(const Keyring& keyring) {
    if (keyring.epoch == 0 || keyring.number == 0 || keyring.keys.size() != keyring.epoch ||
        (keyring.number == 1) == keyring.succession.has_value()) {
        return false;
    }
    std::uint32_t expected = 0;
    return std::ranges::all_of(
        keyring.keys, [&expected](const EpochKey& key) { return key.epoch == ++expected; });
}

std::string record_text(const std::optional<crypto::NoteHead>& record) {
    return record ? std::to_string(record->number) + " " + to_base64(record->hash) : "0 -";
}

std::optional<crypto::NoteHead> parse_record(TextLines& lines) {
    const auto words = crypto::split_words(lines.value("# record"), 2);
    const std::uint32_t number = crypto::parse_decimal32(words[0]);
    if ((number == 0) != (words[1] == kAbsent)) {
        lines.complain("record number and hash do not fit");
    }
    if (number == 0) {
        return std::nullopt;
    }
    return crypto::NoteHead{.number = number, .hash = crypto::hash_from(from_base64(words[1]))};
}

std::optional<crypto::Hash> parse_succession(TextLines& lines) {
    const std::string_view text = lines.value("# succession");
    return text == kAbsent ? std::nullopt : std::optional(crypto::hash_from(from_base64url(text)));
}

void parse_keys(TextLines& lines, Keyring& keyring) {
    while (lines.is_next("# key")) {
        const auto words = crypto::split_words(lines.value("# key"), 2);
        keyring.keys.push_back({.epoch = crypto::parse_decimal32(words[0]),
                                .key = CaseKey(secret_from_base64url(words[1]))});
    }
    if (!is_whole(keyring)) {
        lines.complain("epochs, number and keys do not fit");
    }
}

// Rule (3): the identities recomputed from every K equal the identity lines.
void check_identities(TextLines& lines, const Keyring& keyring) {
    for (const EpochKey& key : keyring.keys) {
        const std::string_view line = lines.line();
        if (!line.starts_with(kIdentityPrefix)) {
            lines.complain("an identity line is missing");
        }
        const SecretBytes expected =
            CaseKeys(keyring.case_id, key.epoch, key.key).case_identity().text();
        if (!crypto::constant_time_equal(expected.reveal(), as_bytes(line))) {
            throw Error(ErrorCode::kTampered, "keyring: an identity does not come from its key", {},
                        "note_context_mismatch");
        }
    }
}

}  // namespace

const CaseKey* Keyring::find_key(std::uint32_t key_epoch) const noexcept {
    const auto found = std::ranges::find(keys, key_epoch, &EpochKey::epoch);
    return found == keys.end() ? nullptr : &found->key;
}

CaseKeys Keyring::case_keys(std::uint32_t key_epoch) const {
    const CaseKey* const key = find_key(key_epoch);
    if (key == nullptr) {
        throw Error(ErrorCode::kNotFound, "keyring: no key of this epoch");
    }
    return {case_id, key_epoch, *key};
}

Keyring Keyring::clone() const {
    Keyring copy{.vault = vault,
                 .case_id = case_id,
                 .epoch = epoch,
                 .number = number,
                 .succession = succession,
                 .record = record,
                 .keys = {}};
    for (const EpochKey& key : keys) {
        copy.keys.push_back({.epoch = key.epoch, .key = key.key.clone()});
    }
    return copy;
}

SecretBytes encode_keyring(const Keyring& keyring) {
    VALV_CHECK(is_whole(keyring));
    SecretBuilder text;
    text.append(kFirstLine);
    text.append("\n");
    append_secret_line(text, "# vault", keyring.vault.text());
    append_secret_line(text, "# case", keyring.case_id.text());
    append_secret_line(text, "# epoch", std::to_string(keyring.epoch));
    append_secret_line(text, "# number", std::to_string(keyring.number));
    append_secret_line(
        text, "# succession",
        keyring.succession ? to_base64url(*keyring.succession) : std::string(kAbsent));
    append_secret_line(text, "# record", record_text(keyring.record));
    for (const EpochKey& key : keyring.keys) {
        text.append("# key " + std::to_string(key.epoch) + " ");
        append_base64url(text, key.key.reveal());
        text.append("\n");
    }
    for (const EpochKey& key : keyring.keys) {
        text.append(CaseKeys(keyring.case_id, key.epoch, key.key).case_identity().text().reveal());
        text.append("\n");
    }
    return text.take();
}

Keyring decode_keyring(ByteView plaintext) {
    TextLines lines(as_text(plaintext), "keyring");
    if (lines.line() != kFirstLine) {
        lines.complain("not a keyring");
    }
    Keyring keyring{.vault = VaultId::parse(lines.value("# vault")),
                    .case_id = CaseId::parse(lines.value("# case")),
                    .epoch = crypto::parse_decimal32(lines.value("# epoch")),
                    .number = crypto::parse_decimal32(lines.value("# number")),
                    .succession = parse_succession(lines),
                    .record = parse_record(lines),
                    .keys = {}};
    parse_keys(lines, keyring);
    check_identities(lines, keyring);
    lines.expect_end();
    return keyring;
}

Bytes seal_keyring(const Keyring& keyring, const AgeRecipients& recipients, RandomSource& random) {
    return seal(encode_keyring(keyring).reveal(), recipients, random);
}

Keyring open_keyring(ByteView file, const AgeIdentities& identities) {
    return decode_keyring(open(file, identities).reveal());
}

}  // namespace valv::sealed
