#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/sealed/digit_code.h"

// The key schedule of a link (docs/formats.md section 7). The viewer page has its own copy in
// TypeScript; both are held to tests/vectors/link.json.
namespace valv::sealed {

constexpr std::size_t kLinkCodeDigits = 12;

enum class LinkMode { kCode, kNoCode };  // `c`, `n`

using LinkSecret = crypto::Key<struct LinkSecretTag>;  // S
using LinkProbe = crypto::Key<struct LinkProbeTag>;
using LinkMacKey = crypto::Key<struct LinkMacKeyTag>;

struct LinkUrl {
    std::string origin;  // as the directory note has it: is_link_origin
    LinkMode mode = LinkMode::kCode;
    LinkSecret secret;
};

// `ORIGIN/o#<v><S>`. Throws kMalformed.
[[nodiscard]] LinkUrl parse_link_url(ByteView text);
[[nodiscard]] crypto::SecretBytes format_link_url(const LinkUrl& url);

// What follows from the URL alone.
class LinkEntry {
public:
    LinkEntry(LinkMode mode, const LinkSecret& secret);
    [[nodiscard]] LinkMode mode() const noexcept { return mode_; }
    [[nodiscard]] const LinkId& id() const noexcept { return id_; }
    [[nodiscard]] LinkProbe probe() const;
    [[nodiscard]] crypto::Hash probe_hash() const;  // SHA-256(probe): what the server keeps
    // P1. `code` when the mode wants one (kInvalidArgument otherwise). One scrypt of N = 2^15.
    [[nodiscard]] crypto::SecretBytes unlock(const std::optional<DigitCode>& code) const;

private:
    LinkMode mode_;
    crypto::SecretBytes p0_;
    LinkId id_;
};

// What follows from URL and code: everything that opens a link.
class LinkKeys {
public:
    // P1 of `entry.unlock`, or kept over (the client's holders file).
    LinkKeys(const LinkId& id, crypto::SecretBytes p1);
    [[nodiscard]] static LinkKeys derive(const LinkEntry& entry,
                                         const std::optional<DigitCode>& code);

    [[nodiscard]] const LinkId& id() const noexcept { return id_; }
    [[nodiscard]] const crypto::SecretBytes& p1() const noexcept { return p1_; }
    [[nodiscard]] crypto::SigningKey auth() const;
    [[nodiscard]] X25519Identity identity() const;     // isk
    [[nodiscard]] LinkMacKey package_mac_key() const;  // mac.p
    [[nodiscard]] LinkMacKey reply_mac_key() const;    // mac.r

private:
    LinkId id_;
    crypto::SecretBytes p1_;
};

constexpr std::size_t kChallengeBytes = 32;  // be64(time) ‖ 24 random
constexpr std::size_t kHolderBytes = 32;

// What `auth` signs at open: "resvalv/v1/link/open" ‖ 00 ‖ id ‖ challenge ‖ SHA-256(holder). Sizes
// are checked.
[[nodiscard]] Bytes link_open_message(const LinkId& id, ByteView challenge,
                                      const crypto::Hash& holder_hash);

struct PackageObject {
    std::string_view kind;  // `package` or `part` (docs/formats.md)
    LinkId link;
    std::uint32_t version = 0;
    std::uint32_t part = 0;  // 0: the package
    crypto::Hash object{};   // SHA-256(age file)
};
// HMAC-SHA-256(mac.p, kind ‖ 00 ‖ id ‖ be32(version) ‖ be32(part) ‖ SHA-256(age file)).
[[nodiscard]] crypto::Hash package_mac(const LinkMacKey& key, const PackageObject& object);

struct ReplyFacts {
    LinkId link;
    std::uint32_t number = 0;
    crypto::Hash holder{};  // SHA-256(holder)
    std::uint32_t package_version = 0;
    crypto::Hash package{};  // SHA-256(package file)
    std::uint64_t checkpoint_size = 0;
    crypto::Hash checkpoint_root{};
    crypto::Hash content{};  // SHA-256(content)
};
// HMAC-SHA-256(mac.r, "resvalv/v1/link/reply" ‖ 00 ‖ id ‖ be32(number) ‖ holder ‖ be32(version) ‖
// package ‖ be64(checkpoint size) ‖ root ‖ SHA-256(content)) (docs/formats.md section 7).
[[nodiscard]] crypto::Hash reply_mac(const LinkMacKey& key, const ReplyFacts& facts);

}  // namespace valv::sealed
