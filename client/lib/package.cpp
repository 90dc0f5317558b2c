#include "client/lib/package.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/utf8.h"
#include "common/protocol/json.h"

namespace valv::client {
namespace {

using protocol::JsonObject;
using protocol::JsonWriter;

// The keys of docs/formats.md section 7, here and nowhere else in the client.
constexpr std::string_view kFormat = "format";
constexpr std::string_view kPackageFormat = "resvalv/package/1";
constexpr std::string_view kPartFormat = "resvalv/part/1";
constexpr std::string_view kLink = "link";
constexpr std::string_view kVersion = "version";
constexpr std::string_view kTitle = "title";
constexpr std::string_view kAudience = "audience";
constexpr std::string_view kLanguage = "language";
constexpr std::string_view kSender = "sender";
constexpr std::string_view kName = "name";
constexpr std::string_view kOrganisation = "organisation";
constexpr std::string_view kRecipient = "recipient";
constexpr std::string_view kNote = "note";
constexpr std::string_view kMadeAt = "made_at";
constexpr std::string_view kPolicy = "policy";
constexpr std::string_view kNotBefore = "not_before";
constexpr std::string_view kNotAfter = "not_after";
constexpr std::string_view kMaxOpens = "max_opens";
constexpr std::string_view kLeaseMinutes = "lease_minutes";
constexpr std::string_view kReplyExpectedBy = "reply_expected_by";
constexpr std::string_view kParts = "parts";
constexpr std::string_view kPart = "part";
constexpr std::string_view kOpensAt = "opens_at";
constexpr std::string_view kEndsAt = "ends_at";
constexpr std::string_view kSha256 = "sha256";
constexpr std::string_view kReplyRecipient = "reply_recipient";
constexpr std::string_view kLogKey = "log_key";
constexpr std::string_view kLogOrigin = "log_origin";
constexpr std::string_view kView = "view";
constexpr std::string_view kDocuments = "documents";
constexpr std::string_view kRow = "row";
constexpr std::string_view kKind = "kind";
constexpr std::string_view kMediaType = "media_type";
constexpr std::string_view kSize = "size";
constexpr std::string_view kFileKeyHash = "file_key_hash";
constexpr std::string_view kBodyRoot = "body_root";
constexpr std::string_view kHeaderSha256 = "header_sha256";

constexpr std::size_t kMaxLineBytes = 1000;
constexpr std::size_t kMaxNoteBytes = 16 * 1024;

JsonWriter write_policy(const PackagePolicy& policy) {
    JsonWriter json;
    json.instant_if(kNotBefore, policy.not_before).instant(kNotAfter, policy.not_after);
    json.integer(kMaxOpens, policy.max_opens).integer(kLeaseMinutes, policy.lease_minutes);
    json.instant_if(kReplyExpectedBy, policy.reply_expected_by);
    return json;
}

PackagePolicy read_policy(JsonObject object) {
    PackagePolicy policy{.not_before = object.instant_if(kNotBefore),
                         .not_after = object.instant(kNotAfter),
                         .max_opens = object.count(kMaxOpens),
                         .lease_minutes = object.count(kLeaseMinutes),
                         .reply_expected_by = object.instant_if(kReplyExpectedBy)};
    object.finish();
    return policy;
}

JsonWriter write_listed_part(const PackagePart& part) {
    JsonWriter json;
    json.integer(kPart, part.part).text(kName, part.name);
    json.instant_if(kOpensAt, part.opens_at)
        .instant_if(kEndsAt, part.ends_at)
        .octets(kSha256, part.sha256);
    return json;
}

PackagePart read_listed_part(JsonObject& object) {
    PackagePart part{.part = object.count(kPart),
                     .name = object.text(kName, kMaxLineBytes),
                     .opens_at = object.instant_if(kOpensAt),
                     .ends_at = object.instant_if(kEndsAt),
                     .sha256 = object.fixed_octets(kSha256)};
    object.finish();
    return part;
}

JsonWriter write_paper(const SharedPaper& paper) {
    JsonWriter json;
    json.integer(kRow, paper.row).text(kName, paper.name).text(kKind, paper.kind);
    json.text(kMediaType, paper.media_type).integer(kSize, paper.size);
    json.octets(kFileKeyHash, paper.file_key_hash).octets(kBodyRoot, paper.body_root);
    json.octets(kHeaderSha256, paper.header_sha256);
    return json;
}

// A name that stays in the folder where it is saved.
bool is_file_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos &&
           name.find('\\') == std::string_view::npos && is_plain_line(name);
}

SharedPaper read_paper(JsonObject& object) {
    SharedPaper paper{.row = object.count(kRow),
                      .name = object.text(kName, kMaxLineBytes),
                      .kind = object.text(kKind, kMaxLineBytes),
                      .media_type = object.text(kMediaType, kMaxLineBytes),
                      .size = object.integer(kSize),
                      .file_key_hash = object.fixed_octets(kFileKeyHash),
                      .body_root = object.fixed_octets(kBodyRoot),
                      .header_sha256 = object.fixed_octets(kHeaderSha256)};
    if (!is_file_name(paper.name)) {
        throw Error(ErrorCode::kMalformed, "part: not a file name", object.path_of(kName));
    }
    object.finish();
    return paper;
}

void require_format(JsonObject& object, std::string_view format) {
    if (object.text(kFormat) != format) {
        throw Error(ErrorCode::kMalformed, "unknown format", "/format");
    }
}

std::string read_name(JsonObject object) {
    std::string name = object.text(kName, kMaxLineBytes);
    object.finish();
    return name;
}

}  // namespace

