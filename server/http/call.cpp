#include "server/http/call.h"

#include <charconv>

#include "common/base/encoding.h"
#include "common/base/error.h"

namespace valv::http {
namespace {

constexpr std::string_view kIdempotencyHeader = "idempotency-key";
constexpr std::string_view kUploadOffsetHeader = "upload-offset";
constexpr std::string_view kAuthorizationHeader = "authorization";

std::optional<std::uint64_t> find_number(std::string_view text) {
    std::uint64_t value = 0;
    const char* const last = text.data() + text.size();
    const auto [end, failure] = std::from_chars(text.data(), last, value);
    const bool is_canonical = text == "0" || !text.starts_with('0');
    return failure == std::errc() && end == last && is_canonical ? std::optional(value)
                                                                 : std::nullopt;
}

}  // namespace

std::optional<std::string_view> RequestHead::find_header(std::string_view lower_case_name) const {
    const auto found = headers.find(lower_case_name);
    return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::uint32_t Call::number(std::size_t index) const {
    const std::optional<std::uint64_t> value = find_number(match_.values.at(index));
    if (!value || *value == 0 || *value > UINT32_MAX) {
        throw Error(ErrorCode::kNotFound, "http: a path value is no number");
    }
    return static_cast<std::uint32_t>(*value);
}

service::DocumentPath Call::document_path() const {
    return {.vault = id<VaultId>(0), .case_id = id<CaseId>(1), .document = id<DocumentId>(2)};
}

service::LinkPath Call::link_path() const {
    return {.vault = id<VaultId>(0), .case_id = id<CaseId>(1), .link = id<LinkId>(2)};
}

service::Once Call::once(std::string_view body) const {
    service::Once once;
    if (const auto key = head_.find_header(kIdempotencyHeader)) {
        once.key = RequestKey::parse(*key);
    }
    once.principal = (caller() ? to_base64url(*caller()) : std::string("-")) + " " + head_.method +
                     " " + head_.target;
    once.body_sha256 = crypto::sha256(as_bytes(body));
    return once;
}

std::uint64_t Call::upload_offset() const {
    const auto header = head_.find_header(kUploadOffsetHeader);
    const std::optional<std::uint64_t> offset = header ? find_number(*header) : std::nullopt;
    if (!offset) {
        throw Error(ErrorCode::kMalformed, "http: no Upload-Offset");
    }
    return *offset;
}

protocol::Bearer Call::bearer() const {
    const auto header = head_.find_header(kAuthorizationHeader);
    std::optional<protocol::Bearer> bearer = header ? protocol::find_bearer(*header) : std::nullopt;
    if (!bearer) {
        throw Error(ErrorCode::kUnauthenticated, "http: no bearer");
    }
    return std::move(*bearer);
}

}  // namespace valv::http
