#include "crypto/sealed/age_file.h"

#include <algorithm>

#include "common/base/error.h"
#include "crypto/sealed/age_stream.h"

namespace valv::sealed {
namespace {

// A passphrase stanza is alone in its header (c2sp.org/age "scrypt"): whatever we open with, a
// mixed header is refused.
void check_mixture(const std::vector<AgeStanza>& stanzas) {
    const bool has_passphrase = std::ranges::any_of(
        stanzas, [](const AgeStanza& stanza) { return stanza.arguments.front() == "scrypt"; });
    if (has_passphrase && stanzas.size() != 1) {
        fail(AgeFailure::kHeader, "a passphrase stanza is not alone");
    }
}

}  // namespace

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

Bytes wrap_file_key(const FileKey& file_key, const AgeRecipients& recipients,
                    RandomSource& random) {
    const bool has_passphrase = std::ranges::any_of(
        recipients, [](const AgeRecipient* recipient) { return recipient->must_be_alone(); });
    if (recipients.empty() || (has_passphrase && recipients.size() != 1)) {
        throw Error(ErrorCode::kInvalidArgument,
                    "age: no recipient, or a passphrase beside another recipient");
    }
    AgeHeader header;
    for (const AgeRecipient* recipient : recipients) {
        header.stanzas.push_back(recipient->wrap(file_key, random));
    }
    header.mac = age_header_mac(header.stanzas, file_key);
    return encode_age_header(header);
}

std::optional<FileKey> unwrap_file_key(ByteView header, const AgeIdentities& identities) {
    return unwrap_file_key(parse_age_header(header), identities);
}

std::optional<FileKey> unwrap_file_key(const AgeHeader& header, const AgeIdentities& identities) {
    check_mixture(header.stanzas);
    for (const AgeIdentity* identity : identities) {
        if (std::optional<FileKey> file_key = identity->unwrap(header.stanzas)) {
            check_age_header_mac(header, *file_key);
            return file_key;
        }
    }
    return std::nullopt;
}

Bytes seal_body(ByteView plaintext, const FileKey& file_key, RandomSource& random) {
    Bytes body;
    body.reserve(crypto::body_size(plaintext.size()));
    BodySealer sealer(file_key, random, [&body](ByteView part) { append(body, part); });
    sealer.push(plaintext);
    sealer.finish();
    return body;
}

crypto::SecretBytes open_body(ByteView body, const FileKey& file_key) {
    crypto::SecretBytes plaintext(
        body.size());  // a little too large: never grows, so it leaves no copies
    std::size_t size = 0;
    BodyOpener opener(file_key, [&](ByteView part) {
        std::ranges::copy(part, plaintext.reveal_for_writing().subspan(size).begin());
        size += part.size();
    });
    opener.push(body);
    opener.finish();
    plaintext.shrink(size);
    return plaintext;
}

Bytes seal(ByteView plaintext, const AgeRecipients& recipients, RandomSource& random) {
    const FileKey file_key = FileKey::random(random);
    return concat(
        {wrap_file_key(file_key, recipients, random), seal_body(plaintext, file_key, random)});
}

crypto::SecretBytes open(ByteView file, const AgeIdentities& identities) {
    const std::optional<std::size_t> header_size = find_age_header_end(file);
    if (!header_size) {
        fail(AgeFailure::kHeader, "the header has no end");
    }
    const std::optional<FileKey> file_key = unwrap_file_key(file.first(*header_size), identities);
    if (!file_key) {
        if (std::ranges::any_of(identities, [](const AgeIdentity* identity) {
                return identity->is_passphrase();
            })) {
            fail_passphrase();
        }
        fail(AgeFailure::kNoMatch, "no identity opens it");
    }
    return open_body(file.subspan(*header_size), *file_key);
}

}  // namespace valv::sealed
