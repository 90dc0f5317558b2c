#pragma once

#include <optional>

#include "common/protocol/routes.h"
#include "server/service/access.h"
#include "server/service/environment.h"

namespace valv::service {

// The route table's `caller` column, asked before a body is read: whoever may not call is refused
// without a word about what was sent. The services ask again inside the transaction that acts;
// neither relies on the other. Callable from any thread.
class Gate {
public:
    explicit Gate(Environment& environment) : environment_(environment) {}
    // Throws kForbidden or kNotFound, as access.h says. `case_id` is there for the callers that are
    // members.
    void require(protocol::Caller caller, const VaultId& vault,
                 const std::optional<CaseId>& case_id, const TlsKey& key);

private:
    Environment& environment_;
};

}  // namespace valv::service
