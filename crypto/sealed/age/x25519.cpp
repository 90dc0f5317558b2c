#include "crypto/sealed/age/x25519.h"

#include <algorithm>

#include "common/base/bech32.h"
#include "common/base/encoding.h"
#include "crypto/core/kdf.h"
#include "crypto/sealed/aead.h"
#include "crypto/sealed/age/identity_text.h"
#include "crypto/sealed/x25519_agreement.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

constexpr std::string_view kType = "X25519";
constexpr std::string_view kLabel = "age-encryption.org/v1/X25519";
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-";
constexpr std::size_t kWrappedBytes = FileKey::kBytes + kAeadTagBytes;
// The wrap key is used once, so its nonce is fixed (c2sp.org/age "X25519").
constexpr AeadNonce kZeroNonce{};

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
    std::ranges::copy(decode_age_argument(stanza.arguments[1], share.size()), share.begin());
    return share;
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
    const X25519Key key(ephemeral);
    const X25519Point& share = key.point();
    const std::optional<SecretBytes> shared = key.try_agree(point_);
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
    const X25519Recipient recipient(X25519Key(secret).point());
    return {std::move(secret), recipient};
}

X25519Identity X25519Identity::random(RandomSource& random) {
    return from_secret(SecretBytes::random(kX25519Bytes, random));
}

X25519Identity X25519Identity::parse(ByteView text) {
    return from_secret(decode_identity(kIdentityPrefix, text, kX25519Bytes));
}

SecretBytes X25519Identity::text() const {
    return encode_identity(kIdentityPrefix, secret_);
}

std::optional<FileKey> X25519Identity::unwrap(std::span<const AgeStanza> stanzas) const {
    for (const AgeStanza& stanza : stanzas) {
        if (stanza.arguments.front() != kType) {
            continue;
        }
        const X25519Point share = share_of(stanza);
        const std::optional<SecretBytes> shared =
            X25519Key(secret_, recipient_.point()).try_agree(share);
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

AgeRecipients recipients_of(const std::vector<X25519Recipient>& recipients) {
    AgeRecipients views;
    for (const X25519Recipient& recipient : recipients) {
        views.push_back(&recipient);
    }
    return views;
}

AgeIdentities identities_of(const std::vector<X25519Identity>& identities) {
    AgeIdentities views;
    for (const X25519Identity& identity : identities) {
        views.push_back(&identity);
    }
    return views;
}

}  // namespace valv::sealed
