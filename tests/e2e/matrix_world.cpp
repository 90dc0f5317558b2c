#include "tests/e2e/matrix_world.h"

#include <fstream>

#include "client/lib/retention.h"
#include "crypto/core/body_root.h"

namespace valv::e2e {
namespace {

using client::test::enrol;
using client::test::found;
using protocol::Method;
using protocol::RouteName;

constexpr std::size_t kPaperBytes = 70'000;
constexpr std::uint64_t kPlainBytes = 1000;

DocumentId add_paper(client::test::World& world, client::Case& opened, const char* name) {
    const auto file = world.folder / name;
    const Bytes octets = client::test::some_octets(kPaperBytes, name);
    std::ofstream(file, std::ios::binary) << as_text(octets);
    return client::Documents(opened).add(file, client::test::passport_row()).id;
}

void revoke(client::test::Member& admin, const DeviceId& device) {
    crypto::Directory next = admin.vault.directory();
    for (crypto::DeviceLine& line : next.devices) {
        if (line.device == device) {
            line.status = crypto::DeviceStatus::kRevoked;
        }
    }
    admin.vault.put_directory(next, admin.vault.names());
}

}  // namespace

MatrixWorld::MatrixWorld() {
    admin_ = found(world_);
    member_ = enrol(world_, *admin_, "member");
    other_ = enrol(world_, *admin_, "other");
    revoked_ = enrol(world_, *admin_, "revoked");
    admin_->vault.sync();
    revoke(*admin_, revoked_->device());
    member_->vault.sync();
    other_->vault.sync();

    client::Cases cases(member_->vault);
    case_ = cases.create(client::test::plain_record("RV-2026-101"));
    (void)client::Cases(other_->vault).create(client::test::plain_record("RV-2026-102"));
    client::Case opened = cases.open(case_);
    document_ = add_paper(world_, opened, "first.jpg");
    (void)client::update_retention(opened, [&](protocol::Retention decision) {
        decision.erase_after = world_.clock.now() + std::chrono::hours(24 * 365);
        return decision;
    });
    removable_ = add_paper(world_, opened, "second.jpg");
    live_ = make_link(opened, document_);
    ended_ = make_link(opened, document_);
    open_lease(live_);
    open_lease(ended_);
    staff_link_ = live_.entry->id();
    (void)client::Links(opened).revoke(ended_.entry->id());
    invitation_ =
        client::Enrolments(admin_->vault)
            .invite({.person = {}, .name = "Somebody", .role = crypto::Role::kCoordinator})
            .id;
    removable_invitation_ =
        client::Enrolments(admin_->vault)
            .invite({.person = {}, .name = "Nobody", .role = crypto::Role::kCoordinator})
            .id;

    int status = 0;
    const Knock create{
        .method = Method::kPost,
        .path = protocol::path_of(
            RouteName::kCreateUpload,
            {member_->vault.id_text(), case_.text(), DocumentId::random(world_.random).text()}),
        .body = encode(protocol::CreateUpload{.size = crypto::body_size(kPlainBytes)}),
        .headers = {}};
    upload_ = create.path + "/" +
              protocol::decode_upload_created(
                  send(protocol::Listener::kStaff, create, key_of(Knocker::kMember), status))
                  .upload.text();
}

MatrixWorld::OpenedLink MatrixWorld::make_link(client::Case& opened, const DocumentId& document) {
    client::LinkRequest request;
    request.recipient = "o1";
    request.recipient_name = "Office";
    request.kinds = {"passport"};
    request.title = "Travel plan";
    request.sender_name = "Sender";
    request.sender_organisation = "Unit";
    request.not_after = world_.clock.now() + std::chrono::hours(24);
    client::LinkPartRequest part;
    part.documents = {{.id = document, .name = "RV-2026-101-passport-1.jpg"}};
    request.parts.push_back(part);
    const client::CreatedLink created = client::Links(opened).create(request);
    const sealed::LinkUrl url = sealed::parse_link_url(created.url.reveal());
    OpenedLink link;
    link.entry = std::make_unique<sealed::LinkEntry>(url.mode, url.secret);
    link.keys =
        std::make_unique<sealed::LinkKeys>(sealed::LinkKeys::derive(*link.entry, created.code));
    return link;
}

protocol::Welcome MatrixWorld::hello(const OpenedLink& link) {
    int status = 0;
    const Knock knock{.method = Method::kPost,
                      .path = protocol::path_of(RouteName::kLinkHello),
                      .body = encode(protocol::Hello{
                          .id = link.entry->id(), .probe = to_bytes(link.entry->probe().reveal())}),
                      .headers = {}};
    return protocol::decode_welcome(send(protocol::Listener::kPublic, knock, {}, status));
}

void MatrixWorld::open_lease(OpenedLink& link) {
    Bytes holder(limits::kSecretBytes);
    world_.random.fill(holder);
    const Bytes challenge = hello(link).challenge;
    const Bytes message =
        sealed::link_open_message(link.entry->id(), challenge, crypto::sha256(holder));
    const Knock knock{
        .method = Method::kPost,
        .path = protocol::path_of(RouteName::kLinkOpen),
        .body = encode(protocol::Open{.id = link.entry->id(),
                                      .challenge = challenge,
                                      .holder = holder,
                                      .signature = to_bytes(link.keys->auth().sign(message))}),
        .headers = {}};
    int status = 0;
    (void)protocol::decode_lease(send(protocol::Listener::kPublic, knock, {}, status));
    link.bearer = protocol::encode_bearer({.link = link.entry->id(), .holder = holder});
}

std::optional<crypto::Hash> MatrixWorld::key_of(Knocker knocker) const {
    switch (knocker) {
        case Knocker::kUnlistedKey:
            return crypto::sha256(as_bytes("a key that nobody listed"));
        case Knocker::kRevokedDevice:
            return revoked_->profile.keys().public_keys().tls_key;
        case Knocker::kOtherMember:
            return other_->profile.keys().public_keys().tls_key;
        case Knocker::kMember:
            return member_->profile.keys().public_keys().tls_key;
        case Knocker::kAdmin:
            return admin_->profile.keys().public_keys().tls_key;
        case Knocker::kNoCertificate:
        case Knocker::kStranger:
        case Knocker::kProbeWithoutCode:
        case Knocker::kLiveLease:
        case Knocker::kEndedLease:
            break;
    }
    return std::nullopt;
}

std::string MatrixWorld::send(protocol::Listener listener, const Knock& knock,
                              const std::optional<crypto::Hash>& key, int& status) {
    http::RequestHead head;
    head.listener = listener;
    head.method = std::string(to_string(knock.method));
    head.target = knock.path;
    head.headers = knock.headers;
    head.tls_key_sha256 = key;
    head.client_address = "203.0.113.7";
    if (!knock.body.empty()) {
        head.content_length = knock.body.size();
    }
    const std::unique_ptr<http::Exchange> exchange =
        world_.server.application().begin(std::move(head));
    if (!exchange->is_answered() && !knock.body.empty()) {
        (void)exchange->append(as_bytes(knock.body));
    }
    http::Reply reply = exchange->finish();
    status = reply.status;
    auto* const text = std::get_if<std::string>(&reply.body);
    return text == nullptr ? std::string() : std::move(*text);
}

std::optional<Knock> MatrixWorld::staff_knock(RouteName name) const {
    const std::string vault = member_->vault.id_text();
    const std::string case_id = case_.text();
    const std::string document = document_.text();
    const auto get = [](std::string path) {
        return Knock{.method = Method::kGet, .path = std::move(path), .body = {}, .headers = {}};
    };
    const auto post = [](std::string path, std::string body = "{}") {
        return Knock{.method = Method::kPost,
                     .path = std::move(path),
                     .body = std::move(body),
                     .headers = {}};
    };
    const std::string probe = encode(protocol::Probe{.probe = Bytes(limits::kSecretBytes)});
    switch (name) {
        case RouteName::kCreateVault:
            return post(
                protocol::path_of(name),
                encode(protocol::CreateVault{.token = "AAAA", .vault = member_->vault.id()}));
        case RouteName::kGetDirectoryHead:
            return get(protocol::path_of(name, {vault}));
        case RouteName::kPutDirectory:
            return post(protocol::path_of(name, {vault}),
                        encode(protocol::Put{.note = "x\n", .object = {}}));
        case RouteName::kGetDirectory:
            return get(protocol::path_of(name, {vault, "1"}));
        case RouteName::kListRecoverable:
        case RouteName::kListCases:
        case RouteName::kListErasures:
            return get(protocol::path_of(name, {vault}));
        case RouteName::kCreateCase:
            return post(protocol::path_of(name, {vault}));
        case RouteName::kGetCase:
            return get(protocol::path_of(name, {vault, case_id}));
        case RouteName::kPutKeyring:
        case RouteName::kPutRecoveredKeyring:
        case RouteName::kPutRecord:
        case RouteName::kPutRetention:
        case RouteName::kEraseCase:
        case RouteName::kCreateLink:
            return post(protocol::path_of(name, {vault, case_id}));
        case RouteName::kGetRecoverableKeyring:
        case RouteName::kGetKeyring:
            return get(protocol::path_of(name, {vault, case_id, "1", "1"}));
        case RouteName::kGetRecord:
        case RouteName::kGetRetention:
            return get(protocol::path_of(name, {vault, case_id, "1"}));
        case RouteName::kCreateUpload:
            return post(protocol::path_of(name, {vault, case_id, document}));
        case RouteName::kHeadUpload:
            return Knock{.method = Method::kHead, .path = upload_, .body = {}, .headers = {}};
        case RouteName::kAppendUpload:
            return Knock{.method = Method::kPatch,
                         .path = upload_,
                         .body = "piece",
                         .headers = {{"upload-offset", "0"}}};
        case RouteName::kFinishUpload:
            return post(upload_ + "/finish");
        case RouteName::kGetDocumentHeader:
        case RouteName::kGetDocumentBody:
            return get(protocol::path_of(name, {vault, case_id, document}));
        case RouteName::kRemoveDocument:
            return Knock{.method = Method::kDelete,
                         .path = protocol::path_of(name, {vault, case_id, removable_.text()}),
                         .body = {},
                         .headers = {}};
        case RouteName::kListHeaders:
        case RouteName::kListLinks:
            return get(protocol::path_of(name, {vault, case_id}));
        case RouteName::kReplaceHeaders:
            return post(protocol::path_of(name, {vault, case_id}));
        case RouteName::kGetLink:
            return get(protocol::path_of(name, {vault, case_id, staff_link_.text()}));
        case RouteName::kRevokeLink:
            return post(protocol::path_of(name, {vault, case_id, ended_.entry->id().text()}));
        case RouteName::kListEnrolments:
            return get(protocol::path_of(name, {vault}));
        case RouteName::kCreateEnrolment:
            return post(protocol::path_of(name, {vault}));
        case RouteName::kRemoveEnrolment:
            return Knock{.method = Method::kDelete,
                         .path = protocol::path_of(name, {vault, removable_invitation_.text()}),
                         .body = {},
                         .headers = {}};
        case RouteName::kSubmitEnrolment: {
            const Bytes none(limits::kSecretBytes);
            const Bytes signature(limits::kSignatureBytes);
            return post(protocol::path_of(name, {vault, invitation_.text()}),
                        encode(protocol::Submit{.probe = none,
                                                .submission = {.vault = member_->vault.id(),
                                                               .h = none,
                                                               .age = "age1",
                                                               .signing = none,
                                                               .tls_sha256 = none,
                                                               .code_signature = signature,
                                                               .device_signature = signature}}));
        }
        case RouteName::kPollEnrolment:
            return post(protocol::path_of(name, {vault, invitation_.text()}), probe);
        case RouteName::kApproveEnrolment:
            return post(protocol::path_of(name, {vault, invitation_.text()}));
        case RouteName::kGetCheckpoint:
            return get(protocol::path_of(name, {vault}));
        case RouteName::kGetTile:
            return get(protocol::path_of(name, {vault, "0", "000.p/1"}));
        case RouteName::kGetLogEntries:
            return get(protocol::path_of(name, {vault, "000.p/1"}));
        default:
            return std::nullopt;
    }
}

std::optional<Knock> MatrixWorld::public_knock(RouteName name, Knocker knocker) {
    const auto post = [&](std::string body) {
        return Knock{.method = Method::kPost,
                     .path = protocol::path_of(name),
                     .body = std::move(body),
                     .headers = {}};
    };
    const bool has_probe = knocker != Knocker::kStranger;
    const OpenedLink& link = knocker == Knocker::kEndedLease ? ended_ : live_;
    Bytes probe = to_bytes(link.entry->probe().reveal());
    probe[0] ^= has_probe ? 0 : 1;
    Knock get{.method = Method::kGet, .path = {}, .body = {}, .headers = {}};
    if (knocker == Knocker::kLiveLease || knocker == Knocker::kEndedLease) {
        get.headers["authorization"] = "Bearer " + link.bearer;
    } else if (knocker == Knocker::kProbeWithoutCode) {
        get.headers["authorization"] =
            "Bearer " + protocol::encode_bearer(
                            {.link = link.entry->id(), .holder = Bytes(limits::kSecretBytes)});
    }
    switch (name) {
        case RouteName::kLinkHello:
            return post(encode(protocol::Hello{.id = link.entry->id(), .probe = probe}));
        case RouteName::kLinkOpen: {
            const bool can_ask =
                knocker == Knocker::kProbeWithoutCode || knocker == Knocker::kLiveLease;
            const Bytes challenge = can_ask ? hello(link).challenge : Bytes(limits::kSecretBytes);
            return post(encode(protocol::Open{.id = link.entry->id(),
                                              .challenge = challenge,
                                              .holder = Bytes(limits::kSecretBytes),
                                              .signature = Bytes(limits::kSignatureBytes)}));
        }
        case RouteName::kGetLease:
        case RouteName::kGetReceipt:
        case RouteName::kGetPackage:
            get.path = protocol::path_of(name);
            return get;
        case RouteName::kGetPart:
        case RouteName::kGetLinkHeader:
        case RouteName::kGetLinkBody:
            get.path = protocol::path_of(name, {"1"});
            return get;
        case RouteName::kGetPage:
            get.path = protocol::path_of(name);
            return get;
        case RouteName::kGetPageAsset:
            get.path = protocol::path_of(name, {"nothing.js"});
            return get;
        default:
            return std::nullopt;
    }
}

std::optional<Knock> MatrixWorld::knock_for(RouteName name, Knocker knocker) {
    return protocol::route(name).listener == protocol::Listener::kStaff
               ? staff_knock(name)
               : public_knock(name, knocker);
}

int MatrixWorld::status_of(const protocol::Route& route, Knocker knocker) {
    int status = 0;
    (void)send(route.listener, knock_for(route.name, knocker).value(), key_of(knocker), status);
    return status;
}

}  // namespace valv::e2e
