#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "crypto/sealed/age/identity.h"

// Keys of every kind that we take, as text and as files of lines. Strict: no space around a key, no
// empty key. Errors hold the number of a line and never its text, because a line in the wrong place
// may be a secret: kMalformed for what is no key, kInvalidArgument with the name `age_key_foreign`
// for keys of ssh and of plugins.
namespace valv::sealed {

// A file of keys that is longer is refused (kTooLarge).
constexpr std::size_t kMaxKeyFileBytes = 4U << 20U;

// `age1…` or `age1pq1…`.
[[nodiscard]] std::unique_ptr<AgeRecipient> parse_recipient(std::string_view text);
// `AGE-SECRET-KEY-1…` or `AGE-SECRET-KEY-PQ-1…`.
[[nodiscard]] std::unique_ptr<KeyIdentity> parse_identity(ByteView text);

// One key a line, at least one in all; empty lines and lines that begin with # are passed over.
// Lines end in LF or CRLF, the last one perhaps in nothing.
[[nodiscard]] std::vector<std::unique_ptr<AgeRecipient>> parse_recipients_file(
    std::string_view text);
[[nodiscard]] std::vector<std::unique_ptr<KeyIdentity>> parse_identity_file(ByteView text);

}  // namespace valv::sealed
