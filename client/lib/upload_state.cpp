#include "client/lib/upload_state.h"

#include <charconv>

#include "client/lib/errors.h"
#include "common/protocol/json.h"

namespace valv::client {
namespace {

constexpr std::string_view kCase = "case";
constexpr std::string_view kDocument = "document";
constexpr std::string_view kUpload = "upload";
constexpr std::string_view kSize = "size";
constexpr std::string_view kEpoch = "epoch";
constexpr std::string_view kSource = "source";
constexpr std::string_view kRoot = "root";
constexpr std::string_view kFileKeyHash = "file_key_hash";
constexpr std::string_view kHeader = "header";

}  // namespace

std::string encode_upload_state(const UploadState& state) {
    protocol::JsonWriter json;
    json.id(kCase, state.case_id).id(kDocument, state.document);
    if (state.upload) {
        json.id(kUpload, *state.upload);
    }
    json.integer(kSize, state.plain_size)
        .integer(kEpoch, state.epoch)
        .octets(kSource, state.source);
    json.octets(kRoot, state.body_root)
        .octets(kFileKeyHash, state.file_key_hash)
        .octets(kHeader, state.header);
    return json.take();
}

UploadState decode_upload_state(std::string_view text) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(text);
    protocol::JsonObject object = document.object();
    UploadState state{.case_id = object.id<CaseId>(kCase),
                      .document = object.id<DocumentId>(kDocument)};
    if (object.has(kUpload)) {
        state.upload = object.id<UploadId>(kUpload);
    }
    state.plain_size = object.integer(kSize);
    state.epoch = object.count(kEpoch);
    state.source = crypto::hash_from(object.fixed_octets(kSource));
    state.body_root = crypto::hash_from(object.fixed_octets(kRoot));
    state.file_key_hash = crypto::hash_from(object.fixed_octets(kFileKeyHash));
    state.header = object.octets(kHeader, limits::kMaxHeaderBytes);
    object.finish();
    return state;
}

std::uint64_t upload_offset_of(const Response& response, std::uint64_t size) {
    const auto header = response.headers.find("upload-offset");
    std::uint64_t offset = 0;
    if (header != response.headers.end()) {
        const std::string& text = header->second;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
        if (error == std::errc() && end == text.data() + text.size() && offset <= size) {
            return offset;
        }
    }
    throw Tampered(tamper::kProtocol, "no offset that could be right", {.object = "upload"});
}

}  // namespace valv::client
