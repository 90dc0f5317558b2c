#include "client/lib/publication.h"

#include <algorithm>
#include <utility>

#include "client/lib/errors.h"
#include "common/base/encoding.h"
#include "crypto/core/checkpoint.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

constexpr std::uint32_t kFirstVersion = 1;

const casework::Document& row_of(const casework::Record& record, const DocumentId& document) {
    const auto found = std::ranges::find(record.documents, document, &casework::Document::id);
    if (found == record.documents.end()) {
        throw Error(ErrorCode::kNotFound, "link: the case has no such paper", "/documents");
    }
    return *found;
}

// Collects parts, headers and policy rows while the package is made.
class Builder {
public:
    Builder(Case& opened, const casework::Record& record, NewLink& link)
        : case_(opened), record_(record), link_(link), isk_(link.keys.identity()) {}

    void add_part(const LinkPartRequest& request) {
        Part part{.link = link_.keys.id(),
                  .version = kFirstVersion,
                  .part = static_cast<std::uint32_t>(link_.policy.parts.size() + 1),
                  .name = request.name,
                  .view = request.view,
                  .documents = {}};
        for (const SharedDocument& shared : request.documents) {
            part.documents.push_back(add_document(shared, part.part));
        }
        protocol::MacFile file = seal("part", part.part, encode_part(part));
        link_.policy.parts.push_back({.part = part.part,
                                      .opens_at = request.opens_at,
                                      .ends_at = request.ends_at,
                                      .sha256 = to_bytes(crypto::sha256(file.file))});
        link_.publication.parts.push_back({.part = part.part, .content = std::move(file)});
    }

    // docs/formats.md section 7: the age file and its MAC.
    protocol::MacFile seal(std::string_view kind, std::uint32_t part, std::string_view json) {
        protocol::MacFile file{.file = sealed::seal(as_bytes(json), {&isk_.recipient()},
                                                    case_.vault().environment().random),
                               .mac = {}};
        file.mac = to_bytes(sealed::package_mac(link_.keys.package_mac_key(),
                                                {.kind = kind,
                                                 .link = link_.keys.id(),
                                                 .version = kFirstVersion,
                                                 .part = part,
                                                 .object = crypto::sha256(file.file)}));
        return file;
    }

private:
    SharedPaper add_document(const SharedDocument& shared, std::uint32_t part) {
        const casework::Document& row = row_of(record_, shared.id);
        const sealed::FileKey key = Documents(case_).file_key(row);
        Bytes header = sealed::DetachedHeader::wrap(key, {&isk_.recipient()},
                                                    case_.vault().environment().random)
                           .octets();
        const Bytes header_hash = to_bytes(crypto::sha256(header));
        const auto number = static_cast<std::uint32_t>(link_.policy.documents.size() + 1);
        link_.policy.documents.push_back(
            {.row = number, .part = part, .document = row.id, .header_sha256 = header_hash});
        link_.publication.headers.push_back({.row = number, .header = std::move(header)});
        return {.row = number,
                .name = shared.name,
                .kind = row.kind,
                .media_type = row.media_type,
                .size = static_cast<std::uint64_t>(row.size),
                .file_key_hash = from_base64url(row.file_key_hash),
                .body_root = from_base64url(row.body_root),
                .header_sha256 = header_hash};
    }

    Case& case_;
    const casework::Record& record_;
    NewLink& link_;
    sealed::X25519Identity isk_;
};

NewLink draw_link(Case& opened, const LinkRequest& request) {
    RandomSource& random = opened.vault().environment().random;
    const bool needs_code = !request.no_code_reason;
    sealed::LinkUrl url{.origin = opened.vault().directory().origin,
                        .mode = needs_code ? sealed::LinkMode::kCode : sealed::LinkMode::kNoCode,
                        .secret = sealed::LinkSecret::random(random)};
    std::optional<sealed::DigitCode> code;
    if (needs_code) {
        code = sealed::DigitCode::random(sealed::kLinkCodeDigits, random);
    }
    const sealed::LinkEntry entry(url.mode, url.secret);
    sealed::LinkKeys keys = sealed::LinkKeys::derive(entry, code);
    return {.url = std::move(url),
            .code = std::move(code),
            .keys = std::move(keys),
            .probe_hash = entry.probe_hash()};
}

