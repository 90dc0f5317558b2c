#pragma once

#include "common/protocol/limits.h"
#include "common/protocol/messages.h"
#include "server/store/rows.h"

namespace valv::service {

// What a publication must satisfy before the server promises to enforce it (docs/formats.md section
// 7): a control that cannot be honoured is refused, with the path of the field. Pure.
void check_policy(const protocol::Policy& policy, const CaseId& case_id, Instant now);
// Every hash in the policy is the hash of what came, every row has its header, and nothing came
// that the policy does not name.
void check_contents(const protocol::Publication& publication, const protocol::Policy& policy);

}  // namespace valv::service
