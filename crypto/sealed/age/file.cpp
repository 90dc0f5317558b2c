#include "crypto/sealed/age/file.h"

#include <algorithm>
#include <optional>

#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/error.h"
#include "crypto/sealed/age/stream.h"

namespace valv::sealed {

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
    return join_file(DetachedHeader::wrap(file_key, recipients, random).octets(),
                     seal_body(plaintext, file_key, random));
}

FileKey file_key_of(ByteView header, const AgeIdentities& identities) {
    std::optional<FileKey> file_key = DetachedHeader(header).unwrap(identities);
    if (file_key) {
        return std::move(*file_key);
    }
    if (std::ranges::any_of(identities, &AgeIdentity::is_passphrase)) {
        fail_passphrase();
    }
    fail(AgeFailure::kNoMatch, "no identity opens it");
}

crypto::SecretBytes open(ByteView file, const AgeIdentities& identities) {
    const SplitFile parts = split_file(file);
    return open_body(parts.body, file_key_of(parts.header, identities));
}

}  // namespace valv::sealed
