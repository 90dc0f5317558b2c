#include "common/protocol/json.h"
#include "common/protocol/keys.h"
#include "common/protocol/limits.h"
#include "common/protocol/messages.h"

namespace valv::protocol {
namespace {

constexpr std::string_view kPolicyFormat = "resvalv/policy/1";
constexpr std::size_t kMaxNetworkBytes = 64;
constexpr std::size_t kMaxFreezeRules = 8;

JsonWriter writer_of(const PolicyPart& part) {
    JsonWriter json;
    json.integer(keys::kPart, part.part).instant_if(keys::kOpensAt, part.opens_at);
    json.instant_if(keys::kEndsAt, part.ends_at).octets(keys::kSha256, part.sha256);
    return json;
}

PolicyPart read_policy_part(JsonObject object) {
    PolicyPart part{.part = object.count(keys::kPart),
                    .opens_at = object.instant_if(keys::kOpensAt),
                    .ends_at = object.instant_if(keys::kEndsAt),
                    .sha256 = object.fixed_octets(keys::kSha256)};
    object.finish();
    return part;
}

JsonWriter writer_of(const PolicyDocument& row) {
    JsonWriter json;
    json.integer(keys::kRow, row.row)
        .integer(keys::kPart, row.part)
        .id(keys::kDocument, row.document);
    json.octets(keys::kHeaderSha256, row.header_sha256);
    return json;
}

PolicyDocument read_policy_document(JsonObject object) {
    PolicyDocument row{.row = object.count(keys::kRow),
                       .part = object.count(keys::kPart),
                       .document = object.id<DocumentId>(keys::kDocument),
                       .header_sha256 = object.fixed_octets(keys::kHeaderSha256)};
    object.finish();
    return row;
}

JsonWriter writer_of(const MacFile& content) {
    JsonWriter json;
    json.octets(keys::kFile, content.file).octets(keys::kMac, content.mac);
    return json;
}

MacFile read_mac_file(JsonObject object) {
    MacFile content{.file = object.octets(keys::kFile), .mac = object.fixed_octets(keys::kMac)};
    object.finish();
    return content;
}

JsonWriter writer_of(const PublishedPart& part) {
    JsonWriter json;
    json.integer(keys::kPart, part.part)
        .octets(keys::kFile, part.content.file)
        .octets(keys::kMac, part.content.mac);
    return json;
}

PublishedPart read_published_part(JsonObject object) {
    PublishedPart part{
        .part = object.count(keys::kPart),
        .content = {.file = object.octets(keys::kFile), .mac = object.fixed_octets(keys::kMac)}};
    object.finish();
    return part;
}

JsonWriter writer_of(const PublishedHeader& header) {
    JsonWriter json;
    json.integer(keys::kRow, header.row).octets(keys::kHeader, header.header);
    return json;
}

PublishedHeader read_published_header(JsonObject object) {
    PublishedHeader header{.row = object.count(keys::kRow),
                           .header = object.octets(keys::kHeader, limits::kMaxHeaderBytes)};
    object.finish();
    return header;
}

JsonWriter writer_of(const Opened& opened) {
    JsonWriter json;
    json.instant(keys::kAt, opened.at)
        .text(keys::kNetwork, opened.network)
        .integer(keys::kHolder, opened.holder);
    json.octets(keys::kHolderSha256, opened.holder_sha256)
        .octets(keys::kChallenge, opened.challenge);
    json.octets(keys::kSignature, opened.signature);
    return json;
}

Opened read_opened(JsonObject object) {
    Opened opened{.at = object.instant(keys::kAt),
                  .network = object.text(keys::kNetwork, kMaxNetworkBytes),
                  .holder = object.count(keys::kHolder),
                  .holder_sha256 = object.fixed_octets(keys::kHolderSha256),
                  .challenge = object.fixed_octets(keys::kChallenge),
                  .signature = object.octets(keys::kSignature, limits::kSignatureBytes)};
    object.finish();
    return opened;
}

JsonWriter writer_of(const LinkState& state);

template <typename Row>
std::vector<JsonWriter> writers_of(const std::vector<Row>& rows) {
    std::vector<JsonWriter> writers;
    writers.reserve(rows.size());
    for (const Row& row : rows) {
        writers.push_back(writer_of(row));
    }
    return writers;
}

template <typename Row>
std::vector<Row> rows_of(std::vector<JsonObject> objects, Row (*read)(JsonObject)) {
    std::vector<Row> rows;
    rows.reserve(objects.size());
    for (JsonObject& object : objects) {
        rows.push_back(read(std::move(object)));
    }
    return rows;
}

JsonWriter writer_of(const LinkState& state) {
    JsonWriter json;
    json.id(keys::kLink, state.link)
        .integer(keys::kVersion, state.version)
        .instant(keys::kCreated, state.created);
    json.instant_if(keys::kNotBefore, state.not_before).instant(keys::kNotAfter, state.not_after);
    json.integer(keys::kMaxOpens, state.max_opens).integer(keys::kOpens, state.opens);
    json.integer(keys::kFailures, state.failures).instant_if(keys::kLocked, state.locked);
    json.instant_if(keys::kRevoked, state.revoked).boolean(keys::kLive, state.is_live);
    json.objects(keys::kOpened, writers_of(state.opened))
        .text(keys::kPolicyNote, state.policy_note);
    return json;
}

LinkState read_link_state(JsonObject object) {
    LinkState state{
        .link = object.id<LinkId>(keys::kLink),
        .version = object.count(keys::kVersion),
        .created = object.instant(keys::kCreated),
        .not_before = object.instant_if(keys::kNotBefore),
        .not_after = object.instant(keys::kNotAfter),
        .max_opens = object.count(keys::kMaxOpens),
        .opens = object.count(keys::kOpens),
        .failures = object.count(keys::kFailures),
        .locked = object.instant_if(keys::kLocked),
        .revoked = object.instant_if(keys::kRevoked),
        .is_live = object.boolean(keys::kLive),
        .opened = rows_of<Opened>(object.objects(keys::kOpened, limits::kMaxListed), read_opened),
        .policy_note = object.text(keys::kPolicyNote, limits::kMaxNoteBytes)};
    object.finish();
    return state;
}

}  // namespace

std::string encode(const Policy& policy) {
    JsonWriter json;
    json.text(keys::kFormat, kPolicyFormat)
        .id(keys::kLink, policy.link)
        .id(keys::kCase, policy.case_id);
    json.integer(keys::kVersion, policy.version).boolean(keys::kCode, policy.needs_code);
    json.instant_if(keys::kNotBefore, policy.not_before).instant(keys::kNotAfter, policy.not_after);
    json.integer(keys::kMaxOpens, policy.max_opens)
        .integer(keys::kLeaseMinutes, policy.lease_minutes);
    json.instant_if(keys::kReplyExpectedBy, policy.reply_expected_by)
        .texts(keys::kFreeze, policy.freeze);
    json.octets(keys::kPackageSha256, policy.package_sha256)
        .objects(keys::kParts, writers_of(policy.parts));
    return json.objects(keys::kDocuments, writers_of(policy.documents)).take();
}

Policy decode_policy(std::string_view text) {
    const JsonDocument document = JsonDocument::parse(text);
    JsonObject object = document.object();
    if (object.text(keys::kFormat) != kPolicyFormat) {
        throw Error(ErrorCode::kMalformed, "policy: unknown format", object.path_of(keys::kFormat));
    }
    Policy policy{
        .link = object.id<LinkId>(keys::kLink),
        .case_id = object.id<CaseId>(keys::kCase),
        .version = object.count(keys::kVersion),
        .needs_code = object.boolean(keys::kCode),
        .not_before = object.instant_if(keys::kNotBefore),
        .not_after = object.instant(keys::kNotAfter),
        .max_opens = object.count(keys::kMaxOpens),
        .lease_minutes = object.count(keys::kLeaseMinutes),
        .reply_expected_by = object.instant_if(keys::kReplyExpectedBy),
        .freeze = object.texts(keys::kFreeze, kMaxFreezeRules),
        .package_sha256 = object.fixed_octets(keys::kPackageSha256),
        .parts = rows_of<PolicyPart>(object.objects(keys::kParts, limits::kMaxLinkParts),
                                     read_policy_part),
        .documents = rows_of<PolicyDocument>(
            object.objects(keys::kDocuments, limits::kMaxLinkDocuments), read_policy_document)};
    object.finish();
    return policy;
}

std::string encode(const MacFile& message) {
    return writer_of(message).take();
}
MacFile decode_mac_file(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    return read_mac_file(document.object());
}

std::string encode(const Publication& message) {
    JsonWriter json;
    json.text(keys::kNote, message.note).octets(keys::kPolicy, message.policy);
    json.octets(keys::kProbeSha256, message.probe_sha256)
        .octets(keys::kPublicKey, message.public_key);
    json.object(keys::kPackage, writer_of(message.package))
        .objects(keys::kParts, writers_of(message.parts));
    return json.objects(keys::kHeaders, writers_of(message.headers)).take();
}

Publication decode_publication(std::string_view text) {
    const JsonDocument document = JsonDocument::parse(text);
    JsonObject object = document.object();
    Publication message{
        .note = object.text(keys::kNote, limits::kMaxNoteBytes),
        .policy = object.octets(keys::kPolicy),
        .probe_sha256 = object.fixed_octets(keys::kProbeSha256),
        .public_key = object.fixed_octets(keys::kPublicKey),
        .package = read_mac_file(object.object(keys::kPackage)),
        .parts = rows_of<PublishedPart>(object.objects(keys::kParts, limits::kMaxLinkParts),
                                        read_published_part),
        .headers = rows_of<PublishedHeader>(
            object.objects(keys::kHeaders, limits::kMaxLinkDocuments), read_published_header)};
    object.finish();
    return message;
}

std::string encode(const LinkState& state) {
    return writer_of(state).take();
}
LinkState decode_link_state(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    return read_link_state(document.object());
}

std::string encode_links(const std::vector<LinkState>& links) {
    return JsonWriter().objects(keys::kLinks, writers_of(links)).take();
}
std::vector<LinkState> decode_links(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    std::vector<LinkState> links =
        rows_of<LinkState>(object.objects(keys::kLinks, limits::kMaxListed), read_link_state);
    object.finish();
    return links;
}

std::string encode(const LinkPublished& message) {
    JsonWriter json;
    json.id(keys::kLink, message.link).octets(keys::kPolicySha256, message.policy_sha256);
    return json.object(keys::kState, writer_of(message.state)).take();
}
LinkPublished decode_link_published(std::string_view text) {
    const JsonDocument document = JsonDocument::parse(text);
    JsonObject object = document.object();
    LinkPublished message{.link = object.id<LinkId>(keys::kLink),
                          .policy_sha256 = object.fixed_octets(keys::kPolicySha256),
                          .state = read_link_state(object.object(keys::kState))};
    object.finish();
    return message;
}

}  // namespace valv::protocol
