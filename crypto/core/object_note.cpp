#include "crypto/core/object_note.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "common/base/error.h"
#include "crypto/core/note_head.h"
#include "crypto/core/signed_note.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {
namespace {

constexpr std::array<std::pair<NoteKind, std::string_view>, 5> kKinds{{
    {NoteKind::kDirectory, "resvalv/v1/directory"},
    {NoteKind::kKeyring, "resvalv/v1/keyring"},
    {NoteKind::kRecord, "resvalv/v1/record"},
    {NoteKind::kPolicy, "resvalv/v1/policy"},
    {NoteKind::kRetention, "resvalv/v1/retention"},
}};

bool is_ascending(const std::vector<DeviceId>& devices) {
    return std::ranges::adjacent_find(devices, std::greater_equal<>()) == devices.end();
}

// What the kind asks for beyond the common lines; nullptr when all is well.
const char* find_fault(const ObjectNote& note) {
    const bool is_keyring = note.kind == NoteKind::kKeyring;
    if (note.kind == NoteKind::kDirectory) {
        return "a directory is not an object note";
    }
    if (note.link.has_value() != (note.kind == NoteKind::kPolicy)) {
        return "a policy and nothing else is about a link";
    }
    if (note.epoch == 0 || note.number == 0 || note.directory.number == 0) {
        return "epoch, number and directory count from 1";
    }
    if ((note.number == 1) == note.previous.has_value()) {
        return "note 1 and no other has no note before";
    }
    if (is_keyring == note.devices.empty() || !is_ascending(note.devices)) {
        return "a keyring and nothing else lists devices, ascending";
    }
    return !is_keyring && note.recovery ? "only a keyring names a recovery recipient" : nullptr;
}

}  // namespace

std::string_view to_string(NoteKind kind) noexcept {
    return std::ranges::find(kKinds, kind, &std::pair<NoteKind, std::string_view>::first)->second;
}

NoteKind note_kind(std::string_view text) {
    const std::string_view line = TextLines(text, "note").line();
    const auto* const found =
        std::ranges::find(kKinds, line, &std::pair<NoteKind, std::string_view>::second);
    if (found == kKinds.end()) {
        throw Error(ErrorCode::kMalformed, "note: unknown kind");
    }
    return found->first;
}

bool ObjectNote::lists(const DeviceId& device) const noexcept {
    return std::ranges::find(devices, device) != devices.end();
}

std::string encode_object_note(const ObjectNote& note) {
    VALV_CHECK(find_fault(note) == nullptr);
    std::string text = encode_common_lines({
        .kind = note.kind,
        .vault = note.vault,
        .case_id = note.case_id,
        .object_id = note.link ? note.link->text() : note.case_id.text(),
        .epoch = note.epoch,
        .number = note.number,
        .object = note.object,
        .previous = note.previous,
        .directory_number = note.directory.number,
        .directory_hash = note.directory.hash,
        .checkpoint = note.checkpoint,
    });
    if (note.kind == NoteKind::kKeyring) {
        append_line(text, "recovery", hash_or_dash(note.recovery));
        for (const DeviceId& device : note.devices) {
            append_line(text, "device", device.text());
        }
    }
    return text;
}

ObjectNote decode_object_note(std::string_view text) {
    TextLines lines(text, "note");
    const CommonLines common = decode_common_lines(lines);
    if (!common.case_id || !common.directory_hash) {
        lines.complain("no case or no directory");
    }
    ObjectNote note{
        .kind = common.kind,
        .vault = common.vault,
        .case_id = *common.case_id,
        .link = std::nullopt,
        .epoch = common.epoch,
        .number = common.number,
        .object = common.object,
        .previous = common.previous,
        .directory = {.number = common.directory_number, .hash = *common.directory_hash},
        .checkpoint = common.checkpoint,
        .devices = {},
        .recovery = std::nullopt};
    if (note.kind == NoteKind::kPolicy) {
        note.link = LinkId::parse(common.object_id);
    } else if (common.object_id != note.case_id.text()) {
        lines.complain("the object is not the case");
    }
    if (note.kind == NoteKind::kKeyring) {
        note.recovery = parse_hash_or_dash(lines.value("recovery"));
        while (lines.is_next("device")) {
            note.devices.push_back(DeviceId::parse(lines.value("device")));
        }
    }
    lines.expect_end();
    if (const char* const fault = find_fault(note); fault != nullptr) {
        lines.complain(fault);
    }
    return note;
}

Bytes sign_object_note(const ObjectNote& note, const DeviceId& signer, const SigningKey& key) {
    return sign_note(encode_object_note(note), signer.text(), key);
}

DeviceId claimed_signer(ByteView note) {
    try {
        const SignedNote parsed = parse_note(note);
        if (parsed.signatures.size() == 1) {
            return DeviceId::parse(parsed.signatures.front().name);
        }
    } catch (const Error& error) {  // As verify_note: what is no note was changed on its way.
        throw Error(ErrorCode::kTampered, error.what(), {}, "note_signature_invalid");
    }
    throw Error(ErrorCode::kTampered, "note: not exactly one signature", {},
                "note_signature_invalid");
}

ObjectNote verify_object_note(ByteView note, const DeviceId& signer, const VerifyKey& key) {
    return decode_object_note(verify_note(note, signer.text(), key));
}

}  // namespace valv::crypto
