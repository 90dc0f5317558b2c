#pragma once

#include <optional>
#include <span>
#include <utility>

#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/identity.h"

// c2sp.org/age "scrypt": N = 2^log2_n, r = 8, p = 1, so 128 · 8 · N octets of memory a call (2^18:
// 256 MiB).
namespace valv::sealed {

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
    [[nodiscard]] RecipientKind kind() const noexcept override {
        return RecipientKind::kPassphrase;
    }

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
