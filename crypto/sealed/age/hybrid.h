#pragma once

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/identity.h"

// c2sp.org/age "mlkem768x25519": HPKE (RFC 9180, base mode) over the KEM MLKEM768-X25519
// (c2sp.org/hpke-pq, X-Wing's combiner). ML-KEM-768 is OpenSSL's (3.5 and newer): where it is
// missing, texts are read and written all the same, and what needs the KEM throws kUnsupported.
namespace valv::sealed {

constexpr std::size_t kHybridPublicBytes = 1184 + 32;  // ML-KEM-768 encapsulation key ‖ X25519
constexpr std::size_t kHybridSeedBytes = 32;

// Has the OpenSSL that we run on got ML-KEM-768? The same at every call.
[[nodiscard]] bool has_ml_kem() noexcept;

class HybridRecipient final : public AgeRecipient {
public:
    // kHybridPublicBytes octets; throws kMalformed on another length.
    explicit HybridRecipient(Bytes public_key);
    // `age1pq1…`, lower case, 1 959 characters. Throws kMalformed.
    [[nodiscard]] static HybridRecipient parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    // Throws kUnsupported; kInvalidArgument for a key that ML-KEM refuses (FIPS 203 section 7.2).
    [[nodiscard]] AgeStanza wrap(const FileKey& file_key, RandomSource& random) const override;
    [[nodiscard]] RecipientKind kind() const noexcept override { return RecipientKind::kHybrid; }
    friend bool operator==(const HybridRecipient& left, const HybridRecipient& right) {
        return left.public_key_ == right.public_key_;
    }

private:
    Bytes public_key_;
};

class HybridIdentity final : public KeyIdentity {
public:
    // kHybridSeedBytes octets; throws kMalformed on another length.
    explicit HybridIdentity(crypto::SecretBytes seed);
    [[nodiscard]] static HybridIdentity random(RandomSource& random);
    // `AGE-SECRET-KEY-PQ-1…`, 77 characters. Throws kMalformed.
    [[nodiscard]] static HybridIdentity parse(ByteView text);

    [[nodiscard]] crypto::SecretBytes text() const;
    [[nodiscard]] HybridRecipient recipient() const;  // throws kUnsupported
    [[nodiscard]] std::string recipient_text() const override { return recipient().text(); }
    [[nodiscard]] std::optional<FileKey> unwrap(std::span<const AgeStanza> stanzas) const override;
    void require_support(std::span<const AgeStanza> stanzas) const override;

    friend void PrintTo(const HybridIdentity& /*identity*/, std::ostream* out) {
        *out << "<secret>";
    }

private:
    crypto::SecretBytes seed_;
};

}  // namespace valv::sealed
