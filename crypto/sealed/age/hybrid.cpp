#include "crypto/sealed/age/hybrid.h"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/evp.h>

#include "common/base/bech32.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/openssl.h"
#include "crypto/sealed/aead.h"
#include "crypto/sealed/age/hpke.h"
#include "crypto/sealed/age/identity_text.h"
#include "crypto/sealed/age/ml_kem.h"
#include "crypto/sealed/x25519_agreement.h"

namespace valv::sealed {
namespace {

using crypto::require;
using crypto::SecretBytes;

constexpr std::string_view kType = "mlkem768x25519";
constexpr std::string_view kInfo = "age-encryption.org/mlkem768x25519";
constexpr std::string_view kRecipientPrefix = "age1pq";
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-PQ-";
constexpr std::size_t kWrappedBytes = FileKey::kBytes + kAeadTagBytes;
constexpr std::size_t kEncapsulatedBytes = kMlKemCiphertextBytes + crypto::kX25519Bytes;
static_assert(kHybridPublicBytes == kMlKemPublicBytes + crypto::kX25519Bytes);

// One digest of a sponge: SHAKE256 gives as many octets as are asked for.
SecretBytes digest(const char* algorithm, std::initializer_list<ByteView> parts, std::size_t size) {
    const std::unique_ptr<EVP_MD, crypto::CDeleter<EVP_MD_free>> fetched(
        ::EVP_MD_fetch(nullptr, algorithm, nullptr));
    const crypto::DigestContext context(::EVP_MD_CTX_new());
    require(fetched != nullptr && context != nullptr &&
                ::EVP_DigestInit_ex(context.get(), fetched.get(), nullptr) == 1,
            "EVP_DigestInit_ex");
    for (const ByteView part : parts) {
        require(::EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1,
                "EVP_DigestUpdate");
    }
    SecretBytes out(size);
    const bool is_extendable = (::EVP_MD_get_flags(fetched.get()) & EVP_MD_FLAG_XOF) != 0;
    require(
        is_extendable
            ? ::EVP_DigestFinalXOF(context.get(), out.reveal_for_writing().data(), size) == 1
            : ::EVP_DigestFinal_ex(context.get(), out.reveal_for_writing().data(), nullptr) == 1,
        "EVP_DigestFinal_ex");
    return out;
}

// c2sp.org/hpke-pq: the private key is a seed that both halves come from.
struct PrivateKey {
    SecretBytes ml_kem_seed;
    SecretBytes x25519;
};
PrivateKey expand(const SecretBytes& seed) {
    const SecretBytes both =
        digest("SHAKE256", {seed.reveal()}, kMlKemSeedBytes + crypto::kX25519Bytes);
    return {.ml_kem_seed = SecretBytes::from(both.reveal().first(kMlKemSeedBytes)),
            .x25519 = SecretBytes::from(both.reveal().last(crypto::kX25519Bytes))};
}

X25519Point point_from(ByteView octets) {
    X25519Point point{};
    std::ranges::copy(octets, point.begin());
    return point;
}

// X-Wing's combiner: SHA3-256(ss_PQ ‖ ss_X ‖ share ‖ X25519 public key ‖ `\.//^\`).
SecretBytes combine(const SecretBytes& ml_kem, const SecretBytes& x25519, const X25519Point& share,
                    const X25519Point& point) {
    constexpr std::string_view kLabel = R"(\.//^\)";
    return digest("SHA3-256", {ml_kem.reveal(), x25519.reveal(), share, point, as_bytes(kLabel)},
                  crypto::kHashBytes);
}

struct HybridStanza {
    Bytes ml_kem_ciphertext;
    X25519Point share{};
};

HybridStanza parse_stanza(const AgeStanza& stanza) {
    constexpr std::size_t kArguments = 2;
    if (stanza.arguments.size() != kArguments || stanza.body.size() != kWrappedBytes) {
        fail(AgeFailure::kHeader, "a hybrid stanza of another shape");
    }
    const Bytes encapsulated = decode_age_argument(stanza.arguments[1], kEncapsulatedBytes);
    return {.ml_kem_ciphertext = to_bytes(ByteView(encapsulated).first(kMlKemCiphertextBytes)),
            .share = point_from(ByteView(encapsulated).last(crypto::kX25519Bytes))};
}

SecretBytes decapsulate(const PrivateKey& key, const HybridStanza& stanza) {
    const X25519Key x25519(key.x25519);
    const std::optional<SecretBytes> shared = x25519.try_agree(stanza.share);
    if (!shared) {
        fail(AgeFailure::kHeader, "an X25519 share of small order in a hybrid stanza");
    }
    return combine(ml_kem_decapsulate(key.ml_kem_seed, stanza.ml_kem_ciphertext), *shared,
                   stanza.share, x25519.point());
}

bool is_hybrid(const AgeStanza& stanza) {
    return stanza.arguments.front() == kType;
}

}  // namespace

HybridRecipient::HybridRecipient(Bytes public_key) : public_key_(std::move(public_key)) {
    if (public_key_.size() != kHybridPublicBytes) {
        throw Error(ErrorCode::kMalformed, "age: a hybrid recipient has 1216 octets");
    }
}

HybridRecipient HybridRecipient::parse(std::string_view text) {
    Bech32 decoded = bech32_decode(text);
    if (decoded.hrp != kRecipientPrefix || !text.starts_with(kRecipientPrefix)) {
        throw Error(ErrorCode::kMalformed, "age: a hybrid recipient begins with age1pq1");
    }
    return HybridRecipient(std::move(decoded.data));
}

std::string HybridRecipient::text() const {
    return bech32_encode(kRecipientPrefix, public_key_);
}

AgeStanza HybridRecipient::wrap(const FileKey& file_key, RandomSource& random) const {
    const X25519Point point = point_from(ByteView(public_key_).last(crypto::kX25519Bytes));
    const MlKemEncapsulation ml_kem =
        ml_kem_encapsulate(ByteView(public_key_).first(kMlKemPublicBytes), random);
    const SecretBytes ephemeral = SecretBytes::random(crypto::kX25519Bytes, random);
    const X25519Key key(ephemeral);
    const X25519Point& share = key.point();
    const std::optional<SecretBytes> shared = key.try_agree(point);
    if (!shared) {
        throw Error(ErrorCode::kInvalidArgument, "age: a recipient that is no usable point");
    }
    const HpkeKey hpke = hpke_key(combine(ml_kem.shared, *shared, share, point), kInfo);
    AgeStanza stanza{
        .arguments = {std::string(kType), to_base64_unpadded(concat({ml_kem.ciphertext, share}))},
        .body = Bytes(kWrappedBytes)};
    Aead(hpke.key.reveal()).seal(hpke.nonce, file_key.reveal(), stanza.body);
    return stanza;
}

HybridIdentity::HybridIdentity(SecretBytes seed) : seed_(std::move(seed)) {
    if (seed_.size() != kHybridSeedBytes) {
        throw Error(ErrorCode::kMalformed, "age: a hybrid seed has 32 octets");
    }
}

HybridIdentity HybridIdentity::random(RandomSource& random) {
    return HybridIdentity(SecretBytes::random(kHybridSeedBytes, random));
}

HybridIdentity HybridIdentity::parse(ByteView text) {
    return HybridIdentity(decode_identity(kIdentityPrefix, text, kHybridSeedBytes));
}

SecretBytes HybridIdentity::text() const {
    return encode_identity(kIdentityPrefix, seed_);
}

HybridRecipient HybridIdentity::recipient() const {
    require_ml_kem();
    const PrivateKey key = expand(seed_);
    return HybridRecipient(
        concat({ml_kem_public_key(key.ml_kem_seed), X25519Key(key.x25519).point()}));
}

std::optional<FileKey> HybridIdentity::unwrap(std::span<const AgeStanza> stanzas) const {
    std::optional<PrivateKey> key;
    for (const AgeStanza& stanza : stanzas) {
        if (!is_hybrid(stanza)) {
            continue;
        }
        const HybridStanza parsed = parse_stanza(stanza);
        if (!has_ml_kem()) {
            continue;  // require_support says so, when no other identity opens it
        }
        if (!key) {
            key = expand(seed_);
        }
        const HpkeKey hpke = hpke_key(decapsulate(*key, parsed), kInfo);
        SecretBytes file_key(FileKey::kBytes);
        if (Aead(hpke.key.reveal())
                .try_open(hpke.nonce, stanza.body, file_key.reveal_for_writing())) {
            return FileKey(std::move(file_key));
        }
    }
    return std::nullopt;
}

void HybridIdentity::require_support(std::span<const AgeStanza> stanzas) const {
    if (std::ranges::any_of(stanzas, is_hybrid)) {
        require_ml_kem();
    }
}

}  // namespace valv::sealed
