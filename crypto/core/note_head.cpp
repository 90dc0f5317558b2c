#include "crypto/core/note_head.h"

#include <limits>

#include "common/base/encoding.h"
#include "common/base/error.h"

namespace valv::crypto {
namespace {

constexpr std::string_view kAbsent = "-";

void check_common(const CommonLines& common, const TextLines& lines) {
    if (common.number == 0 || (common.number == 1) == common.previous.has_value()) {
        lines.complain("number and previous do not fit");
    }
    if ((common.directory_number == 0) == common.directory_hash.has_value()) {
        lines.complain("directory number and hash do not fit");
    }
    if (common.checkpoint.size == 0 && common.checkpoint.root != empty_root()) {
        lines.complain("a checkpoint of size 0 has the empty root");
    }
}

}  // namespace

std::string hash_or_dash(const std::optional<Hash>& hash) {
    return hash ? to_base64(*hash) : std::string(kAbsent);
}

std::optional<Hash> parse_hash_or_dash(std::string_view text) {
    return text == kAbsent ? std::nullopt : std::optional(hash_from(from_base64(text)));
}

std::string encode_common_lines(const CommonLines& common) {
    std::string text(to_string(common.kind));
    text.append("\n");
    append_line(text, "vault", common.vault.text());
    append_line(text, "case", common.case_id ? common.case_id->text() : std::string(kAbsent));
    append_line(text, "object", common.object_id);
    append_line(text, "epoch", std::to_string(common.epoch));
    append_line(text, "number", std::to_string(common.number));
    append_line(text, "sha256", to_base64(common.object));
    append_line(text, "previous", hash_or_dash(common.previous));
    append_line(
        text, "directory",
        std::to_string(common.directory_number) + " " + hash_or_dash(common.directory_hash));
    append_line(text, "checkpoint",
                std::to_string(common.checkpoint.size) + " " + to_base64(common.checkpoint.root));
    return text;
}

CommonLines decode_common_lines(TextLines& lines) {
    CommonLines common;
    common.kind = note_kind(std::string(lines.line()) + "\n");
    common.vault = VaultId::parse(lines.value("vault"));
    if (const std::string_view case_id = lines.value("case"); case_id != kAbsent) {
        common.case_id = CaseId::parse(case_id);
    }
    common.object_id = lines.value("object");
    common.epoch = parse_decimal32(lines.value("epoch"));
    common.number = parse_decimal32(lines.value("number"));
    common.object = hash_from(from_base64(lines.value("sha256")));
    common.previous = parse_hash_or_dash(lines.value("previous"));
    const auto directory = split_words(lines.value("directory"), 2);
    common.directory_number = parse_decimal32(directory[0]);
    common.directory_hash = parse_hash_or_dash(directory[1]);
    const auto checkpoint = split_words(lines.value("checkpoint"), 2);
    common.checkpoint.size =
        parse_decimal(checkpoint[0], std::numeric_limits<std::uint64_t>::max());
    common.checkpoint.root = hash_from(from_base64(checkpoint[1]));
    check_common(common, lines);
    return common;
}

}  // namespace valv::crypto
