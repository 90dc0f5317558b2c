#include "crypto/sealed/age/key_text.h"

#include <algorithm>
#include <array>
#include <string>

#include "common/base/bech32.h"
#include "common/base/error.h"
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/x25519.h"

namespace valv::sealed {
namespace {

constexpr std::string_view kHybridRecipient = "age1pq1";
constexpr std::string_view kRecipient = "age1";
constexpr std::string_view kHybridIdentity = "AGE-SECRET-KEY-PQ-1";
constexpr std::string_view kIdentity = "AGE-SECRET-KEY-1";
// SSH's public keys by their first word (RFC 4253 section 6.6, RFC 5656, RFC 8709, U2F).
constexpr std::array<std::string_view, 4> kSshKeys{"ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"};

[[noreturn]] void fail_key(const char* text) {
    throw Error(ErrorCode::kMalformed, text);
}

[[noreturn]] void fail_foreign(const char* text) {
    throw Error(ErrorCode::kInvalidArgument, text, {}, "age_key_foreign");
}

bool is_bech32(std::string_view text) {
    try {
        static_cast<void>(bech32_decode(text));
        return true;
    } catch (const Error&) {
        return false;
    }
}

// age1name1…: the name is a plugin's.
bool is_plugin_recipient(std::string_view text) {
    return text.starts_with(kRecipient) && text.rfind('1') >= kRecipient.size() && is_bech32(text);
}

bool is_ssh_recipient(std::string_view text) {
    return std::ranges::any_of(kSshKeys,
                               [text](std::string_view begin) { return text.starts_with(begin); });
}

// What the library's parsers say of a damaged key is about its octets; people need its kind.
template <typename Parse>
auto parsed(Parse parse, const char* complaint) {
    try {
        return parse();
    } catch (const Error&) {
        fail_key(complaint);
    }
}

// Calls `take` for every line that is to hold a key and puts the line's number before a complaint.
template <typename Take>
void for_each_key(std::string_view text, Take take) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        try {
            take(line);
        } catch (const Error& error) {
            throw Error(error.code(), "line " + std::to_string(number) + " " + error.what(), {},
                        error.name());
        }
    }
}

void check_size(std::size_t size) {
    if (size > kMaxKeyFileBytes) {
        throw Error(ErrorCode::kTooLarge, "is longer than any file of keys");
    }
}

}  // namespace

std::unique_ptr<AgeRecipient> parse_recipient(std::string_view text) {
    if (text.starts_with(kHybridRecipient)) {
        return parsed(
            [&] { return std::make_unique<HybridRecipient>(HybridRecipient::parse(text)); },
            "is a damaged recipient (age1pq1…)");
    }
    if (is_ssh_recipient(text)) {
        fail_foreign("is an SSH key, which this program does not take: make a key with keygen");
    }
    if (is_plugin_recipient(text)) {
        fail_foreign("is a recipient of a plugin, which this program does not take");
    }
    if (text.starts_with("AGE-")) {
        fail_key("is an identity, which is secret, and not a recipient");
    }
    if (!text.starts_with(kRecipient)) {
        fail_key("is no recipient (age1…)");
    }
    return parsed([&] { return std::make_unique<X25519Recipient>(X25519Recipient::parse(text)); },
                  "is a damaged recipient (age1…)");
}

std::unique_ptr<KeyIdentity> parse_identity(ByteView octets) {
    const std::string_view text = as_text(octets);
    if (text.starts_with(kHybridIdentity)) {
        return parsed(
            [&] { return std::make_unique<HybridIdentity>(HybridIdentity::parse(octets)); },
            "is a damaged identity (AGE-SECRET-KEY-PQ-1…)");
    }
    if (text.starts_with("-----BEGIN ")) {
        fail_foreign("is a key of another program, which this one does not take");
    }
    if (text.starts_with("AGE-PLUGIN-")) {
        fail_foreign("is an identity of a plugin, which this program does not take");
    }
    if (text.starts_with(kRecipient)) {
        fail_key("is a recipient and not an identity (AGE-SECRET-KEY-1…)");
    }
    if (!text.starts_with(kIdentity)) {
        fail_key("is no identity (AGE-SECRET-KEY-1…)");
    }
    return parsed([&] { return std::make_unique<X25519Identity>(X25519Identity::parse(octets)); },
                  "is a damaged identity (AGE-SECRET-KEY-1…)");
}

std::vector<std::unique_ptr<AgeRecipient>> parse_recipients_file(std::string_view text) {
    check_size(text.size());
    std::vector<std::unique_ptr<AgeRecipient>> recipients;
    for_each_key(text, [&](std::string_view line) { recipients.push_back(parse_recipient(line)); });
    if (recipients.empty()) {
        fail_key("holds no recipient");
    }
    return recipients;
}

std::vector<std::unique_ptr<KeyIdentity>> parse_identity_file(ByteView text) {
    check_size(text.size());
    std::vector<std::unique_ptr<KeyIdentity>> identities;
    for_each_key(as_text(text), [&](std::string_view line) {
        identities.push_back(parse_identity(as_bytes(line)));
    });
    if (identities.empty()) {
        fail_key("holds no identity");
    }
    return identities;
}

}  // namespace valv::sealed
