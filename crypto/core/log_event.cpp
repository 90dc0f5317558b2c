#include "crypto/core/log_event.h"

#include <algorithm>
#include <array>

#include "crypto/core/merkle.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {
namespace {

constexpr std::string_view kFirstLine = "resvalv/v1/event";
constexpr std::array<std::uint8_t, 1> kCommitment{0x01};

}  // namespace

std::optional<std::string_view> LogEvent::find(std::string_view key) const noexcept {
    const auto found = std::ranges::find(fields, key, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

LogEvent parse_log_event(std::string_view text) {
    TextLines lines(text, "event");
    if (lines.line() != kFirstLine) {
        lines.complain("another first line");
    }
    LogEvent event;
    event.kind = lines.value("kind");
    event.at = parse_instant(lines.value("at"));
    while (!lines.is_at_end()) {
        const std::vector<std::string_view> words = split_words(lines.line(), 2);
        event.fields.emplace_back(words[0], words[1]);
    }
    return event;
}

Hash log_leaf_hash(std::string_view event, ByteView r) {
    const Hash commitment = hmac_sha256(r, {as_bytes(event)});
    return leaf_hash(concat({kCommitment, commitment}));
}

}  // namespace valv::crypto
