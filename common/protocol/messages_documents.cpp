#include "common/protocol/json.h"
#include "common/protocol/keys.h"
#include "common/protocol/limits.h"
#include "common/protocol/messages.h"

namespace valv::protocol {
namespace {

std::vector<JsonWriter> writers_of(const std::vector<DocumentHeader>& headers) {
    std::vector<JsonWriter> rows;
    for (const DocumentHeader& row : headers) {
        JsonWriter json;
        json.id(keys::kDocument, row.document).octets(keys::kHeader, row.header);
        rows.push_back(std::move(json));
    }
    return rows;
}

std::vector<DocumentHeader> read_headers(JsonObject& object, std::size_t max_count) {
    std::vector<DocumentHeader> headers;
    for (JsonObject& row : object.objects(keys::kHeaders, max_count)) {
        headers.push_back({.document = row.id<DocumentId>(keys::kDocument),
                           .header = row.octets(keys::kHeader, limits::kMaxHeaderBytes)});
        row.finish();
    }
    return headers;
}

}  // namespace

std::string encode(const CreateUpload& message) {
    return JsonWriter().integer(keys::kSize, message.size).take();
}
CreateUpload decode_create_upload(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    const CreateUpload message{.size = object.integer(keys::kSize)};
    object.finish();
    return message;
}

std::string encode(const UploadCreated& message) {
    return JsonWriter()
        .id(keys::kUpload, message.upload)
        .integer(keys::kOffset, message.offset)
        .take();
}
UploadCreated decode_upload_created(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    const UploadCreated message{.upload = object.id<UploadId>(keys::kUpload),
                                .offset = object.integer(keys::kOffset)};
    object.finish();
    return message;
}

std::string encode(const FinishUpload& message) {
    JsonWriter json;
    json.integer(keys::kSize, message.size).octets(keys::kBodyRoot, message.body_root);
    return json.octets(keys::kHeader, message.header).take();
}
FinishUpload decode_finish_upload(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    FinishUpload message{.size = object.integer(keys::kSize),
                         .body_root = object.fixed_octets(keys::kBodyRoot),
                         .header = object.octets(keys::kHeader, limits::kMaxHeaderBytes)};
    object.finish();
    return message;
}

std::string encode(const DocumentKept& message) {
    return JsonWriter().id(keys::kDocument, message.document).take();
}

std::string encode_headers(const std::vector<DocumentHeader>& headers) {
    return JsonWriter().objects(keys::kHeaders, writers_of(headers)).take();
}
std::vector<DocumentHeader> decode_headers(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    std::vector<DocumentHeader> headers = read_headers(object, limits::kMaxListed);
    object.finish();
    return headers;
}

std::string encode(const ReplaceHeaders& message) {
    JsonWriter json;
    json.integer(keys::kEpoch, message.epoch);
    return json.objects(keys::kHeaders, writers_of(message.headers)).take();
}
ReplaceHeaders decode_replace_headers(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    ReplaceHeaders message{.epoch = object.count(keys::kEpoch),
                           .headers = read_headers(object, limits::kMaxHeadersPerCall)};
    object.finish();
    if (message.headers.empty()) {
        throw Error(ErrorCode::kMalformed, "headers: none", object.path_of(keys::kHeaders));
    }
    return message;
}

}  // namespace valv::protocol
