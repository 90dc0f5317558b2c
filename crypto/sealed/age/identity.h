#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/base/random.h"
#include "crypto/sealed/age/header.h"
#include "crypto/sealed/file_key.h"

// What wraps a file key into a stanza, and what unwraps it (c2sp.org/age "Recipient stanza"). Const
// calls are thread-safe.
namespace valv::sealed {

// What may stand beside what in a header that we write: hybrid beside classic would cost the file
// its protection against quantum computers, a passphrase stands alone (c2sp.org/age "scrypt",
// "mlkem768x25519").
enum class RecipientKind { kClassic, kHybrid, kPassphrase };

// Whom a header is made for.
class AgeRecipient {
public:
    virtual ~AgeRecipient() = default;
    // One fresh ephemeral secret or salt a call. Throws kInvalidArgument for a recipient that no
    // secret belongs to.
    [[nodiscard]] virtual AgeStanza wrap(const FileKey& file_key, RandomSource& random) const = 0;
    [[nodiscard]] virtual RecipientKind kind() const noexcept { return RecipientKind::kClassic; }
};

// What opens a header.
class AgeIdentity {
public:
    virtual ~AgeIdentity() = default;
    // The file key, or nothing when no stanza is for this identity. Throws AgeFailure::kHeader for
    // a stanza of its type that is malformed. The header's MAC is not looked at: DetachedHeader
    // (detached.h) does that.
    [[nodiscard]] virtual std::optional<FileKey> unwrap(
        std::span<const AgeStanza> stanzas) const = 0;
    [[nodiscard]] virtual bool is_passphrase() const noexcept { return false; }
    // Called when no identity opened the header. Throws kUnsupported when a stanza could be for
    // this identity and the cryptographic library cannot tell.
    virtual void require_support(std::span<const AgeStanza> /*stanzas*/) const {}
};

// An identity that is a key: others can be told whom to encrypt to.
class KeyIdentity : public AgeIdentity {
public:
    // `age1…`. Throws kUnsupported as require_support.
    [[nodiscard]] virtual std::string recipient_text() const = 0;
};

// Views: the callers own what is pointed to. Never null.
using AgeRecipients = std::vector<const AgeRecipient*>;
using AgeIdentities = std::vector<const AgeIdentity*>;

}  // namespace valv::sealed
