#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "client/lib/documents.h"
#include "client/lib/links.h"
#include "common/protocol/messages.h"
#include "common/protocol/routes.h"
#include "crypto/sealed/link_keys.h"
#include "tests/client/lib/support/party.h"

namespace valv::e2e {

// Who knocks.
enum class Knocker {
    kNoCertificate,
    kUnlistedKey,
    kRevokedDevice,
    kOtherMember,
    kMember,
    kAdmin,  // staff listener
    kStranger,
    kProbeWithoutCode,
    kLiveLease,
    kEndedLease,  // public listener
};

// One request as it would stand on the wire.
struct Knock {
    protocol::Method method = protocol::Method::kGet;
    std::string path;
    std::string body;
    std::map<std::string, std::string, std::less<>> headers;
};

// A server with one of everything: two cases, a paper, an open upload, two links (one revoked under
// a lease), an invitation.
class MatrixWorld {
public:
    MatrixWorld();
    // The request for a route, good in everything but, perhaps, the caller. Nothing for a route
    // that this world does not know.
    [[nodiscard]] std::optional<Knock> knock_for(protocol::RouteName name, Knocker knocker);
    // The status of the reply.
    [[nodiscard]] int status_of(const protocol::Route& route, Knocker knocker);

private:
    struct OpenedLink {
        std::unique_ptr<sealed::LinkEntry> entry;
        std::unique_ptr<sealed::LinkKeys> keys;
        std::string bearer;
    };
    [[nodiscard]] OpenedLink make_link(client::Case& opened, const DocumentId& document);
    void open_lease(OpenedLink& link);
    [[nodiscard]] protocol::Welcome hello(const OpenedLink& link);
    [[nodiscard]] std::optional<Knock> staff_knock(protocol::RouteName name) const;
    [[nodiscard]] std::optional<Knock> public_knock(protocol::RouteName name, Knocker knocker);
    [[nodiscard]] std::string send(protocol::Listener listener, const Knock& knock,
                                   const std::optional<crypto::Hash>& key, int& status);
    [[nodiscard]] std::optional<crypto::Hash> key_of(Knocker knocker) const;

    client::test::World world_;
    std::unique_ptr<client::test::Member> admin_;
    std::unique_ptr<client::test::Member> member_;
    std::unique_ptr<client::test::Member> other_;
    std::unique_ptr<client::test::Member> revoked_;
    CaseId case_;
    DocumentId document_;
    DocumentId removable_;
    std::string upload_;
    InvitationId invitation_;
    InvitationId removable_invitation_;
    LinkId staff_link_;
    OpenedLink live_;
    OpenedLink ended_;
};

}  // namespace valv::e2e
