#include "crypto/sealed/age/passphrase.h"

#include <algorithm>
#include <array>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/sealed/aead.h"
#include "crypto/sealed/scrypt.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

constexpr std::string_view kType = "scrypt";
constexpr std::string_view kLabel = "age-encryption.org/v1/scrypt";
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kWrappedBytes = FileKey::kBytes + kAeadTagBytes;
// The salt is fresh, so the wrap key is used once and its nonce is fixed (c2sp.org/age "scrypt").
constexpr AeadNonce kZeroNonce{};

SecretBytes wrap_key(const SecretBytes& passphrase, ByteView salt, unsigned log2_n) {
    return scrypt(passphrase.reveal(), concat({as_bytes(kLabel), salt}), log2_n, kAeadKeyBytes);
}

struct ScryptStanza {
    Bytes salt;
    unsigned log2_n = 0;
};

// ^[1-9][0-9]*$ and at most kMaxWorkFactor.
unsigned parse_work_factor(const std::string& text) {
    const bool is_decimal = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    constexpr std::size_t kMaxDigits = 2;
    if (text.empty() || text.size() > kMaxDigits || !is_decimal || text.front() == '0') {
        fail(AgeFailure::kHeader, "scrypt work factor");
    }
    unsigned value = 0;
    for (const char digit : text) {
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    if (value > kMaxWorkFactor) {
        fail(AgeFailure::kHeader, "scrypt work factor over the limit");
    }
    return value;
}

ScryptStanza parse_stanza(const AgeStanza& stanza) {
    constexpr std::size_t kArguments = 3;
    if (stanza.arguments.size() != kArguments || stanza.body.size() != kWrappedBytes) {
        fail(AgeFailure::kHeader, "a scrypt stanza of another shape");
    }
    ScryptStanza parsed;
    parsed.salt = decode_age_argument(stanza.arguments[1], kSaltBytes);
    parsed.log2_n = parse_work_factor(stanza.arguments[2]);
    return parsed;
}

}  // namespace

PassphraseRecipient::PassphraseRecipient(SecretBytes passphrase, WorkFactor work)
    : passphrase_(std::move(passphrase)), work_(work) {
    VALV_CHECK(work.log2_n >= 1 && work.log2_n <= kMaxWorkFactor);
}

AgeStanza PassphraseRecipient::wrap(const FileKey& file_key, RandomSource& random) const {
    std::array<std::uint8_t, kSaltBytes> salt{};
    random.fill(salt);
    AgeStanza stanza{
        .arguments = {std::string(kType), to_base64_unpadded(salt), std::to_string(work_.log2_n)},
        .body = Bytes(kWrappedBytes)};
    Aead(wrap_key(passphrase_, salt, work_.log2_n).reveal())
        .seal(kZeroNonce, file_key.reveal(), stanza.body);
    return stanza;
}

std::optional<FileKey> PassphraseIdentity::unwrap(std::span<const AgeStanza> stanzas) const {
    for (const AgeStanza& stanza : stanzas) {
        if (stanza.arguments.front() != kType) {
            continue;
        }
        const ScryptStanza parsed = parse_stanza(stanza);
        SecretBytes file_key(FileKey::kBytes);
        Aead aead(wrap_key(passphrase_, parsed.salt, parsed.log2_n).reveal());
        if (aead.try_open(kZeroNonce, stanza.body, file_key.reveal_for_writing())) {
            return FileKey(std::move(file_key));
        }
    }
    return std::nullopt;
}

}  // namespace valv::sealed