Package package_of(const Case& opened, const NewLink& link, const LinkRequest& request,
                   const std::string& reply_recipient) {
    Package package{.link = link.keys.id(),
                    .version = kFirstVersion,
                    .title = request.title,
                    .audience = std::string(casework::word(request.audience)),
                    .language = request.language,
                    .sender_name = request.sender_name,
                    .sender_organisation = request.sender_organisation,
                    .recipient_name = request.recipient_name,
                    .note = request.note,
                    .made_at = opened.vault().environment().clock.now()};
    package.policy = {.not_before = request.not_before,
                      .not_after = request.not_after,
                      .max_opens = request.max_opens,
                      .lease_minutes = static_cast<std::uint32_t>(request.lease.count()),
                      .reply_expected_by = request.reply_expected_by};
    for (std::size_t index = 0; index < request.parts.size(); ++index) {
        const protocol::PolicyPart& part = link.policy.parts[index];
        package.parts.push_back({.part = part.part,
                                 .name = request.parts[index].name,
                                 .opens_at = part.opens_at,
                                 .ends_at = part.ends_at,
                                 .sha256 = part.sha256});
    }
    package.reply_recipient = reply_recipient;
    package.log_key = to_bytes(opened.vault().directory().log_key);
    package.log_origin = crypto::log_origin(opened.vault().id());
    return package;
}

void fill_policy(NewLink& link, const Case& opened, const LinkRequest& request) {
    link.policy.link = link.keys.id();
    link.policy.case_id = opened.id();
    link.policy.version = kFirstVersion;
    link.policy.needs_code = link.code.has_value();
    link.policy.not_before = request.not_before;
    link.policy.not_after = request.not_after;
    link.policy.max_opens = request.max_opens;
    link.policy.lease_minutes = static_cast<std::uint32_t>(request.lease.count());
    link.policy.reply_expected_by = request.reply_expected_by;
    link.policy.package_sha256 = to_bytes(crypto::sha256(link.publication.package.file));
}

void sign_policy(NewLink& link, const Case& opened) {
    link.publication.policy = to_bytes(as_bytes(protocol::encode(link.policy)));
    crypto::ObjectNote note = opened.vault().new_note(crypto::NoteKind::kPolicy, opened.id());
    note.link = link.keys.id();
    note.epoch = opened.epoch();
    note.object = crypto::sha256(link.publication.policy);
    link.publication.note = opened.vault().sign(note);
}

std::string secret_text(const sealed::X25519Identity& identity) {
    // The row of the record holds it as text (docs/casework.md 3.2 links[]); the record is sealed
    // as a whole.
    return std::string(as_text(identity.text().reveal()));
}

}  // namespace

NewLink make_link(Case& opened, const casework::Record& record, const LinkRequest& request) {
    if (request.parts.empty()) {
        throw Error(ErrorCode::kInvalidArgument, "link: no part", "/parts");
    }
    NewLink link = draw_link(opened, request);
    Builder builder(opened, record, link);
    for (const LinkPartRequest& part : request.parts) {
        builder.add_part(part);
    }
    const sealed::X25519Identity reply =
        opened.keyring().newest_keys().reply_identity(link.keys.id());
    const Package package = package_of(opened, link, request, reply.recipient().text());
    link.publication.package = builder.seal("package", 0, encode_package(package));
    link.publication.probe_sha256 = to_bytes(link.probe_hash);
    link.publication.public_key = to_bytes(link.keys.auth().public_key());
    link.reply_identity = secret_text(reply);
    fill_policy(link, opened, request);
    sign_policy(link, opened);
    return link;
}

casework::Link link_row(const NewLink& made, const LinkRequest& request, Instant created) {
    casework::Link row;
    row.id = made.keys.id();
    row.secret = to_base64url(made.url.secret.reveal());
    if (made.code) {
        row.code = std::string(as_text(made.code->digits().reveal()));
    }
    row.identity = secret_text(made.keys.identity());
    row.reply_identity = made.reply_identity;
    row.lease_minutes = request.lease.count();
    for (const LinkPartRequest& part : request.parts) {
        row.parts.push_back(
            {.name = part.name, .opens_at = part.opens_at, .ends_at = part.ends_at});
    }
    row.version = kFirstVersion;
    row.package_hashes = {to_base64url(made.policy.package_sha256)};
    row.no_code_reason = request.no_code_reason;
    row.audience = request.audience;
    row.recipient = request.recipient;
    row.kinds = request.kinds;
    row.created_at = created;
    row.not_before = request.not_before;
    row.not_after = request.not_after;
    row.max_opens = request.max_opens;
    row.reply_expected_by = request.reply_expected_by;
    return row;
}

}  // namespace valv::client
