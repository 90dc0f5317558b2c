#pragma once

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/device_id.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/identity.h"

// c2sp.org/age "X25519".
namespace valv::sealed {

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

class X25519Identity final : public KeyIdentity {
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
    [[nodiscard]] std::string recipient_text() const override { return recipient_.text(); }
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

[[nodiscard]] AgeRecipients recipients_of(const std::vector<X25519Recipient>& recipients);
[[nodiscard]] AgeIdentities identities_of(const std::vector<X25519Identity>& identities);

}  // namespace valv::sealed
