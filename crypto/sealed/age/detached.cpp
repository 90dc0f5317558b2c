#include "crypto/sealed/age/detached.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "crypto/core/secret_bytes.h"

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

void check_recipients(const AgeRecipients& recipients) {
    if (recipients.empty()) {
        throw Error(ErrorCode::kInvalidArgument, "age: no recipient");
    }
    const RecipientKind kind = recipients.front()->kind();
    const bool is_mixed = std::ranges::any_of(
        recipients, [kind](const AgeRecipient* recipient) { return recipient->kind() != kind; });
    if (is_mixed || (kind == RecipientKind::kPassphrase && recipients.size() != 1)) {
        throw Error(ErrorCode::kInvalidArgument, "age: recipients that may not stand in one header",
                    {}, "age_recipients_mixed");
    }
}

}  // namespace

DetachedHeader::DetachedHeader(ByteView octets)
    : header_(parse_age_header(octets)), octets_(to_bytes(octets)) {}

DetachedHeader::DetachedHeader(AgeHeader header, Bytes octets)
    : header_(std::move(header)), octets_(std::move(octets)) {}

DetachedHeader DetachedHeader::wrap(const FileKey& file_key, const AgeRecipients& recipients,
                                    RandomSource& random) {
    check_recipients(recipients);
    AgeHeader header;
    for (const AgeRecipient* recipient : recipients) {
        header.stanzas.push_back(recipient->wrap(file_key, random));
    }
    header.mac = age_header_mac(header.stanzas, file_key);
    Bytes octets = encode_age_header(header);
    return {std::move(header), std::move(octets)};
}

std::optional<FileKey> DetachedHeader::unwrap(const AgeIdentities& identities) const {
    check_mixture(header_.stanzas);
    for (const AgeIdentity* identity : identities) {
        if (std::optional<FileKey> file_key = identity->unwrap(header_.stanzas)) {
            check_age_header_mac(header_, *file_key);
            return file_key;
        }
    }
    for (const AgeIdentity* identity : identities) {
        identity->require_support(header_.stanzas);
    }
    return std::nullopt;
}

bool DetachedHeader::is_of(const FileKey& file_key) const {
    return crypto::constant_time_equal(age_header_mac(header_.stanzas, file_key), header_.mac);
}

std::optional<DetachedHeader> DetachedHeader::rewrap(const AgeIdentities& identities,
                                                     const AgeRecipients& recipients,
                                                     RandomSource& random) const {
    const std::optional<FileKey> file_key = unwrap(identities);
    if (!file_key) {
        return std::nullopt;
    }
    return wrap(*file_key, recipients, random);
}

SplitFile split_file(ByteView file) {
    const std::optional<std::size_t> header_size = find_age_header_end(file);
    if (!header_size) {
        fail(AgeFailure::kHeader, "the header has no end");
    }
    return {.header = file.first(*header_size), .body = file.subspan(*header_size)};
}

Bytes join_file(ByteView header, ByteView body) {
    return concat({header, body});
}

}  // namespace valv::sealed
