#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/device_id.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age_header.h"
#include "crypto/sealed/file_key.h"

namespace valv::sealed {

// Whom a header is made for.
class AgeRecipient {
public:
    virtual ~AgeRecipient() = default;
    [[nodiscard]] virtual AgeStanza wrap(const FileKey& file_key, RandomSource& random) const = 0;
    // A passphrase recipient is alone in its header (c2sp.org/age "scrypt").
    [[nodiscard]] virtual bool must_be_alone() const noexcept { return false; }
};

// What opens a header.
class AgeIdentity {
public:
    virtual ~AgeIdentity() = default;
    // The file key, or nothing when no stanza is for this identity. Throws AgeFailure::kHeader for
    // a stanza of its type that is malformed. The header's MAC is not looked at: unwrap_file_key
    // (age_file.h) does that.
    [[nodiscard]] virtual std::optional<FileKey> unwrap(
        std::span<const AgeStanza> stanzas) const = 0;
    [[nodiscard]] virtual bool is_passphrase() const noexcept { return false; }
};

using crypto::kX25519Bytes;
using crypto::X25519Point;

class X25519Recipient final : public AgeRecipient {
public:
    explicit X25519Recipient(const X25519Point& point) : point_(point) {}
    // `age1…`, lower case. Throws kMalformed.
    [[nodiscard]] static X25519Recipient parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] const X25519Point& point() const noexcept { return point_; }
    [[nodiscard]] AgeStanza wrap(const FileKey& file_key, RandomSource& random) const override;
    friend bool operator==(const X25519Recipient& left, const X25519Recipient& right) {
        return left.point_ == right.point_;
    }

private:
    X25519Point point_;
};

class X25519Identity final : public AgeIdentity {
public:
    // 32 secret octets, as the key schedules give them; X25519 clamps. Throws kMalformed on another
    // length.
    [[nodiscard]] static X25519Identity from_secret(crypto::SecretBytes secret);
    [[nodiscard]] static X25519Identity random(RandomSource& random);
    // `AGE-SECRET-KEY-1…` as octets. Throws kMalformed.
    [[nodiscard]] static X25519Identity parse(ByteView text);

    [[nodiscard]] crypto::SecretBytes text() const;
    [[nodiscard]] const crypto::SecretBytes& secret() const noexcept { return secret_; }
    [[nodiscard]] const X25519Recipient& recipient() const noexcept { return recipient_; }
    [[nodiscard]] X25519Identity clone() const { return {secret_.clone(), recipient_}; }
    [[nodiscard]] std::optional<FileKey> unwrap(std::span<const AgeStanza> stanzas) const override;

    friend void PrintTo(const X25519Identity& /*identity*/, std::ostream* out) {
        *out << "<secret>";
    }

private:
    X25519Identity(crypto::SecretBytes secret, const X25519Recipient& recipient)
        : secret_(std::move(secret)), recipient_(recipient) {}
    crypto::SecretBytes secret_;
    X25519Recipient recipient_;
};

// log2 of scrypt's N. Writers get it from main (18), readers accept 1…20 (docs/decisions.md "The
// cost of a passphrase is a parameter").
struct WorkFactor {
    unsigned log2_n = 18;
};
constexpr unsigned kMaxWorkFactor = 20;

class PassphraseRecipient final : public AgeRecipient {
public:
    PassphraseRecipient(crypto::SecretBytes passphrase, WorkFactor work);
    [[nodiscard]] AgeStanza wrap(const FileKey& file_key, RandomSource& random) const override;
    [[nodiscard]] bool must_be_alone() const noexcept override { return true; }

private:
    crypto::SecretBytes passphrase_;
    WorkFactor work_;
};

class PassphraseIdentity final : public AgeIdentity {
public:
    explicit PassphraseIdentity(crypto::SecretBytes passphrase)
        : passphrase_(std::move(passphrase)) {}
    [[nodiscard]] std::optional<FileKey> unwrap(std::span<const AgeStanza> stanzas) const override;
    [[nodiscard]] bool is_passphrase() const noexcept override { return true; }

private:
    crypto::SecretBytes passphrase_;
};

}  // namespace valv::sealed
