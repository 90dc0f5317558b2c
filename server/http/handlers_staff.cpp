#include "server/http/handlers.h"

namespace valv::http {
namespace {

using protocol::RouteName;
using service::Services;

Reply create_vault(const Call& call, std::string_view body, Services& services) {
    return json_reply(services.vaults.create(protocol::decode_create_vault(body), call.caller(),
                                             call.once(body)));
}
Reply get_directory_head(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.vaults.directory_head(call.id<VaultId>(0), call.caller())));
}
Reply put_directory(const Call& call, std::string_view body, Services& services) {
    return json_reply(encode(services.vaults.put_directory(
        call.id<VaultId>(0), protocol::decode_put(body), call.caller())));
}
Reply get_directory(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(
        encode(services.vaults.directory(call.id<VaultId>(0), call.number(1), call.caller())));
}

Reply list_cases(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(
        protocol::encode_cases(services.cases.list(call.id<VaultId>(0), call.caller())));
}
Reply create_case(const Call& call, std::string_view body, Services& services) {
    return json_reply(services.cases.create(call.id<VaultId>(0), protocol::decode_create_case(body),
                                            call.caller(), call.once(body)));
}
Reply get_case(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(
        encode(services.cases.heads(call.id<VaultId>(0), call.id<CaseId>(1), call.caller())));
}
Reply put_keyring(const Call& call, std::string_view body, Services& services) {
    return json_reply(encode(services.cases.put_keyring(
        call.id<VaultId>(0), call.id<CaseId>(1), protocol::decode_put(body), call.caller())));
}
Reply get_keyring(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.cases.keyring(
        call.id<VaultId>(0), call.id<CaseId>(1), call.number(2), call.number(3), call.caller())));
}
Reply list_recoverable(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(protocol::encode_cases(
        services.cases.list_recoverable(call.id<VaultId>(0), call.caller())));
}
Reply get_recoverable_keyring(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.cases.keyring(call.id<VaultId>(0), call.id<CaseId>(1),
                                                    call.number(2), call.number(3), call.caller(),
                                                    service::Standing::kRecovering)));
}
Reply put_recovered_keyring(const Call& call, std::string_view body, Services& services) {
    return json_reply(encode(services.cases.put_keyring(call.id<VaultId>(0), call.id<CaseId>(1),
                                                        protocol::decode_put(body), call.caller(),
                                                        service::Standing::kRecovering)));
}
Reply put_record(const Call& call, std::string_view body, Services& services) {
    return json_reply(encode(services.cases.put_record(call.id<VaultId>(0), call.id<CaseId>(1),
                                                       protocol::decode_put(body), call.caller())));
}
Reply get_record(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.cases.record(call.id<VaultId>(0), call.id<CaseId>(1),
                                                   call.number(2), call.caller())));
}

Reply put_retention(const Call& call, std::string_view body, Services& services) {
    return json_reply(encode(services.erasures.put_retention(
        call.id<VaultId>(0), call.id<CaseId>(1), protocol::decode_put(body), call.caller())));
}
Reply get_retention(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.erasures.retention(call.id<VaultId>(0), call.id<CaseId>(1),
                                                         call.number(2), call.caller())));
}
Reply erase_case(const Call& call, std::string_view body, Services& services) {
    return json_reply(services.erasures.erase(call.id<VaultId>(0), call.id<CaseId>(1),
                                              protocol::decode_put(body), call.caller(),
                                              call.once(body)));
}
Reply list_erasures(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(
        protocol::encode_erasures(services.erasures.list(call.id<VaultId>(0), call.caller())));
}

Reply create_upload(const Call& call, std::string_view body, Services& services) {
    return json_reply(services.documents.create_upload(call.document_path(),
                                                       protocol::decode_create_upload(body),
                                                       call.caller(), call.once(body)));
}
Reply head_upload(const Call& call, std::string_view /*body*/, Services& services) {
    return append_reply(services.documents.upload_offset(call.document_path(), call.id<UploadId>(3),
                                                         call.caller()));
}
Reply finish_upload(const Call& call, std::string_view body, Services& services) {
    const service::DocumentPath path = call.document_path();
    services.documents.finish_upload(path, call.id<UploadId>(3),
                                     protocol::decode_finish_upload(body), call.caller());
    return json_reply(encode(protocol::DocumentKept{.document = path.document}));
}
Reply get_document_header(const Call& call, std::string_view /*body*/, Services& services) {
    return octets_reply(services.documents.header(call.document_path(), call.caller()));
}
Reply get_document_body(const Call& call, std::string_view /*body*/, Services& services) {
    return body_reply(call, services.documents.body(call.document_path(), call.caller()));
}
Reply remove_document(const Call& call, std::string_view /*body*/, Services& services) {
    services.documents.remove(call.document_path(), call.caller());
    return no_content();
}

Reply list_headers(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(protocol::encode_headers(
        services.documents.headers(call.id<VaultId>(0), call.id<CaseId>(1), call.caller())));
}
Reply replace_headers(const Call& call, std::string_view body, Services& services) {
    services.documents.replace_headers(call.id<VaultId>(0), call.id<CaseId>(1),
                                       protocol::decode_replace_headers(body), call.caller());
    return no_content();
}

Reply list_links(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(protocol::encode_links(
        services.links.list(call.id<VaultId>(0), call.id<CaseId>(1), call.caller())));
}
Reply create_link(const Call& call, std::string_view body, Services& services) {
    return json_reply(services.links.publish(call.id<VaultId>(0), call.id<CaseId>(1),
                                             protocol::decode_publication(body), call.caller(),
                                             call.once(body)));
}
Reply get_link(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.links.state(call.link_path(), call.caller())));
}
Reply revoke_link(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(encode(services.links.revoke(call.link_path(), call.caller())));
}

