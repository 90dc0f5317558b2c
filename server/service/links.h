#pragma once

#include <string>
#include <vector>

#include "common/protocol/messages.h"
#include "server/service/access.h"
#include "server/service/environment.h"
#include "server/service/once.h"

namespace valv::service {

struct LinkPath {
    VaultId vault;
    CaseId case_id;
    LinkId link;
};

// Links as their senders see them. Callable from any thread.
class Links {
public:
    explicit Links(Environment& environment) : environment_(environment) {}

    [[nodiscard]] std::string publish(const VaultId& vault, const CaseId& case_id,
                                      const protocol::Publication& publication,
                                      const TlsKey& caller, const Once& once);
    [[nodiscard]] std::vector<protocol::LinkState> list(const VaultId& vault, const CaseId& case_id,
                                                        const TlsKey& caller);
    [[nodiscard]] protocol::LinkState state(const LinkPath& path, const TlsKey& caller);
    // Revoking twice is fine; the first time stands.
    [[nodiscard]] protocol::LinkState revoke(const LinkPath& path, const TlsKey& caller);

private:
    Environment& environment_;
};

}  // namespace valv::service
