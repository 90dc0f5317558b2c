#pragma once

#include <optional>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/sealed/age/header.h"
#include "crypto/sealed/age/identity.h"
#include "crypto/sealed/file_key.h"

// Headers by themselves (docs/formats.md section 2): header ‖ body is an age file, so a document
// that is shared, withdrawn or moved to other keys gets another header, and its body is not
// touched.
namespace valv::sealed {

// A header, checked: it parses, and its encoding is these octets.
class DetachedHeader {
public:
    // Of exactly a header. Throws AgeFailure::kHeader.
    explicit DetachedHeader(ByteView octets);
    // Wraps the file key to each recipient. At least one; all of one kind, and a passphrase alone
    // (kInvalidArgument, name `age_recipients_mixed`).
    [[nodiscard]] static DetachedHeader wrap(const FileKey& file_key,
                                             const AgeRecipients& recipients, RandomSource& random);

    [[nodiscard]] const Bytes& octets() const noexcept { return octets_; }
    [[nodiscard]] const AgeHeader& parsed() const noexcept { return header_; }

    // The first identity that has a stanza wins, and then the MAC must hold. Nothing when none has
    // one. Throws AgeFailure::kHeader or kHmac; kUnsupported as AgeIdentity::require_support.
    [[nodiscard]] std::optional<FileKey> unwrap(const AgeIdentities& identities) const;
    // Does the MAC hold under this file key? Then the header was made by one who knew it.
    [[nodiscard]] bool is_of(const FileKey& file_key) const;
    // The same file key for other recipients: the body beside it opens for them. Nothing when no
    // identity opens this header; throws as unwrap() and wrap().
    [[nodiscard]] std::optional<DetachedHeader> rewrap(const AgeIdentities& identities,
                                                       const AgeRecipients& recipients,
                                                       RandomSource& random) const;

private:
    DetachedHeader(AgeHeader header, Bytes octets);
    AgeHeader header_;
    Bytes octets_;
};

// A file in memory as its two parts: views into it. Throws AgeFailure::kHeader when the header has
// no end.
struct SplitFile {
    ByteView header;
    ByteView body;
};
[[nodiscard]] SplitFile split_file(ByteView file);
// header ‖ body.
[[nodiscard]] Bytes join_file(ByteView header, ByteView body);

}  // namespace valv::sealed