Reply list_enrolments(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(
        protocol::encode_enrolments(services.enrolments.list(call.id<VaultId>(0), call.caller())));
}
Reply create_enrolment(const Call& call, std::string_view body, Services& services) {
    return json_reply(services.enrolments.create(call.id<VaultId>(0),
                                                 protocol::decode_create_enrolment(body),
                                                 call.caller(), call.once(body)));
}
Reply remove_enrolment(const Call& call, std::string_view /*body*/, Services& services) {
    services.enrolments.remove(call.id<VaultId>(0), call.id<InvitationId>(1), call.caller());
    return no_content();
}
Reply submit_enrolment(const Call& call, std::string_view body, Services& services) {
    return json_reply(protocol::encode_count(services.enrolments.submit(
        call.id<VaultId>(0), call.id<InvitationId>(1), protocol::decode_submit(body))));
}
Reply poll_enrolment(const Call& call, std::string_view body, Services& services) {
    return json_reply(encode(services.enrolments.poll(call.id<VaultId>(0), call.id<InvitationId>(1),
                                                      protocol::decode_probe(body))));
}
Reply approve_enrolment(const Call& call, std::string_view body, Services& services) {
    services.enrolments.approve(call.id<VaultId>(0), call.id<InvitationId>(1),
                                protocol::decode_approval(body), call.caller());
    return no_content();
}

Reply get_checkpoint(const Call& call, std::string_view /*body*/, Services& services) {
    return octets_reply(as_bytes(services.log.checkpoint(call.id<VaultId>(0), call.caller())));
}
Reply get_tile(const Call& call, std::string_view /*body*/, Services& services) {
    return octets_reply(
        services.log.tile(call.id<VaultId>(0), call.value(1) + "/" + call.value(2), call.caller()));
}

Reply get_log_entries(const Call& call, std::string_view /*body*/, Services& services) {
    return json_reply(protocol::encode_log_entries(
        services.log.entries(call.id<VaultId>(0), call.value(1), call.caller())));
}

}  // namespace

Handler staff_handler(RouteName name) noexcept {
    switch (name) {
        case RouteName::kCreateVault:
            return create_vault;
        case RouteName::kGetDirectoryHead:
            return get_directory_head;
        case RouteName::kPutDirectory:
            return put_directory;
        case RouteName::kGetDirectory:
            return get_directory;
        case RouteName::kListCases:
            return list_cases;
        case RouteName::kCreateCase:
            return create_case;
        case RouteName::kGetCase:
            return get_case;
        case RouteName::kPutKeyring:
            return put_keyring;
        case RouteName::kGetKeyring:
            return get_keyring;
        case RouteName::kListRecoverable:
            return list_recoverable;
        case RouteName::kGetRecoverableKeyring:
            return get_recoverable_keyring;
        case RouteName::kPutRecoveredKeyring:
            return put_recovered_keyring;
        case RouteName::kPutRecord:
            return put_record;
        case RouteName::kGetRecord:
            return get_record;
        case RouteName::kPutRetention:
            return put_retention;
        case RouteName::kGetRetention:
            return get_retention;
        case RouteName::kEraseCase:
            return erase_case;
        case RouteName::kListErasures:
            return list_erasures;
        case RouteName::kCreateUpload:
            return create_upload;
        case RouteName::kHeadUpload:
            return head_upload;
        case RouteName::kFinishUpload:
            return finish_upload;
        case RouteName::kGetDocumentHeader:
            return get_document_header;
        case RouteName::kGetDocumentBody:
            return get_document_body;
        case RouteName::kRemoveDocument:
            return remove_document;
        case RouteName::kListHeaders:
            return list_headers;
        case RouteName::kReplaceHeaders:
            return replace_headers;
        case RouteName::kListLinks:
            return list_links;
        case RouteName::kCreateLink:
            return create_link;
        case RouteName::kGetLink:
            return get_link;
        case RouteName::kRevokeLink:
            return revoke_link;
        case RouteName::kListEnrolments:
            return list_enrolments;
        case RouteName::kCreateEnrolment:
            return create_enrolment;
        case RouteName::kRemoveEnrolment:
            return remove_enrolment;
        case RouteName::kSubmitEnrolment:
            return submit_enrolment;
        case RouteName::kPollEnrolment:
            return poll_enrolment;
        case RouteName::kApproveEnrolment:
            return approve_enrolment;
        case RouteName::kGetCheckpoint:
            return get_checkpoint;
        case RouteName::kGetTile:
            return get_tile;
        case RouteName::kGetLogEntries:
            return get_log_entries;
        case RouteName::kAppendUpload:
        case RouteName::kGetPage:
        case RouteName::kGetPageAsset:
        case RouteName::kLinkHello:
        case RouteName::kLinkOpen:
        case RouteName::kGetLease:
        case RouteName::kGetReceipt:
        case RouteName::kGetPackage:
        case RouteName::kGetPart:
        case RouteName::kGetLinkHeader:
        case RouteName::kGetLinkBody:
        case RouteName::kHealth:
        case RouteName::kReady:
        case RouteName::kMetrics:
            break;
    }
    return nullptr;
}

std::unique_ptr<service::PieceSink> begin_append(const Call& call, Services& services) {
    return services.documents.begin_piece(call.document_path(), call.id<UploadId>(3),
                                          call.upload_offset(),
                                          call.head().content_length.value_or(0), call.caller());
}

Reply append_reply(std::uint64_t offset) {
    Reply reply = no_content();
    reply.headers.emplace_back(protocol::headers::kUploadOffset, std::to_string(offset));
    return reply;
}

}  // namespace valv::http
