#include "client/lib/call_headers.h"

#include "client/lib/server_address.h"

namespace valv::client {

HeaderFields header_fields(const Call& call, std::string_view client_version) {
    namespace names = protocol::headers;
    HeaderFields fields;
    fields.emplace_back(names::kClientVersion, client_version);
    const protocol::BodyKind body = protocol::route(call.route).body;
    if (body != protocol::BodyKind::kNone) {
        fields.emplace_back("Content-Type", body == protocol::BodyKind::kJson
                                                ? protocol::media::kJson
                                                : protocol::media::kOctets);
    }
    if (call.key) {
        fields.emplace_back(names::kIdempotencyKey, call.key->text());
    }
    if (call.upload_offset) {
        fields.emplace_back(names::kUploadOffset, std::to_string(*call.upload_offset));
    }
    if (call.range) {
        fields.emplace_back("Range", range_text(*call.range));
    }
    if (call.range && !call.etag.empty()) {
        fields.emplace_back("If-Range", call.etag);
    }
    if (!call.bearer.empty()) {
        fields.emplace_back("Authorization", "Bearer " + call.bearer);
    }
    return fields;
}

}  // namespace valv::client
