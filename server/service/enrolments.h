#pragma once

#include <string>
#include <vector>

#include "common/protocol/messages.h"
#include "server/service/access.h"
#include "server/service/environment.h"
#include "server/service/once.h"

namespace valv::service {

// Where an invitation's submissions wait for an admin's client, which alone can check them.
// Callable from any thread.
class Enrolments {
public:
    explicit Enrolments(Environment& environment) : environment_(environment) {}

    [[nodiscard]] std::string create(const VaultId& vault, const protocol::CreateEnrolment& request,
                                     const TlsKey& caller, const Once& once);
    [[nodiscard]] std::vector<protocol::Enrolment> list(const VaultId& vault, const TlsKey& caller);
    void remove(const VaultId& vault, const InvitationId& invitation, const TlsKey& caller);
    // With the probe only; unknown id and wrong probe never differ. The count of submissions so
    // far.
    [[nodiscard]] std::uint32_t submit(const VaultId& vault, const InvitationId& invitation,
                                       const protocol::Submit& request);
    [[nodiscard]] protocol::PollReply poll(const VaultId& vault, const InvitationId& invitation,
                                           const protocol::Probe& request);
    void approve(const VaultId& vault, const InvitationId& invitation,
                 const protocol::Approval& approval, const TlsKey& caller);

private:
    Environment& environment_;
};

}  // namespace valv::service
