#pragma once

// Inside crypto/core: the ten lines that every note begins with (docs/formats.md section 3).

#include <optional>
#include <string>
#include <string_view>

#include "common/base/ids.h"
#include "crypto/core/object_note.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {

struct CommonLines {
    NoteKind kind = NoteKind::kRecord;
    VaultId vault;
    std::optional<CaseId> case_id;
    std::string object_id;  // text of the id
    std::uint32_t epoch = 0;
    std::uint32_t number = 1;
    Hash object{};
    std::optional<Hash> previous;
    std::uint32_t directory_number = 0;
    std::optional<Hash> directory_hash;
    TreeHead checkpoint;
};

[[nodiscard]] std::string encode_common_lines(const CommonLines& common);
// Also checks what holds for every kind: note 1 and only note 1 has no note before; directory 0 and
// only 0 has no hash; size 0 has the empty root.
[[nodiscard]] CommonLines decode_common_lines(TextLines& lines);

// base64 or `-`
[[nodiscard]] std::string hash_or_dash(const std::optional<Hash>& hash);
[[nodiscard]] std::optional<Hash> parse_hash_or_dash(std::string_view text);

}  // namespace valv::crypto
