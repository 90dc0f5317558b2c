// The X25519 recipient and identity of age_identity.h (c2sp.org/age "X25519").
#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "common/base/bech32.h"
#include "common/base/encoding.h"
#include "crypto/core/kdf.h"
#include "crypto/core/openssl.h"
#include "crypto/sealed/aead.h"
#include "crypto/sealed/age_identity.h"

namespace valv::sealed {
namespace {

using crypto::require;
using crypto::SecretBytes;

constexpr std::string_view kType = "X25519";
constexpr std::string_view kLabel = "age-encryption.org/v1/X25519";
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-";
constexpr std::size_t kWrappedBytes = FileKey::kBytes + kAeadTagBytes;
// The wrap key is used once, so its nonce is fixed (c2sp.org/age "X25519").
constexpr AeadNonce kZeroNonce{};

crypto::PrivateOrPublicKey private_key(const SecretBytes& secret) {
    crypto::PrivateOrPublicKey key(::EVP_PKEY_new_raw_private_key(
        EVP_PKEY_X25519, nullptr, secret.reveal().data(), secret.size()));
    require(key != nullptr, "EVP_PKEY_new_raw_private_key");
    return key;
}

X25519Point public_point(const SecretBytes& secret) {
    const crypto::PrivateOrPublicKey key = private_key(secret);
    X25519Point point{};
    std::size_t size = point.size();
    require(
        ::EVP_PKEY_get_raw_public_key(key.get(), point.data(), &size) == 1 && size == point.size(),
        "EVP_PKEY_get_raw_public_key");
    return point;
}

// Nothing when the result is all zero: OpenSSL refuses points of small order (RFC 7748
// section 6.1).
std::optional<SecretBytes> try_agree(const SecretBytes& secret, const X25519Point& point) {
    const crypto::PrivateOrPublicKey ours = private_key(secret);
    const crypto::PrivateOrPublicKey theirs(
        ::EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, point.data(), point.size()));
    const crypto::KeyContext context(::EVP_PKEY_CTX_new_from_pkey(nullptr, ours.get(), nullptr));
    require(theirs != nullptr && context != nullptr && ::EVP_PKEY_derive_init(context.get()) == 1,
            "EVP_PKEY_derive_init");
    SecretBytes shared(kX25519Bytes);
    std::size_t size = shared.size();
    const bool is_agreed =
        ::EVP_PKEY_derive_set_peer(context.get(), theirs.get()) == 1 &&
        ::EVP_PKEY_derive(context.get(), shared.reveal_for_writing().data(), &size) == 1 &&
        size == shared.size();
    if (!is_agreed || crypto::constant_time_equal(shared.reveal(), X25519Point{})) {
        crypto::forget_errors();
        return std::nullopt;
    }
    return shared;
}

SecretBytes wrap_key(const SecretBytes& shared, const X25519Point& share,
                     const X25519Point& recipient) {
    const SecretBytes prk = crypto::hkdf_extract(concat({share, recipient}), shared.reveal());
    return crypto::hkdf_expand(prk.reveal(), as_bytes(kLabel), kAeadKeyBytes);
}

X25519Point share_of(const AgeStanza& stanza) {
    constexpr std::size_t kArguments = 2;
    if (stanza.arguments.size() != kArguments || stanza.body.size() != kWrappedBytes) {
        fail(AgeFailure::kHeader, "an X25519 stanza of another shape");
    }
    X25519Point share{};
    try {
        const Bytes octets = from_base64_unpadded(stanza.arguments[1]);
        if (octets.size() == share.size()) {
            std::ranges::copy(octets, share.begin());
            return share;
        }
    } catch (const Error&) {  // falls through to the failure of this format
        fail(AgeFailure::kHeader, "base64 of an X25519 share");
    }
    fail(AgeFailure::kHeader, "an X25519 share of another length");
}

}  // namespace

X25519Recipient X25519Recipient::parse(std::string_view text) {
    return X25519Recipient(crypto::recipient_point(text));
}

std::string X25519Recipient::text() const {
    return bech32_encode("age", point_);
}

AgeStanza X25519Recipient::wrap(const FileKey& file_key, RandomSource& random) const {
    const SecretBytes ephemeral = SecretBytes::random(kX25519Bytes, random);
    const X25519Point share = public_point(ephemeral);
    const std::optional<SecretBytes> shared = try_agree(ephemeral, point_);
    if (!shared) {
        throw Error(ErrorCode::kInvalidArgument, "age: a recipient that is no usable point");
    }
    AgeStanza stanza{.arguments = {std::string(kType), to_base64_unpadded(share)},
                     .body = Bytes(kWrappedBytes)};
    Aead(wrap_key(*shared, share, point_).reveal())
        .seal(kZeroNonce, file_key.reveal(), stanza.body);
    return stanza;
}

X25519Identity X25519Identity::from_secret(SecretBytes secret) {
    if (secret.size() != kX25519Bytes) {
        throw Error(ErrorCode::kMalformed, "age: an X25519 secret has 32 octets");
    }
    const X25519Recipient recipient(public_point(secret));
    return {std::move(secret), recipient};
}

X25519Identity X25519Identity::random(RandomSource& random) {
    return from_secret(SecretBytes::random(kX25519Bytes, random));
}

X25519Identity X25519Identity::parse(ByteView text) {
    if (!as_text(text).starts_with(kIdentityPrefix)) {
        throw Error(ErrorCode::kMalformed, "age: not an AGE-SECRET-KEY-1…");
    }
    SecretBytes secret(kX25519Bytes);
    bech32_decode_into(as_text(text), to_lower_ascii(kIdentityPrefix), secret.reveal_for_writing());
    return from_secret(std::move(secret));
}

SecretBytes X25519Identity::text() const {
    // bech32_encode reserves what it needs, so there is one buffer to wipe.
    std::string lower = bech32_encode(to_lower_ascii(kIdentityPrefix), secret_.reveal());
    SecretBytes text = SecretBytes::from(as_bytes(lower));
    ::OPENSSL_cleanse(lower.data(), lower.size());
    for (std::uint8_t& character : text.reveal_for_writing()) {
        if (character >= 'a' && character <= 'z') {
            character = static_cast<std::uint8_t>(character - 'a' + 'A');
        }
    }
    return text;
}

std::optional<FileKey> X25519Identity::unwrap(std::span<const AgeStanza> stanzas) const {
    for (const AgeStanza& stanza : stanzas) {
        if (stanza.arguments.front() != kType) {
            continue;
        }
        const X25519Point share = share_of(stanza);
        const std::optional<SecretBytes> shared = try_agree(secret_, share);
        if (!shared) {
            fail(AgeFailure::kHeader, "an X25519 share of small order");
        }
        SecretBytes file_key(FileKey::kBytes);
        Aead aead(wrap_key(*shared, share, recipient_.point()).reveal());
        if (aead.try_open(kZeroNonce, stanza.body, file_key.reveal_for_writing())) {
            return FileKey(std::move(file_key));
        }
    }
    return std::nullopt;
}

}  // namespace valv::sealed
