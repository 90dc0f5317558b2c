#include "client/lib/paper_keys.h"

#include <algorithm>
#include <map>
#include <optional>

#include "client/lib/errors.h"
#include "common/base/encoding.h"
#include "crypto/sealed/age/detached.h"

namespace valv::client {
namespace {

using protocol::RouteName;

bool is_older(const Case& opened, const casework::Document& row) {
    return row.epoch < opened.epoch();
}

std::map<DocumentId, Bytes> fetch_headers(const Case& opened) {
    const Call call =
        call_to(RouteName::kListHeaders, {opened.vault().id_text(), opened.id().text()});
    std::map<DocumentId, Bytes> headers;
    about(opened.subject("headers"), [&] {
        for (protocol::DocumentHeader& row :
             protocol::decode_headers(ask(opened.vault().transport(), call).text())) {
            headers.insert_or_assign(row.document, std::move(row.header));
        }
    });
    return headers;
}

// Nothing when it is not this paper's.
std::optional<sealed::FileKey> find_file_key(const Case& opened, const casework::Document& row,
                                             const std::map<DocumentId, Bytes>& headers,
                                             const CaseIdentities& identities) {
    const auto found = headers.find(row.id);
    if (found == headers.end()) {
        return std::nullopt;
    }
    try {
        return file_key_in(opened, row, found->second, identities);
    } catch (const Tampered&) {
        return std::nullopt;
    }
}

void put_headers(const Case& opened, std::vector<protocol::DocumentHeader> headers) {
    Vault& vault = opened.vault();
    Bytes all;  // as the event's sha256 covers them
    for (const protocol::DocumentHeader& row : headers) {
        append(all, row.document.bytes());
        append(all, row.header);
    }
    Call call = call_to(RouteName::kReplaceHeaders, {vault.id_text(), opened.id().text()});
    call.json = protocol::encode(
        protocol::ReplaceHeaders{.epoch = opened.epoch(), .headers = std::move(headers)});
    try {
        ask(vault.transport(), call);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kNotFound) {
            throw Error(ErrorCode::kConflict, "headers: a paper was removed meanwhile");
        }
        throw;
    }
    vault.note_own_write({.at = {},
                          .kind = "headers",
                          .key = "sha256",
                          .value = to_base64(crypto::sha256(all)),
                          .case_id = opened.id()});
}

}  // namespace

CaseIdentities::CaseIdentities(const Case& opened, std::uint32_t first) : first_(first) {
    for (std::uint32_t epoch = first; epoch <= opened.epoch(); ++epoch) {
        identities_.push_back(opened.keyring().case_keys(epoch).case_identity());
    }
}

sealed::AgeIdentities CaseIdentities::since(std::uint32_t epoch) const {
    sealed::AgeIdentities views = sealed::identities_of(identities_);
    const std::size_t earlier = epoch > first_ ? epoch - first_ : 0;
    views.erase(views.begin(),
                views.begin() + static_cast<std::ptrdiff_t>(std::min(earlier, views.size())));
    return views;
}

sealed::FileKey file_key_in(const Case& opened, const casework::Document& row, ByteView header,
                            const CaseIdentities& identities) {
    const Subject subject = opened.subject("document " + row.id.text());
    std::optional<sealed::FileKey> key;
    try {
        key = sealed::DetachedHeader(header).unwrap(
            identities.since(static_cast<std::uint32_t>(row.epoch)));
    } catch (const Error& error) {
        throw Tampered(tamper::kHeader, error.what(), subject);
    }
    if (!key) {
        throw Tampered(tamper::kHeader, "its header is for other keys", subject);
    }
    if (to_base64url(sealed::file_key_hash(*key)) != row.file_key_hash) {
        throw Tampered(tamper::kFileKey, "its header holds the key of another paper", subject);
    }
    return std::move(*key);
}

void move_papers(Case& opened, casework::Record& record) {
    if (std::ranges::none_of(record.documents, [&](const casework::Document& row) {
            return is_older(opened, row);
        })) {
        return;
    }
    const sealed::X25519Identity identity = opened.keyring().newest_keys().case_identity();
    const std::map<DocumentId, Bytes> headers = fetch_headers(opened);
    const CaseIdentities identities(opened, 1);
    std::vector<protocol::DocumentHeader> moved;
    for (casework::Document& row : record.documents) {
        const std::optional<sealed::FileKey> key =
            is_older(opened, row) ? find_file_key(opened, row, headers, identities) : std::nullopt;
        if (!key) {
            continue;
        }
        moved.push_back({.document = row.id,
                         .header = sealed::DetachedHeader::wrap(*key, {&identity.recipient()},
                                                                opened.vault().environment().random)
                                       .octets()});
        row.epoch = opened.epoch();
        if (moved.size() == limits::kMaxHeadersPerCall) {
            put_headers(opened, std::exchange(moved, {}));
        }
    }
    if (!moved.empty()) {
        put_headers(opened, std::move(moved));
    }
}

}  // namespace valv::client