std::string encode_package(const Package& package) {
    JsonWriter sender;
    sender.text(kName, package.sender_name).text(kOrganisation, package.sender_organisation);
    JsonWriter recipient;
    recipient.text(kName, package.recipient_name);
    std::vector<JsonWriter> parts;
    for (const PackagePart& part : package.parts) {
        parts.push_back(write_listed_part(part));
    }
    JsonWriter json;
    json.text(kFormat, kPackageFormat).id(kLink, package.link).integer(kVersion, package.version);
    json.text(kTitle, package.title)
        .text(kAudience, package.audience)
        .text(kLanguage, package.language);
    json.object(kSender, std::move(sender)).object(kRecipient, std::move(recipient));
    json.text_if(kNote, package.note).instant(kMadeAt, package.made_at);
    json.object(kPolicy, write_policy(package.policy)).objects(kParts, std::move(parts));
    json.text(kReplyRecipient, package.reply_recipient).octets(kLogKey, package.log_key);
    json.text(kLogOrigin, package.log_origin);
    return json.take();
}

Package decode_package(std::string_view text) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(text);
    JsonObject object = document.object();
    require_format(object, kPackageFormat);
    Package package{.link = object.id<LinkId>(kLink),
                    .version = object.count(kVersion),
                    .title = object.text(kTitle, kMaxLineBytes),
                    .audience = object.text(kAudience, kMaxLineBytes),
                    .language = object.text(kLanguage, kMaxLineBytes)};
    JsonObject sender = object.object(kSender);
    package.sender_name = sender.text(kName, kMaxLineBytes);
    package.sender_organisation = sender.text(kOrganisation, kMaxLineBytes);
    sender.finish();
    package.recipient_name = read_name(object.object(kRecipient));
    package.note = object.text_if(kNote, kMaxNoteBytes);
    package.made_at = object.instant(kMadeAt);
    package.policy = read_policy(object.object(kPolicy));
    for (JsonObject& part : object.objects(kParts, limits::kMaxLinkParts)) {
        package.parts.push_back(read_listed_part(part));
    }
    package.reply_recipient = object.text(kReplyRecipient, kMaxLineBytes);
    package.log_key = object.fixed_octets(kLogKey);
    package.log_origin = object.text(kLogOrigin, kMaxLineBytes);
    object.finish();
    return package;
}

std::string encode_part(const Part& part) {
    std::vector<JsonWriter> documents;
    for (const SharedPaper& paper : part.documents) {
        documents.push_back(write_paper(paper));
    }
    JsonWriter json;
    json.text(kFormat, kPartFormat).id(kLink, part.link).integer(kVersion, part.version);
    json.integer(kPart, part.part).text(kName, part.name).raw(kView, part.view);
    json.objects(kDocuments, std::move(documents));
    return json.take();
}

Part decode_part(std::string_view text) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(text);
    JsonObject object = document.object();
    require_format(object, kPartFormat);
    Part part{.link = object.id<LinkId>(kLink),
              .version = object.count(kVersion),
              .part = object.count(kPart),
              .name = object.text(kName, kMaxLineBytes),
              .view = object.raw(kView)};
    for (JsonObject& paper : object.objects(kDocuments, limits::kMaxLinkDocuments)) {
        part.documents.push_back(read_paper(paper));
    }
    object.finish();
    return part;
}

}  // namespace valv::client
