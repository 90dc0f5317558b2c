#include "crypto/sealed/link_keys.h"

#include <array>

#include "common/base/error.h"
#include "crypto/core/directory.h"
#include "crypto/core/kdf.h"
#include "crypto/sealed/scrypt.h"
#include "crypto/sealed/secret_text.h"

namespace valv::sealed {
namespace {

using crypto::expand_label;
using crypto::SecretBytes;

constexpr std::string_view kPath = "/o#";
constexpr unsigned kLinkWorkFactor = 15;
constexpr std::array<std::uint8_t, 1> kSeparator{};

std::string_view mode_text(LinkMode mode) {
    return mode == LinkMode::kCode ? "c" : "n";
}

}  // namespace

LinkUrl parse_link_url(ByteView text) {
    const std::string_view url = as_text(text);
    const std::size_t path = url.find(kPath);
    if (path == std::string_view::npos || !crypto::is_link_origin(url.substr(0, path))) {
        throw Error(ErrorCode::kMalformed, "link: not ORIGIN/o#…");
    }
    const std::string_view fragment = url.substr(path + kPath.size());
    if (!fragment.starts_with('c') && !fragment.starts_with('n')) {
        throw Error(ErrorCode::kMalformed, "link: neither c nor n after the #");
    }
    return {.origin = std::string(url.substr(0, path)),
            .mode = fragment.front() == 'c' ? LinkMode::kCode : LinkMode::kNoCode,
            .secret = LinkSecret(secret_from_base64url(fragment.substr(1)))};
}

SecretBytes format_link_url(const LinkUrl& url) {
    VALV_CHECK(crypto::is_link_origin(url.origin));
    crypto::SecretBuilder text;
    text.append(url.origin);
    text.append(kPath);
    text.append(mode_text(url.mode));
    append_base64url(text, url.secret.reveal());
    return text.take();
}

LinkEntry::LinkEntry(LinkMode mode, const LinkSecret& secret)
    : mode_(mode),
      p0_(crypto::hkdf_extract(concat({as_bytes("resvalv/v1/link/"), as_bytes(mode_text(mode))}),
                               secret.reveal())),
      id_(LinkId::from_bytes(
          expand_label(p0_.reveal(), "resvalv/v1/link/id", {}, kIdBytes).reveal())) {}

LinkProbe LinkEntry::probe() const {
    return LinkProbe(
        expand_label(p0_.reveal(), "resvalv/v1/link/probe", id_.bytes(), LinkProbe::kBytes));
}

crypto::Hash LinkEntry::probe_hash() const {
    return crypto::sha256(probe().reveal());
}

SecretBytes LinkEntry::unlock(const std::optional<DigitCode>& code) const {
    const bool wants_code = mode_ == LinkMode::kCode;
    if (wants_code != code.has_value() || (code && code->digits().size() != kLinkCodeDigits)) {
        throw Error(ErrorCode::kInvalidArgument,
                    "link: a code is missing, has another length or is not wanted");
    }
    SecretBytes stretched(crypto::kHashBytes);  // 32 zero octets without a code
    if (code) {
        const SecretBytes salt = expand_label(p0_.reveal(), "resvalv/v1/link/code-salt",
                                              id_.bytes(), crypto::kHashBytes);
        stretched =
            scrypt(code->digits().reveal(), salt.reveal(), kLinkWorkFactor, crypto::kHashBytes);
    }
    const SecretBytes salt =
        expand_label(p0_.reveal(), "resvalv/v1/link/code", id_.bytes(), crypto::kHashBytes);
    return crypto::hkdf_extract(salt.reveal(), stretched.reveal());
}

LinkKeys::LinkKeys(const LinkId& id, SecretBytes p1) : id_(id), p1_(std::move(p1)) {
    if (p1_.size() != crypto::kHashBytes) {
        throw Error(ErrorCode::kMalformed, "link: P1 has 32 octets");
    }
}

LinkKeys LinkKeys::derive(const LinkEntry& entry, const std::optional<DigitCode>& code) {
    return {entry.id(), entry.unlock(code)};
}

crypto::SigningKey LinkKeys::auth() const {
    return crypto::SigningKey::from_seed(
        expand_label(p1_.reveal(), "resvalv/v1/link/auth", id_.bytes(), crypto::kEd25519KeyBytes));
}

X25519Identity LinkKeys::identity() const {
    return X25519Identity::from_secret(
        expand_label(p1_.reveal(), "resvalv/v1/link/identity", id_.bytes(), kX25519Bytes));
}

LinkMacKey LinkKeys::package_mac_key() const {
    return LinkMacKey(
        expand_label(p1_.reveal(), "resvalv/v1/link/mac/package", id_.bytes(), LinkMacKey::kBytes));
}

LinkMacKey LinkKeys::reply_mac_key() const {
    return LinkMacKey(
        expand_label(p1_.reveal(), "resvalv/v1/link/mac/reply", id_.bytes(), LinkMacKey::kBytes));
}

Bytes link_open_message(const LinkId& id, ByteView challenge, const crypto::Hash& holder_hash) {
    if (challenge.size() != kChallengeBytes) {
        throw Error(ErrorCode::kMalformed, "link: a challenge has 32 octets");
    }
    return concat(
        {as_bytes("resvalv/v1/link/open"), kSeparator, id.bytes(), challenge, holder_hash});
}

crypto::Hash package_mac(const LinkMacKey& key, const PackageObject& object) {
    VALV_CHECK(object.kind == "package" || object.kind == "part");
    VALV_CHECK((object.kind == "package") == (object.part == 0));
    return crypto::hmac_sha256(
        key.reveal(), {as_bytes(object.kind), kSeparator, object.link.bytes(), be32(object.version),
                       be32(object.part), object.object});
}

crypto::Hash reply_mac(const LinkMacKey& key, const ReplyFacts& facts) {
    return crypto::hmac_sha256(
        key.reveal(), {as_bytes("resvalv/v1/link/reply"), kSeparator, facts.link.bytes(),
                       be32(facts.number), facts.holder, be32(facts.package_version), facts.package,
                       be64(facts.checkpoint_size), facts.checkpoint_root, facts.content});
}

}  // namespace valv::sealed
