#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "crypto/core/hash.h"

// An event of a vault's log and its leaf (docs/formats.md section 9; the kinds stand in
// docs/protocol.md section 6).
namespace valv::crypto {

struct LogEvent {
    std::string kind;
    Instant at;
    // What follows, in the order of the text.
    std::vector<std::pair<std::string, std::string>> fields;

    // The value of the first line with this key; nothing when there is none.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view key) const noexcept;
};

// Every line is `key value`; the fields of a kind are the reader's matter, so that a newer server's
// kinds can be read. Throws kMalformed.
[[nodiscard]] LogEvent parse_log_event(std::string_view text);

// The hash of the leaf 01 ‖ HMAC-SHA-256(r, event).
[[nodiscard]] Hash log_leaf_hash(std::string_view event, ByteView r);

}  // namespace valv::crypto
